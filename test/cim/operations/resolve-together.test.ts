import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { resolveTogether } from '../../../src/cim/operations/resolve-together.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';

const namespace = 'root/test';
const path = (className: string, id: string, within: string | undefined = namespace) =>
  new InstancePath({ namespace: within, className, keys: { Id: id } });

async function resolveAll(
  paths: readonly (InstancePath | null | undefined)[],
  resolve: (path: InstancePath) => Promise<CimInstance | undefined>,
) {
  const store = createMemoryStore();
  const stored = path('Disk', 'a');
  await store.transaction((transaction) => transaction.put(new CimInstance('Disk', [['Id', 'a']], stored)));
  return store.transaction(async (transaction) => {
    const sought = await resolveTogether(paths, {
      namespace,
      store: transaction,
      resolve,
      signal: new AbortController().signal,
    });
    return Promise.all(sought);
  });
}

test('each reference gets its object, with nothing in the place of what is no reference', async () => {
  const local = new InstancePath({ className: 'Disk', keys: { Id: 'a' } });
  const found = await resolveAll([null, path('Disk', 'a'), undefined, local, path('Disk', 'b')], async () => undefined);
  expect(found.map((each) => each?.getString('Id'))).toEqual([undefined, 'a', undefined, 'a', undefined]);
});

test('what is not stored under its path is resolved one by one', async () => {
  const other = new CimInstance('Tape', [['Id', 'x']]);
  const asked: string[] = [];
  const found = await resolveAll([path('Media', 'x'), path('Disk', 'a')], async (reference) => {
    asked.push(reference.className);
    return other;
  });
  expect(asked).toEqual(['Media']);
  expect(found[0]).toBe(other);
});

test('of thousands each gets its object, and others have their turn meanwhile', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => (n % 1000 === 0 ? path('Disk', 'a') : path('Disk', `b${n}`)));
  let isDone = false;
  let turns = 0;
  const counting = (async () => {
    for (; !isDone; turns++) await setImmediate();
  })();
  const found = await resolveAll(many, async () => undefined);
  isDone = true;
  await counting;
  expect(found.filter((each) => each?.getString('Id') === 'a')).toHaveLength(20);
  expect(found[1000]?.getString('Id')).toBe('a');
  expect(found).toHaveLength(many.length);
  expect(turns).toBeGreaterThan(2);
});
