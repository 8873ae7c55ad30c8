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

test('the instances of namespaces are what they have to be at each start', async () => {
  const below = (name: string) => {
    const path = new InstancePath({ namespace, className: '__NAMESPACE', keys: { Name: name } });
    return new CimInstance('__NAMESPACE', [['Name', name]], path);
  };
  const store = createMemoryStore();
  await seed(store, [disk('a')], { names: [namespace], instances: [below('one'), below('two')] });
  const before = await store.version();
  await seed(store, [], { names: [namespace], instances: [below('one'), below('two')] });
  expect(await store.version()).toBe(before);
  await seed(store, [], { names: [namespace], instances: [below('two'), below('three')] });
  const names: unknown[] = [];
  for await (const one of store.scan(namespace, '__NAMESPACE')) names.push(one.get('Name'));
  expect([names, await store.count(namespace, ['Disk'])]).toEqual([['two', 'three'], [1]]);
});

function fail(): never {
  throw new Error('a disk has a path');
}
