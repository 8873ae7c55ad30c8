import { expect, test } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { seed } from '../../src/cim/seed.js';
import { createMemoryStore } from '../../src/store/memory/memory-store.js';

const namespace = 'root/test';
const disk = (id: string) =>
  new CimInstance('Disk', [['Id', id]], new InstancePath({ namespace, className: 'Disk', keys: { Id: id } }));

test('an empty store gets the instances', async () => {
  const store = createMemoryStore();
  expect(await seed(store, [disk('a'), disk('b')])).toBeUndefined();
  expect(await store.count(namespace, ['Disk'])).toEqual([2]);
});

test('a store with state keeps it, whatever has become of the instances it began with', async () => {
  const store = createMemoryStore();
  await seed(store, [disk('a'), disk('b')]);
  await store.transaction((transaction) => transaction.delete(disk('a').path ?? fail()));
  expect(await seed(store, [disk('a'), disk('b')])).toBe(await store.mark());
  expect(await store.count(namespace, ['Disk'])).toEqual([1]);
});

function fail(): never {
  throw new Error('a disk has a path');
}
