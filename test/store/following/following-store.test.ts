import { describe, expect, it } from 'vitest';
import type { InstanceStore, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { AddingTransaction } from '../../../src/store/following/adding-transaction.js';
import { createFollowingStore } from '../../../src/store/following/following-store.js';
import { createLazyStore } from '../../../src/store/lazy/lazy-store.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { describeInstanceStore } from '../contract.js';
import { collect, ids, instance, path } from '../instance-builders.js';

const MIRROR = 'root/mirror';

const shown = (id = '') => new CimInstance('Mirror', Object.entries({ Id: id, Size: 1 }), path('Mirror', id, MIRROR));

/** A mirror for each disk, and no other. */
async function show(transaction: InstanceTransaction): Promise<void> {
  const disks = ids(await collect(transaction.scan(path('Disk', 'a').namespace ?? '', 'Disk')));
  const there = ids(await collect(transaction.scan(MIRROR, 'Mirror')));
  await transaction.putMany(disks.filter((id) => !there.includes(id)).map(shown));
  await transaction.deleteMany(there.filter((id) => !disks.includes(id)).map((id) => path('Mirror', id ?? '', MIRROR)));
}

function open(store = createMemoryStore()): { store: InstanceStore; times: () => number } {
  let times = 0;
  const following = {
    ...{ namespace: path('Disk', 'a').namespace ?? '', classNames: ['Disk'] },
    show: async (transaction: InstanceTransaction) => {
      times += 1;
      await show(transaction);
    },
  };
  return { store: createFollowingStore(store, [following]), times: () => times };
}

const mirrors = async (store: InstanceStore) => ids(await collect(store.scan(MIRROR, 'Mirror')));

describeInstanceStore('a store in which nothing follows from what is written', () =>
  createFollowingStore(createMemoryStore(), [
    { namespace: MIRROR, classNames: ['Disk'], show: () => Promise.reject(new Error('nobody wrote there')) },
  ]),
);

describe('what follows', () => {
  it('is written with what it follows from, in one commit, once', async () => {
    const { store, times } = open();
    const before = await store.version();
    await store.transaction(async (each) => {
      await each.put(instance('Disk', 'a'));
      await each.putMany([instance('Disk', 'b'), instance('Disk', 'c')]);
      await each.delete(path('Disk', 'b'));
    });
    expect(await mirrors(store)).toEqual(['a', 'c']);
    const changes = await store.changes(before, 10);
    expect(changes.kind === 'commits' && changes.commits.length).toBe(1);
    expect(times()).toBe(1);
    await store.transaction((each) => each.deleteMany([path('Disk', 'a')]));
    expect(await mirrors(store)).toEqual(['c']);
  });

  it('is left alone by what writes something else, drops what it wrote, or fails', async () => {
    const { store, times } = open();
    await store.transaction((each) => each.put(instance('Pool', 'p')));
    await store.transaction(async (each) => {
      await each.put(instance('Disk', 'a'));
      each.discard();
    });
    await store.transaction(async (each) => {
      await each.put(instance('Disk', 'a'));
      await each.clear();
    });
    const failing = store.transaction(async (each) => {
      await each.put(instance('Disk', 'a'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([await mirrors(store), times()]).toEqual([[], 0]);
  });

  it('keeps nothing of what was written when it cannot be written', async () => {
    const inner = createMemoryStore();
    const failing = { namespace: path('Disk', 'a').namespace ?? '', classNames: ['disk'] };
    const store = createFollowingStore(inner, [{ ...failing, show: () => Promise.reject(new Error('no room')) }]);
    await expect(store.transaction((each) => each.put(instance('Disk', 'a')))).rejects.toThrow('no room');
    expect(await inner.isEmpty()).toBe(true);
  });
});

describe('a namespace that fills with what follows', () => {
  function filling() {
    const given = path('Disk', 'a').namespace ?? '';
    return createLazyStore(createMemoryStore(), [
      { namespace: MIRROR, instances: () => [], follow: (each) => show(new AddingTransaction(each)) },
      { namespace: given, instances: () => [instance('Disk', 'a'), instance('Disk', 'b')] },
    ]);
  }

  it.each(['first', 'second', 'all'])('has what follows from one that fills, used %s', async (when) => {
    const store = filling();
    if (when === 'second') await store.get(path('Disk', 'a'));
    if (when === 'all') await store.loadAll();
    expect(await mirrors(store)).toEqual(['a', 'b']);
  });

  it('has what follows from what is there by then, and what somebody put there before', async () => {
    const store = filling();
    await store.transaction((each) => each.delete(path('Disk', 'a')));
    expect(await mirrors(store)).toEqual(['b']);
    const other = filling();
    await other.transaction(async (each) => {
      const [own] = [shown('mine')];
      await each.put(own as CimInstance);
      expect(ids(await collect(each.scan(MIRROR, 'Mirror')))).toEqual(['a', 'b', 'mine']);
    });
    expect(await mirrors(other)).toEqual(['a', 'b', 'mine']);
  });
});
