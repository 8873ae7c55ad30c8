import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { ids, instance, namespace, path } from '../instance-builders.js';
import type { Rounds } from './rounds.js';

const write = (store: InstanceStore, ...instances: CimInstance[]) =>
  store.transaction((transaction) => transaction.putMany(instances));

const names = Array.from({ length: 12 }, (_, index) => `d${index}`);

/** What happens between two pages. */
const anyChange = fc.array(
  fc.record({ kind: fc.constantFrom('put', 'delete', 'renew'), name: fc.constantFrom(...names) }),
  { maxLength: 6 },
);

type Change = { readonly kind: string; readonly name: string };

async function apply(store: InstanceStore, changes: readonly Change[], revision: number): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const { kind, name } of changes) {
      if (kind !== 'put') await transaction.delete(path('Disk', name));
      if (kind !== 'delete') await transaction.put(instance('Disk', name, { Revision: revision }));
    }
  });
}

/** The same on plain data: `born` tells an instance that was there before from one that was made anew. */
function applyToModel(
  model: Map<string, Born>,
  changes: readonly Change[],
  revision: number,
  born: () => number,
): void {
  for (const { kind, name } of changes) {
    const before = model.get(name);
    if (kind !== 'put') model.delete(name);
    if (kind !== 'delete') model.set(name, { born: (kind === 'put' && before?.born) || born(), revision });
  }
}

interface Born {
  readonly born: number;
  readonly revision: number | undefined;
}

