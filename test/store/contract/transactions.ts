import { describe, expect, it } from 'vitest';
import type { InstanceStore, InstanceTransaction } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { collect, ids, instance, namespace, path } from '../instance-builders.js';

function put(store: InstanceStore, ...instances: CimInstance[]): Promise<void> {
  return store.transaction((transaction) => transaction.putMany(instances));
}

/** What one transaction after the other may rely on. */
export function describeTransactions(createStore: () => InstanceStore | Promise<InstanceStore>): void {
  async function storeWith(...instances: CimInstance[]): Promise<InstanceStore> {
    const store = await createStore();
    await put(store, ...instances);
    return store;
  }

  describe('transactions', () => {
    it('show their writes to themselves at once and to others after the commit', async () => {
      const store = await createStore();
      await store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'a'));
        expect(await transaction.count(namespace, ['Disk'])).toEqual([1]);
        expect(await store.count(namespace, ['Disk'])).toEqual([0]);
        expect(await store.get(path('Disk', 'a'))).toBeUndefined();
      });
      expect(await store.count(namespace, ['Disk'])).toEqual([1]);
    });

    it('resolve to what the work resolves to', async () => {
      expect(await (await createStore()).transaction(async () => 42)).toBe(42);
    });

    it('change nothing when the work fails, and do not hold up the next one', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      const failed = store.transaction(async (transaction) => {
        await transaction.delete(path('Disk', 'a'));
        throw new RangeError('no');
      });
      const next = store.transaction((transaction) => transaction.count(namespace, ['Disk']));
      await expect(failed).rejects.toThrow(new RangeError('no'));
      expect(await next).toEqual([1]);
    });

    it('that throw before the first await reject as well', async () => {
      const store = await createStore();
      const failed = store.transaction(() => {
        throw new RangeError('at once');
      });
      await expect(failed).rejects.toThrow('at once');
    });

    it('run one after another, each on what the one before left', async () => {
      const store = await storeWith(instance('Counter', 'c', { Value: 0 }));
      const increment = () =>
        store.transaction(async (transaction) => {
          const counter = await transaction.get(path('Counter', 'c'));
          await transaction.put(instance('Counter', 'c', { Value: Number(counter?.get('Value')) + 1 }));
        });
      await Promise.all(Array.from({ length: 50 }, increment));
      expect((await store.get(path('Counter', 'c')))?.get('Value')).toBe(50);
    });

    it('that discard their writes go on reading and end without a change', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      await store.transaction(async (transaction) => {
        await transaction.delete(path('Disk', 'a'));
        await transaction.put(instance('Disk', 'b'));
        transaction.discard();
        expect(ids(await collect(transaction.scan(namespace, 'Disk')))).toEqual(['a']);
        await transaction.put(instance('Disk', 'c'));
      });
      expect(ids(await collect(store.scan(namespace, 'Disk')))).toEqual(['a']);
    });

    it('tell whether there was something to delete', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      await store.transaction(async (transaction) => {
        expect(await transaction.delete(path('Disk', 'a'))).toBe(true);
        expect(await transaction.delete(path('Disk', 'a'))).toBe(false);
        expect(await transaction.delete(path('Disk', 'none'))).toBe(false);
      });
    });

    it('put an instance that was deleted and written again behind the others', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Disk', 'b'));
      await store.transaction(async (transaction) => {
        await transaction.delete(path('Disk', 'a'));
        await transaction.put(instance('Disk', 'a'));
        expect(ids(await collect(transaction.scan(namespace, 'Disk')))).toEqual(['b', 'a']);
      });
      expect(ids(await collect(store.scan(namespace, 'Disk')))).toEqual(['b', 'a']);
    });

    it('refuse an instance without a path', async () => {
      const store = await createStore();
      const bare = instance('Disk', 'a');
      const failed = store.transaction((transaction) => transaction.put({ ...bare, path: undefined } as CimInstance));
      await expect(failed).rejects.toThrow(TypeError);
    });

    it('refuse to be used after they failed', async () => {
      const store = await createStore();
      let kept: InstanceTransaction | undefined;
      const failed = store.transaction(async (transaction) => {
        kept = transaction;
        throw new RangeError('no');
      });
      await expect(failed).rejects.toThrow('no');
      await expect(kept?.put(instance('Disk', 'a'))).rejects.toThrow(TypeError);
    });

    it('refuse to be used after their end', async () => {
      const store = await createStore();
      let kept: InstanceTransaction | undefined;
      await store.transaction(async (transaction) => {
        kept = transaction;
      });
      await expect(kept?.put(instance('Disk', 'a'))).rejects.toThrow(TypeError);
      await expect(kept?.get(path('Disk', 'a'))).rejects.toThrow(TypeError);
    });

    it('asked for before close are finished, later ones refused', async () => {
      const store = await createStore();
      const order: string[] = [];
      const running = store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'a'));
        order.push('work');
      });
      await store.close().then(() => order.push('closed'));
      await running;
      expect(order).toEqual(['work', 'closed']);
      await expect(store.transaction(async () => 1)).rejects.toThrow('closed');
      await expect(store.get(path('Disk', 'a'))).rejects.toThrow('closed');
    });
  });
}
