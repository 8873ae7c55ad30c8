import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { isLoadedMark } from '../../../src/cim/loaded-mark.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { createLazyStore } from '../../../src/store/lazy/lazy-store.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { describeInstanceStore } from '../contract.js';
import { collect, ids, instance, path } from '../instance-builders.js';

const LAZY = 'root/lazy';

/** An instance of the namespace that fills. */
function lazy(id: string, size = 1): CimInstance {
  return new CimInstance('Disk', Object.entries({ Id: id, Size: size }), path('Disk', id, LAZY));
}

describeInstanceStore('a store with a namespace that nobody uses', () =>
  createLazyStore(createMemoryStore(), [{ namespace: LAZY, instances: () => [lazy('a')] }]),
);

function open() {
  const whole = createMemoryStore();
  let asked = 0;
  const instances = () => {
    asked += 1;
    return [lazy('a'), lazy('b')];
  };
  const store = createLazyStore(whole, [{ namespace: LAZY, instances }]);
  const held = async () => ids((await whole.all()).filter((one) => !isLoadedMark(one)));
  return { whole, store, held, asked: () => asked };
}

describe('a namespace that fills when it is first used', () => {
  it('is empty, and its instances are not even made, as long as others are used', async () => {
    const { store, held, asked } = open();
    await store.transaction((each) => each.put(instance('Disk', 'x')));
    await store.get(path('Disk', 'x'));
    expect(await held()).toEqual(['x']);
    expect(asked()).toBe(0);
  });

  const reads: Record<string, (store: InstanceStore) => Promise<unknown>> = {
    get: async (store) => ids([(await store.get(path('Disk', 'a', LAZY))) as CimInstance]),
    getMany: async (store) => ids((await store.getMany([path('Disk', 'a', LAZY)])) as CimInstance[]),
    findByKeys: async (store) => ids(await store.findByKeys(LAZY, path('Disk', 'a').canonicalKeys)),
    count: async (store) => ((await store.count(LAZY, ['Disk']))[0] === 2 ? ['a'] : []),
    scan: async (store) => ids(await collect(store.scan(LAZY, 'Disk'))).slice(0, 1),
    findEqual: async (store) => ids((await store.findEqual(LAZY, ['Disk'], 'Id', 'a')) ?? []),
    versionOf: async (store) => ((await store.versionOf(path('Disk', 'a', LAZY))) === undefined ? [] : ['a']),
    page: async (store) => {
      const asOf = await store.mark(LAZY);
      return ids((await store.page(LAZY, ['Disk'], { asOf, limit: 1 })).instances);
    },
  };
  for (const [name, read] of Object.entries(reads))
    it(`is full for ${name}`, async () => {
      const { store, held } = open();
      expect(await read(store)).toEqual(['a']);
      expect(await held()).toEqual(['a', 'b']);
    });

  it('is filled once, however many ask at the same time', async () => {
    const { store, whole, asked } = open();
    const before = await whole.version();
    await Promise.all([1, 2, 3].map(() => store.count(LAZY, ['Disk'])));
    const changes = await whole.changes(before, 10);
    expect(changes.kind === 'commits' && changes.commits.length).toBe(1);
    expect(asked()).toBe(1);
  });

  it('is filled within the transaction that names it, and what is asked for keeps its order', async () => {
    const { store, held } = open();
    const found = await store.transaction(async (each) => {
      const put = each.put(lazy('a', 7));
      const read = each.get(path('Disk', 'a', LAZY));
      const other = each.put(instance('Disk', 'x'));
      const counted = each.count(LAZY, ['Disk']);
      await Promise.all([put, other]);
      return [(await read)?.get('Size'), await counted];
    });
    expect(found).toEqual([7, [2]]);
    expect(await held()).toEqual(['a', 'b', 'x']);
  });

  it('is as empty as before when the transaction comes to nothing, and fills again', async () => {
    const { store, held } = open();
    await store.transaction(async (each) => {
      await each.delete(path('Disk', 'a', LAZY));
      each.discard();
    });
    expect(await held()).toEqual([]);
    expect(await store.count(LAZY, ['Disk'])).toEqual([2]);
  });

  it('leaves alone what somebody has put there before', async () => {
    const { store, whole } = open();
    await whole.transaction((each) => each.put(lazy('a', 9)));
    expect((await store.get(path('Disk', 'a', LAZY)))?.get('Size')).toBe(9);
    expect(await store.count(LAZY, ['Disk'])).toEqual([2]);
  });

  it('does not come back what was deleted', async () => {
    const { store } = open();
    await store.transaction((each) => each.delete(path('Disk', 'a', LAZY)));
    expect(await store.count(LAZY, ['Disk'])).toEqual([1]);
  });

  it('fills again once everything was cleared, and not after a state that had it came back', async () => {
    const { store, whole, held } = open();
    await store.transaction((each) => each.delete(path('Disk', 'b', LAZY)));
    const state = await whole.all();
    await whole.transaction((each) => each.clear());
    expect(await store.count(LAZY, ['Disk'])).toEqual([2]);
    await whole.transaction(async (each) => {
      await each.clear();
      await each.putMany(state);
    });
    expect(await store.count(LAZY, ['Disk'])).toEqual([1]);
    expect(await held()).toEqual(['a']);
  });

  it('is full after loadAll', async () => {
    const { store, held } = open();
    await store.loadAll();
    expect(await held()).toEqual(['a', 'b']);
  });
});
