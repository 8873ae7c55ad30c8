import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { ids, instance, namespace, path } from '../instance-builders.js';

/** The forms for several paths, classes and instances at once. */
export function describeSets(createStore: () => InstanceStore | Promise<InstanceStore>): void {
  async function storeWith(...instances: CimInstance[]): Promise<InstanceStore> {
    const store = await createStore();
    await store.transaction((transaction) => transaction.putMany(instances));
    return store;
  }

  describe('sets', () => {
    it('of paths are answered in their order, with nothing for what is not there', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Tape', 't'));
      const found = await store.getMany([path('Tape', 't'), path('Disk', 'none'), path('Disk', 'a')]);
      expect(found.map((each) => each?.getString('Id'))).toEqual(['t', undefined, 'a']);
    });

    it('of classes are counted in their order', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Tape', 't'), instance('Disk', 'b'));
      expect(await store.count(namespace, ['Tape', 'None', 'DISK'])).toEqual([1, 0, 2]);
    });

    it('of classes are looked up by value together, unless one of them cannot be', async () => {
      const store = await storeWith(instance('Disk', 'a', { Size: 1 }), instance('Tape', 't', { Size: 1 }));
      expect(ids((await store.findEqual(namespace, ['Tape', 'None', 'Disk'], 'Size', 1)) ?? [])).toEqual(['t', 'a']);
      await store.transaction((transaction) => transaction.put(instance('Tape', 'u', { Size: 1.5 })));
      expect(await store.findEqual(namespace, ['Disk', 'Tape'], 'Size', 1)).toBeUndefined();
    });

    it.each([1, 2, 3, 4, 5, 6])(
      'of classes are walked over class by class in pages of %i, in and outside of a transaction',
      async (limit) => {
        const store = await storeWith(
          instance('Disk', 'a'),
          instance('Tape', 't'),
          instance('Disk', 'b'),
          instance('Lamp', 'l'),
          instance('Disk', 'c'),
        );
        const asOf = await store.mark();
        await store.transaction((transaction) => transaction.put(instance('Lamp', 'later')));
        const classNames = ['Tape', 'None', 'Disk', 'Lamp', 'Other'];
        const walk = async (reader: Pick<InstanceStore, 'page'>) => {
          const seen: (string | undefined)[] = [];
          let after: string | undefined;
          do {
            const page = await reader.page(namespace, classNames, { asOf, after, limit });
            expect(page.instances.length).toBeLessThanOrEqual(limit);
            seen.push(...ids(page.instances));
            after = page.next;
          } while (after !== undefined);
          return seen;
        };
        expect(await walk(store)).toEqual(['t', 'a', 'b', 'c', 'l']);
        await store.transaction(async (transaction) => {
          await transaction.put(instance('Disk', 'b', { Changed: true }));
          await transaction.delete(path('Disk', 'a'));
          expect(await walk(transaction)).toEqual(['t', 'b', 'c', 'l']);
          transaction.discard();
        });
      },
    );

    it('end with the page after which nothing of any class is left', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Tape', 't'));
      const asOf = await store.mark();
      const page = await store.page(namespace, ['Disk', 'Tape', 'None'], { asOf, limit: 2 });
      expect(page.next).toBeUndefined();
    });

    it('are written and removed together, whether or not all of them are there', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Disk', 'b'), instance('Disk', 'c'));
      await store.transaction((transaction) =>
        transaction.deleteMany([path('Disk', 'a'), path('Disk', 'x'), path('Disk', 'c')]),
      );
      expect(await store.count(namespace, ['Disk'])).toEqual([1]);
    });

    it('of writes take effect in the order in which they are asked for', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      await store.transaction(async (transaction) => {
        const before = transaction.get(path('Disk', 'a'));
        const removing = transaction.deleteMany([path('Disk', 'a')]);
        const after = transaction.get(path('Disk', 'a'));
        await removing;
        expect([(await before)?.getString('Id'), await after]).toEqual(['a', undefined]);
      });
    });
  });
}
