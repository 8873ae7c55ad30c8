import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { association, collect, ids, instance, namespace, path } from '../instance-builders.js';

function put(store: InstanceStore, ...instances: CimInstance[]): Promise<void> {
  return store.transaction((transaction) => transaction.putMany(instances));
}

/** Finding instances by path, keys, class and reference. */
export function describeLookUps(createStore: () => InstanceStore | Promise<InstanceStore>, scansAtCall: boolean): void {
  async function storeWith(...instances: CimInstance[]): Promise<InstanceStore> {
    const store = await createStore();
    await put(store, ...instances);
    return store;
  }

  describe('look-ups', () => {
    it('find an instance whatever the case of class, keys and namespace', async () => {
      const stored = instance('Disk', 'a');
      const store = await storeWith(stored);
      const written = new InstancePath({ namespace: '\\ROOT\\Test', className: 'DISK', keys: { ID: 'A' } });
      expect(await store.get(written)).toBe(stored);
    });

    it('keep namespaces apart', async () => {
      const other = instance('Disk', 'a').at(path('Disk', 'a', 'root/other'));
      const store = await storeWith(instance('Disk', 'a'), other);
      expect((await store.get(path('Disk', 'a')))?.path?.namespace).toBe(namespace);
      expect(await store.get(path('Disk', 'a', 'root/other'))).toBe(other);
      expect(await store.count('root/other', ['Disk'])).toEqual([1]);
      expect(await store.count('root/third', ['Disk'])).toEqual([0]);
    });

    it('keep classes with equal keys apart, and find them together by keys', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Tape', 'a'), instance('Disk', 'b'));
      const found = await store.findByKeys('root\\test', path('Any', 'a').canonicalKeys);
      expect(found.map(({ className }) => className)).toEqual(['Disk', 'Tape']);
      expect((await store.get(path('Tape', 'a')))?.className).toBe('Tape');
    });

    it('still find the other class when one of two with equal keys is deleted', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Tape', 'a'));
      await store.transaction((transaction) => transaction.delete(path('Disk', 'a')));
      expect(await store.get(path('Disk', 'a'))).toBeUndefined();
      expect((await store.findByKeys(namespace, path('Any', 'a').canonicalKeys)).map((each) => each.className)).toEqual(
        ['Tape'],
      );
    });

    it('count and scan exactly one class, in the order of creation', async () => {
      const store = await storeWith(instance('Disk', 'b'), instance('Tape', 'x'), instance('Disk', 'a'));
      await put(store, instance('Disk', 'b', { Size: 2 }));
      expect(await store.count(namespace, ['disk'])).toEqual([2]);
      expect(ids(await collect(store.scan(namespace, 'disk')))).toEqual(['b', 'a']);
    });
  });

  describe('references', () => {
    const [disk, host] = [path('Disk', 'a'), path('Host', 'h')];
    const mounted = association('Mounted', { Part: disk, Group: host });

    it('are found by target, class and role, without case', async () => {
      const backup = association('Backup', { Part: disk, Group: host });
      const store = await storeWith(mounted, backup);
      expect(await store.referencing(disk)).toEqual([mounted, backup]);
      expect(await store.referencing(disk, { classNames: ['MOUNTED'] })).toEqual([mounted]);
      expect(await store.referencing(disk, { role: 'part' })).toEqual([mounted, backup]);
      expect(await store.referencing(disk, { role: 'Group' })).toEqual([]);
      expect(await store.referencing(host, { classNames: ['Mounted', 'Other'], role: 'Group' })).toEqual([mounted]);
      expect(await store.referencing(host, { classNames: [] })).toEqual([]);
    });

    it('in arrays count, and an instance that refers twice is found once', async () => {
      const list = instance('List', 'l', { Items: [disk, null, host, disk], First: disk });
      const store = await storeWith(list);
      expect(await store.referencing(disk)).toEqual([list]);
      expect(await store.referencing(host, { role: 'Items' })).toEqual([list]);
    });

    it('without a namespace mean the namespace of the instance that holds them', async () => {
      const local = new InstancePath({ className: 'Disk', keys: { Id: 'a' } });
      const list = instance('List', 'l', { First: local });
      expect(await (await storeWith(list)).referencing(disk)).toEqual([list]);
    });

    it('follow the instance when it changes and when it goes', async () => {
      const store = await storeWith(instance('List', 'l', { First: disk }));
      await put(store, instance('List', 'l', { First: host }));
      expect(await store.referencing(disk)).toEqual([]);
      expect(ids(await store.referencing(host))).toEqual(['l']);
      await store.transaction((transaction) => transaction.delete(path('List', 'l')));
      expect(await store.referencing(host)).toEqual([]);
    });

    it('give the current state of an instance that changed elsewhere', async () => {
      const store = await storeWith(instance('List', 'l', { First: disk }));
      await put(store, instance('List', 'l', { First: disk, Note: 'new' }));
      expect((await store.referencing(disk))[0]?.get('Note')).toBe('new');
    });
  });

  describe('scans', () => {
    const many = Array.from({ length: 1000 }, (_, n) => instance('Disk', String(n)));

    it('show the instances as they were when the scan began, whatever is committed meanwhile', async () => {
      const store = await storeWith(...many);
      const scan = store.scan(namespace, 'Disk');
      const seen: CimInstance[] = [];
      for await (const each of scan) {
        if (seen.length % 100 === 0) {
          const next = path('Disk', String(seen.length + 1));
          await store.transaction(async (transaction) => {
            await transaction.delete(next);
            await transaction.put(instance('Disk', String(seen.length + 2), { Changed: true }));
            await transaction.put(instance('Disk', `new-${seen.length}`));
          });
        }
        seen.push(each);
      }
      expect(seen).toEqual(many);
      expect(await store.count(namespace, ['Disk'])).toEqual([1000]);
    });

    if (scansAtCall)
      it('begin when they are asked for, not when the first instance is', async () => {
        const store = await storeWith(instance('Disk', 'a'));
        const scan = store.scan(namespace, 'Disk');
        await put(store, instance('Disk', 'b'));
        expect(ids(await collect(scan))).toEqual(['a']);
      });

    it('have begun when the first instance is there', async () => {
      const store = await storeWith(instance('Disk', 'a'));
      const scan = store.scan(namespace, 'Disk')[Symbol.asyncIterator]();
      expect((await scan.next()).value?.path?.keys.get('ID')).toBe('a');
      await put(store, instance('Disk', 'b'));
      expect((await scan.next()).done).toBe(true);
    });

    it('of a transaction do not show what it writes later', async () => {
      const store = await storeWith(instance('Disk', 'a'), instance('Disk', 'b'));
      await store.transaction(async (transaction) => {
        await transaction.put(instance('Disk', 'c'));
        const scan = transaction.scan(namespace, 'Disk');
        await transaction.delete(path('Disk', 'b'));
        await transaction.delete(path('Disk', 'c'));
        expect(ids(await collect(scan))).toEqual(['a', 'b', 'c']);
      });
    });
  });
}
