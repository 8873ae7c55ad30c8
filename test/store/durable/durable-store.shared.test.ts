import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { StoreError } from '../../../src/cim/contracts/store-error.js';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { ids, instance, namespace, path } from '../instance-builders.js';
import { MemoryPlace } from './memory-place.js';

const counter = path('Counter', 'c');

const add = (store: InstanceStore) =>
  store.transaction(async (transaction) => {
    const value = Number((await transaction.get(counter))?.get('Value') ?? 0);
    await transaction.put(instance('Counter', 'c', { Value: value + 1 }));
  });

const put = (store: InstanceStore, ...names: string[]) =>
  Promise.allSettled(names.map((name) => store.transaction((one) => one.put(instance('Disk', name)))));

describe('two stores on one place', () => {
  it('see what the other has committed, at once', async () => {
    const place = new MemoryPlace();
    const [a, b] = [1, 2].map(() => createDurableStore(place.open({ isExclusive: false })));
    if (!a || !b) throw new Error('there are two');
    expect(await b.get(path('Disk', 'x'))).toBeUndefined();
    await a.transaction((one) => one.put(instance('Disk', 'x', { Size: 1 })));
    expect((await b.get(path('Disk', 'x')))?.get('Size')).toBe(1);
    expect(await b.count(namespace, ['Disk'])).toEqual([1]);
    await b.transaction((one) => one.delete(path('Disk', 'x')));
    expect([await a.get(path('Disk', 'x')), await a.count(namespace, ['Disk'])]).toEqual([undefined, [0]]);
    await a.transaction((one) => one.clear());
    await b.transaction((one) => one.put(instance('Disk', 'y')));
    expect(ids(await a.all())).toEqual(['y']);
  });

  it('tell of what others have cleared, and not of what they have cleared themselves', async () => {
    const place = new MemoryPlace();
    const [a, b] = [1, 2].map(() => createDurableStore(place.open({ isExclusive: false })));
    if (!a || !b) throw new Error('there are two');
    await put(a, 'x');
    await b.version();
    const heard = { a: 0, b: 0 };
    a.onCleared?.(() => {
      heard.a += 1;
    });
    const unlisten = b.onCleared?.(() => {
      heard.b += 1;
    });
    await a.transaction(async (one) => {
      await one.clear();
      await one.put(instance('Disk', 'y'));
    });
    await put(a, 'z');
    await Promise.all([a.version(), b.version()]);
    expect(heard).toEqual({ a: 0, b: 1 });
    unlisten?.();
    await a.transaction((one) => one.clear());
    await b.version();
    expect(heard).toEqual({ a: 0, b: 1 });
  });

  it('lose nothing of what both of them count up', async () => {
    const place = new MemoryPlace();
    const stores = [1, 2].map(() => createDurableStore(place.open({ isExclusive: false })));
    const outcomes = await Promise.allSettled(stores.flatMap((store) => Array.from({ length: 20 }, () => add(store))));
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    for (const store of stores) expect((await store.get(counter))?.get('Value')).toBe(done);
  });
});

describe('a durable store whose backend fails', () => {
  it('refuses only the commit that is too large of several that go together', async () => {
    const backend = new MemoryPlace().open({
      isExclusive: true,
      before: (_, commits) => {
        const ids = commits?.flatMap(({ changes }) => changes.map(({ after }) => after?.get('Id')));
        if (ids?.includes('large')) throw new StoreError('full', 'no room');
      },
    });
    const store = createDurableStore(backend);
    const outcomes = await put(store, 'a', 'large', 'b');
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ids(await store.all())).toEqual(['a', 'b']);
  });

  it.each(['before', 'after'] as const)(
    'goes on with what is there, when it failed %s it was written',
    async (when) => {
      let fails = false;
      const backend = new MemoryPlace().open({
        isExclusive: true,
        [when]: (call: string) => {
          if (fails && (call === 'append' || call === 'commitsAfter')) throw new StoreError('unavailable', 'gone');
        },
      });
      const store = createDurableStore(backend);
      await put(store, 'a');
      fails = true;
      expect((await put(store, 'b', 'c')).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      fails = false;
      const there = when === 'before' ? ['a'] : ['a', 'b', 'c'];
      expect(await store.count(namespace, ['Disk'])).toEqual([there.length]);
      await put(store, 'd');
      expect(ids(await store.all())).toEqual([...there, 'd']);
    },
  );
});

describe('a claim for which the backend has no answer', () => {
  it('is unavailable after a while, and others write again', async () => {
    const backend = new MemoryPlace().open({
      isExclusive: false,
      before: (call) => (call === 'claim' ? new Promise<void>(() => undefined) : undefined),
    });
    const store = createDurableStore(backend, { claimMs: 20 });
    const claiming = store.transaction((transaction) => transaction.claim());
    await expect(claiming).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect((await put(store, 'a')).map(({ status }) => status)).toEqual(['fulfilled']);
  });
});
