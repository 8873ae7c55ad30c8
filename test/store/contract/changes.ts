import { describe, expect, it } from 'vitest';
import type { Commit, InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { instance, path } from '../instance-builders.js';

/** What a store tells of its commits. */
export function describeChanges(createStore: () => InstanceStore | Promise<InstanceStore>): void {
  async function commitsAfter(store: InstanceStore, version: string, limit = 100): Promise<readonly Commit[]> {
    const changes = await store.changes(version, limit);
    if (changes.kind !== 'commits') throw new Error('the changes are forgotten');
    return changes.commits;
  }

  describe('changes', () => {
    it('tell which commit made, changed and removed which instance, by whom', async () => {
      const store = await createStore();
      const [first, second] = [instance('Disk', 'a', { Size: 1 }), instance('Disk', 'a', { Size: 2 })];
      const start = await store.version();
      await store.transaction((transaction) => transaction.put(first), { id: 'call-1', user: 'ann' });
      await store.transaction((transaction) => transaction.put(second));
      await store.transaction((transaction) => transaction.delete(path('Disk', 'a')), {
        id: 'call-3',
        user: undefined,
      });
      const commits = await commitsAfter(store, start);
      expect(commits.map(({ origin }) => origin)).toEqual([
        { id: 'call-1', user: 'ann' },
        undefined,
        { id: 'call-3', user: undefined },
      ]);
      expect(
        commits.map(({ changes }) => changes.map(({ before, after }) => [before?.get('Size'), after?.get('Size')])),
      ).toEqual([[[undefined, 1]], [[1, 2]], [[2, undefined]]]);
      expect(commits.at(-1)?.version).toBe(await store.version());
    });

    it('name each instance once, however often the transaction wrote it', async () => {
      const store = await createStore();
      await store.transaction((transaction) => transaction.putMany([instance('Disk', 'a'), instance('Disk', 'b')]));
      const start = await store.version();
      await store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'a', { Size: 1 }));
        await transaction.put(instance('Disk', 'a', { Size: 2 }));
        await transaction.delete(path('Disk', 'b'));
        await transaction.put(instance('Disk', 'b', { Size: 3 }));
        await transaction.put(instance('Disk', 'c'));
        await transaction.delete(path('Disk', 'c'));
      });
      const [commit] = await commitsAfter(store, start);
      const told = commit?.changes.map((change) => [
        change.path.keys.get('Id'),
        change.before !== undefined,
        change.after?.get('Size'),
      ]);
      expect(told).toEqual([
        ['a', true, 2],
        ['b', true, 3],
      ]);
    });

    it('are told from any version on, in pieces', async () => {
      const store = await createStore();
      const start = await store.version();
      for (const id of ['a', 'b', 'c']) await store.transaction((transaction) => transaction.put(instance('Disk', id)));
      const [first] = await commitsAfter(store, start, 1);
      const rest = await commitsAfter(store, first?.version ?? '');
      expect(rest.map(({ changes }) => changes[0]?.path.keys.get('Id'))).toEqual(['b', 'c']);
      expect(await commitsAfter(store, await store.version())).toEqual([]);
    });

    it('are none when a transaction fails, discards or only reads', async () => {
      const store = await createStore();
      const start = await store.version();
      await store.transaction((transaction) => transaction.get(path('Disk', 'a')));
      await store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'a'));
        transaction.discard();
      });
      await store
        .transaction(async (transaction) => {
          await transaction.put(instance('Disk', 'a'));
          throw new RangeError('no');
        })
        .catch(() => undefined);
      expect(await commitsAfter(store, start)).toEqual([]);
    });

    it('are forgotten in the end, which is said', async () => {
      const store = await createStore();
      const start = await store.version();
      for (let round = 0; round < 30; round += 1) {
        // Together, so that where each wait is long there are few of them.
        const writing = Array.from({ length: 100 }, (_, index) =>
          store.transaction((transaction) => transaction.put(instance('Disk', 'a', { Size: round * 100 + index }))),
        );
        await Promise.all(writing);
      }
      expect(await store.changes(start, 10)).toEqual({ kind: 'forgotten' });
      expect(await store.changes('9007199254740991', 10)).toEqual({ kind: 'forgotten' });
    });

    it.each([
      ['x', 1],
      ['-1', 1],
      ['0', 0],
    ])('are refused after %s with a limit of %i', async (after, limit) => {
      const store = await createStore();
      await expect(store.changes(after, limit)).rejects.toThrow(RangeError);
    });
  });

  describe('the version of an instance', () => {
    it('is that of the commit that wrote it last', async () => {
      const store = await createStore();
      await store.transaction((transaction) => transaction.putMany([instance('Disk', 'a'), instance('Disk', 'b')]));
      const first = await store.version();
      await store.transaction((transaction) => transaction.put(instance('Disk', 'b', { Size: 1 })));
      expect(await store.versionOf(path('Disk', 'a'))).toBe(first);
      expect(await store.versionOf(path('Disk', 'b'))).toBe(await store.version());
      expect(await store.versionOf(path('Disk', 'none'))).toBeUndefined();
    });
  });

  describe('an empty store', () => {
    it('says so, until something is written', async () => {
      const store = await createStore();
      expect(await store.isEmpty()).toBe(true);
      await store.transaction(async (transaction) => {
        expect(await transaction.isEmpty()).toBe(true);
        await transaction.put(instance('Disk', 'a'));
        expect(await transaction.isEmpty()).toBe(false);
      });
      expect(await store.isEmpty()).toBe(false);
    });
  });
}
