import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { association, collect, collectPages, ids, instance, namespace, path } from '../instance-builders.js';

const conflict = expect.objectContaining({ name: 'StoreError', kind: 'conflict' });

/** What becomes of a store when all of it goes at once. */
export function describeClearing(
  createStore: () => InstanceStore | Promise<InstanceStore>,
  clearsAtCommit: boolean,
): void {
  async function storeWith(...instances: CimInstance[]): Promise<InstanceStore> {
    const store = await createStore();
    await store.transaction((transaction) => transaction.putMany(instances));
    return store;
  }

  function clear(store: InstanceStore, ...instances: CimInstance[]): Promise<void> {
    return store.transaction(async (transaction) => {
      await transaction.clear();
      await transaction.putMany(instances);
    });
  }

  describe('cleared', () => {
    it('it holds nothing any more, for the transaction at once and for others after the commit', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Tape', 'b'));
      await store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'c'));
        await transaction.clear();
        expect([await transaction.isEmpty(), await transaction.get(path('Disk', 'a'))]).toEqual([true, undefined]);
        expect(await transaction.count(namespace, ['Disk', 'Tape'])).toEqual([0, 0]);
        expect(await store.count(namespace, ['Disk', 'Tape'])).toEqual([1, 1]);
      });
      expect([await store.isEmpty(), await store.all()]).toEqual([true, []]);
      expect(await store.findEqual(namespace, ['Disk'], 'Id', 'a')).toEqual([]);
    });

    it('it has what is put in then in that order, whatever had the same paths before', async () => {
      const store = await storeWith(...['a', 'b', 'c', 'd'].map((id) => instance('Disk', id)), instance('Tape', 't'));
      const again = [instance('Tape', 't'), ...['d', 'b', 'e', 'a'].map((id) => instance('Disk', id, { Size: 1 }))];
      await clear(store, ...again);
      expect(await store.all()).toEqual(again);
      expect(ids(await collect(store.scan(namespace, 'Disk')))).toEqual(['d', 'b', 'e', 'a']);
      expect(ids(await collectPages(store, 'Disk', 3))).toEqual(['d', 'b', 'e', 'a']);
    });

    it('it gives the same object for an instance that was put in again', async () => {
      const kept = instance('Disk', 'a');
      const store = await storeWith(kept, instance('Disk', 'b'));
      await clear(store, kept);
      expect(await store.get(path('Disk', 'a'))).toBe(kept);
      expect(await store.findByKeys(namespace, path('Disk', 'a').canonicalKeys)).toEqual([kept]);
    });

    it('it knows no reference of before', async () => {
      const ends = { From: path('Disk', 'a'), To: path('Disk', 'b') };
      const store = await storeWith(association('Link', ends));
      await clear(store, association('Tie', ends));
      expect((await store.referencing(path('Disk', 'a'))).map(({ className }) => className)).toEqual(['Tie']);
    });

    it('and discarded, it is as it was', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      await store.transaction(async (transaction) => {
        await transaction.clear();
        await transaction.put(instance('Disk', 'b'));
        transaction.discard();
        expect(ids(await collect(transaction.scan(namespace, 'Disk')))).toEqual(['a']);
      });
      expect(ids(await store.all())).toEqual(['a']);
    });

    it('by a transaction that fails, it is as it was', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      const failed = store.transaction(async (transaction) => {
        await transaction.clear();
        throw new RangeError('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(ids(await store.all())).toEqual(['a']);
    });

    it('twice, it has what was put in last', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      await store.transaction(async (transaction) => {
        await transaction.clear();
        await transaction.putMany([instance('Disk', 'b'), instance('Disk', 'c')]);
        await transaction.clear();
        await transaction.put(instance('Disk', 'c', { Size: 1 }));
      });
      expect((await store.all()).map((each) => [each.getString('Id'), each.get('Size')])).toEqual([['c', 1]]);
    });

    it('has the versions of the commit that did it, and has forgotten those before', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      const before = await store.version();
      await clear(store, instance('Disk', 'b'));
      const version = await store.version();
      expect(version).not.toBe(before);
      expect(await store.versionOf(path('Disk', 'b'))).toBe(version);
      expect(await store.changes(before, 10)).toEqual({ kind: 'forgotten' });
      await store.transaction((transaction) => transaction.put(instance('Disk', 'c')));
      expect(await store.changes(version, 10)).toMatchObject({ kind: 'commits', commits: [{ changes: [{}] }] });
    });

    it('ends a walk that began before by a conflict: it would look as if it had come to its end', async () => {
      const store = await storeWith(...['a', 'b', 'c'].map((id) => instance('Disk', id)));
      const asOf = await store.mark();
      const page = await store.page(namespace, ['Disk'], { asOf, limit: 2 });
      await clear(store, ...['a', 'b', 'c'].map((id) => instance('Disk', id)));
      const next = store.page(namespace, ['Disk'], { asOf, after: page.next, limit: 2 });
      await expect(next).rejects.toEqual(conflict);
      expect(ids(await collectPages(store, 'Disk', 2))).toEqual(['a', 'b', 'c']);
    });

    it('lets whoever had read something run again, on what is there then', async () => {
      const store = await storeWith(instance('Disk', 'a', { Size: 1 }), instance('Disk', 'b'));
      const seen: unknown[] = [];
      const asOf = await store.mark();
      await store.transaction(async (transaction, attempt) => {
        const found = await transaction.get(path('Disk', 'a'));
        await transaction.page(namespace, ['Disk'], {
          asOf: attempt === 1 ? asOf : await transaction.mark(),
          limit: 9,
        });
        const scanned = await collect(transaction.scan(namespace, 'Disk'));
        seen.push([found?.get('Size'), scanned.length]);
        if (attempt === 1) await new Promise((resolve) => setImmediate(resolve));
        if (attempt === 1) await clear(store, instance('Disk', 'a', { Size: 2 }), instance('Disk', 'c'));
        await transaction.put(instance('Disk', 'd'));
      });
      expect(seen).toEqual([
        [1, 2],
        [2, 2],
      ]);
      expect(ids(await store.all())).toEqual(['a', 'c', 'd']);
    });

    if (clearsAtCommit)
      it('keeps nothing of what others put in while it was being done', async () => {
        const store = await storeWith(instance('Disk', 'a'));
        await store.transaction(async (transaction) => {
          await transaction.clear();
          await transaction.putMany([instance('Disk', 'b'), instance('Tape', 't')]);
          const other = store.transaction((inner) => inner.putMany(['x', 'y', 'z'].map((id) => instance('Disk', id))));
          await new Promise((resolve) => setImmediate(resolve));
          await other;
        });
        expect(ids(await store.all())).toEqual(['b', 't']);
        await store.transaction((transaction) => transaction.put(instance('Disk', 'c')));
        expect(ids(await collectPages(store, 'Disk', 1))).toEqual(['b', 'c']);
      });
  });
}
