import { expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { instance, path } from '../instance-builders.js';
import { shared, viewOf } from './two-hosts.js';

function twoViews() {
  const store = createMemoryStore();
  return { store, first: viewOf(store, 'srv01'), second: viewOf(store, 'srv02') };
}

it('what a host writes into a namespace that all have is there for the others', async () => {
  const { first, second } = twoViews();
  const disk = instance('Disk', 'a').at(path('Disk', 'a', shared));
  await second.transaction((each) => each.put(disk));
  expect(await first.get(path('Disk', 'a', shared))).toBe(disk);
  expect(await first.referencing(path('Disk', 'a', shared))).toEqual([]);
});

it.each([
  ['srv01', 'srv02'],
  ['srv02', 'srv01'],
  ['srv02', 'srv03'],
])('what %s has of its own, and all refer to, %s sees with the name of its host', async (writer, reader) => {
  const { store } = twoViews();
  const link = (target: InstancePath) =>
    new CimInstance('Link', Object.entries({ Id: 'l', To: target }), path('Link', 'l', shared));
  const own = viewOf(store, writer);
  await own.transaction((each) => each.putMany([instance('Disk', 'a'), link(path('Disk', 'a'))]));
  expect(`${(await own.get(path('Link', 'l', shared)))?.get('To')}`).toBe('root/test:Disk.Id="a"');
  const seen = await viewOf(store, reader).get(path('Link', 'l', shared));
  expect(`${seen?.get('To')}`).toBe(`//${writer}.lab.example/root/test:Disk.Id="a"`);
  // It goes back as it came, and no instance of the reader's own is meant by it.
  await viewOf(store, reader).transaction((each) => each.put(link(seen?.get('To') as InstancePath)));
  expect(await own.referencing(path('Disk', 'a'))).toHaveLength(1);
  expect(await viewOf(store, reader).referencing(path('Disk', 'a'))).toEqual([]);
});

it('the name under which it lies in the store leads no other host to it', async () => {
  const { first, second } = twoViews();
  await second.transaction((each) => each.put(instance('Disk', 'a')));
  const stored = '@srv02.lab.example/root/test';
  for (const view of [first, second]) {
    expect(await view.get(path('Disk', 'a', stored))).toBeUndefined();
    expect(await view.count(stored, ['Disk'])).toEqual([0]);
  }
});

it('what crosses hosts is read as another host sees it, in the same transaction, and nobody else is meant by its name', async () => {
  const { first, second } = twoViews();
  await second.transaction((each) => each.put(instance('Disk', 'a')));
  expect(await first.onHost?.('SRV02')?.get(path('Disk', 'a'))).toBeDefined();
  expect(await second.onHost?.('srv01.lab.example')?.get(path('Disk', 'a'))).toBeUndefined();
  expect(first.onHost?.('srv09')).toBeUndefined();
  await second.transaction(async (each) => {
    await each.put(instance('Disk', 'b'));
    expect(await each.onHost?.('srv02')?.get(path('Disk', 'b'))).toBeDefined();
    expect(await each.onHost?.('srv01')?.onHost?.('srv02')?.count('root/test', ['Disk'])).toEqual([2]);
  });
});

it('clearing one takes nothing from the others, and ends its own walks alone', async () => {
  const { first, second } = twoViews();
  const disks = ['a', 'b', 'c'].map((id) => instance('Disk', id));
  for (const view of [first, second]) await view.transaction((each) => each.putMany(disks));
  await first.transaction((each) => each.put(instance('Disk', 's').at(path('Disk', 's', shared))));
  const asOf = await first.mark();
  await second.transaction((each) => each.clear());
  expect(await first.count('root/test', ['Disk'])).toEqual([3]);
  expect(await second.count('root/test', ['Disk'])).toEqual([0]);
  expect(await second.count(shared, ['Disk'])).toEqual([1]);
  const page = (view: typeof first) => view.page('root/test', ['Disk'], { asOf, limit: 2 });
  expect((await page(first)).instances).toHaveLength(2);
  await expect(page(second)).rejects.toMatchObject({ name: 'StoreError', kind: 'conflict' });
});

it('what others write is no conflict, and what all have is one', async () => {
  const { first, second } = twoViews();
  const attempts = async (where: string) => {
    let count = 0;
    await first.transaction(async (each, attempt) => {
      count = attempt;
      await each.count(where, ['Disk']);
      if (attempt === 1)
        await second.transaction((other) => other.put(instance('Disk', where).at(path('Disk', where, where))));
      await each.put(instance('Tape', where));
    });
    return count;
  };
  expect([await attempts('root/test'), await attempts(shared)]).toEqual([1, 2]);
});

it('commits that change nothing of a host are none to it, however many there are', async () => {
  const { first, second } = twoViews();
  const from = await first.version();
  for (let number = 0; number < 7; number += 1)
    await second.transaction((each) => each.put(instance('Disk', `${number}`)));
  await first.transaction((each) => each.put(instance('Disk', 'mine')));
  const changes = await first.changes(from, 2);
  expect(changes).toMatchObject({ kind: 'commits', commits: [{ changes: [{ after: instance('Disk', 'mine') }] }] });
});

it('one transaction changes what is a host its own and what all have, or neither', async () => {
  const { first, second } = twoViews();
  const failed = second.transaction(async (each) => {
    await each.put(instance('Disk', 'a'));
    await each.put(instance('Disk', 'b').at(path('Disk', 'b', shared)));
    throw new RangeError('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect([await second.isEmpty(), await first.isEmpty()]).toEqual([true, true]);
});