/** Walks over many instances, and look-ups by value. */
export function describePages(createStore: () => InstanceStore | Promise<InstanceStore>, rounds: Rounds): void {
  async function storeOf(...names: string[]): Promise<InstanceStore> {
    const store = await createStore();
    await write(store, ...names.map((name) => instance('Disk', name)));
    return store;
  }

  describe('a walk over pages', () => {
    it('shows what was there at its mark and still is, once and as it is now, whatever changes meanwhile', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.constantFrom(...names)),
          fc.integer({ min: 1, max: 5 }),
          fc.array(anyChange, { maxLength: 12 }),
          async (first, limit, changes) => {
            const store = await storeOf(...first);
            let births = 0;
            const born = () => {
              births += 1;
              return births;
            };
            const model = new Map<string, Born>(first.map((name) => [name, { born: born(), revision: undefined }]));
            const bornAtMark = births;
            const asOf = await store.mark();
            let after: string | undefined;
            let reached = 0;
            for (let round = 0; ; round += 1) {
              const page = await store.page(namespace, ['Disk'], { asOf, after, limit });
              const expected = [...model]
                .filter(([, each]) => each.born > reached && each.born <= bornAtMark)
                .sort(([, a], [, b]) => a.born - b.born)
                .slice(0, limit);
              expect(page.instances.map((each) => [each.get('Id'), each.get('Revision')])).toEqual(
                expected.map(([name, { revision }]) => [name, revision ?? null]),
              );
              reached = expected.at(-1)?.[1].born ?? reached;
              if (page.next === undefined) break;
              after = page.next;
              await apply(store, changes[round] ?? [], round);
              applyToModel(model, changes[round] ?? [], round, born);
            }
            const left = [...model.values()].filter((each) => each.born > reached && each.born <= bornAtMark);
            expect(left).toEqual([]);
          },
        ),
        { numRuns: rounds(300) },
      );
    });

    it('goes on from a position whose instance is gone', async () => {
      const store = await storeOf('a', 'b', 'c', 'd');
      const asOf = await store.mark();
      const { next } = await store.page(namespace, ['Disk'], { asOf, limit: 2 });
      await store.transaction(async (transaction) => {
        for (const name of ['a', 'b', 'c']) await transaction.delete(path('Disk', name));
      });
      expect(ids((await store.page(namespace, ['Disk'], { asOf, after: next, limit: 2 })).instances)).toEqual(['d']);
    });

    it('ends with the page that holds the last instance', async () => {
      const store = await storeOf('a', 'b');
      const asOf = await store.mark();
      await write(store, instance('Disk', 'c'));
      expect((await store.page(namespace, ['Disk'], { asOf, limit: 2 })).next).toBeUndefined();
    });

    it('shows nothing of other classes and namespaces', async () => {
      const store = await storeOf('a');
      await write(store, instance('Tape', 't'), instance('Disk', 'x').at(path('Disk', 'x', 'root/other')));
      const asOf = await store.mark();
      expect(ids((await store.page('ROOT\\TEST', ['disk'], { asOf, limit: 9 })).instances)).toEqual(['a']);
      expect((await store.page(namespace, ['Nothing'], { asOf, limit: 9 })).instances).toEqual([]);
    });

    it('crosses many cells in pages of any size', async () => {
      const all = Array.from({ length: 1000 }, (_, index) => `d${index}`);
      const store = await storeOf(...all);
      await store.transaction(async (transaction) => {
        for (let index = 200; index < 800; index += 1) await transaction.delete(path('Disk', `d${index}`));
      });
      const asOf = await store.mark();
      const seen: (string | undefined)[] = [];
      let after: string | undefined;
      do {
        const page = await store.page(namespace, ['Disk'], { asOf, after, limit: 77 });
        seen.push(...ids(page.instances));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual(all.filter((_, index) => index < 200 || index >= 800));
    });

    it.each([
      [{ asOf: 'x', limit: 1 }],
      [{ asOf: '1', after: '-1', limit: 1 }],
      [{ asOf: '1', after: '1e3', limit: 1 }],
      [{ asOf: '1', limit: 0 }],
      [{ asOf: '1', limit: Number.NaN }],
    ])('is refused for %j', async (options) => {
      const store = await storeOf('a');
      await expect(store.page(namespace, ['Disk'], options)).rejects.toThrow(RangeError);
    });
  });

  describe('pages within a transaction', () => {
    it('show its own writes: changed ones in their place, new ones at the end, none of those after the mark', async () => {
      const store = await storeOf('a', 'b', 'c');
      await store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'b', { Changed: true }));
        await transaction.delete(path('Disk', 'a'));
        await transaction.put(instance('Disk', 'd'));
        const asOf = await transaction.mark();
        await transaction.put(instance('Disk', 'e'));
        const first = await transaction.page(namespace, ['Disk'], { asOf, limit: 2 });
        expect(first.instances.map((each) => [each.get('Id'), each.get('Changed')])).toEqual([
          ['b', true],
          ['c', null],
        ]);
        const second = await transaction.page(namespace, ['Disk'], { asOf, after: first.next, limit: 2 });
        expect(ids(second.instances)).toEqual(['d']);
        expect(second.next).toBeUndefined();
      });
    });
  });

  describe('a look-up by value', () => {
    it('compares strings without case and numbers by amount, and keeps types apart', async () => {
      const store = await createStore();
      await write(
        store,
        instance('Disk', 'a', { Label: 'Röd', Size: 5 }),
        instance('Disk', 'b', { Label: '5', Size: 5n }),
      );
      const find = async (property: string, value: string | number | bigint | boolean) =>
        ids(
          (await store.findEqual(namespace, ['DISK'], property, value)) ?? ['none'].map((id) => instance('Disk', id)),
        );
      expect(await find('label', 'RÖD')).toEqual(['a']);
      expect(await find('Size', 5)).toEqual(['a', 'b']);
      expect(await find('Size', 5n)).toEqual(['a', 'b']);
      expect(await find('Label', '5')).toEqual(['b']);
      expect(await find('Size', '5')).toEqual([]);
      expect(await find('Nothing', true)).toEqual([]);
    });

    it('does not work where a value is an array or a real number, until that is gone', async () => {
      const store = await createStore();
      await write(store, instance('Disk', 'a', { Size: 1 }), instance('Disk', 'b', { Size: 1.5 }));
      expect(await store.findEqual(namespace, ['Disk'], 'Size', 1)).toBeUndefined();
      await write(store, instance('Disk', 'b', { Size: [1] }));
      expect(await store.findEqual(namespace, ['Disk'], 'Size', 1)).toBeUndefined();
      await write(store, instance('Disk', 'b', { Size: 1 }));
      expect(ids((await store.findEqual(namespace, ['Disk'], 'Size', 1)) ?? [])).toEqual(['a', 'b']);
    });

    it('finds what a reference refers to, but not in arrays and not in other namespaces', async () => {
      const store = await createStore();
      const target = path('Host', 'h');
      await write(
        store,
        instance('Disk', 'a', { Host: target }),
        instance('Disk', 'b', { Host: [target] }),
        instance('Disk', 'c', { Host: target }).at(path('Disk', 'c', 'root/other')),
      );
      expect(ids((await store.findEqual(namespace, ['Disk'], 'Host', path('HOST', 'H'))) ?? [])).toEqual(['a']);
    });
  });
}
