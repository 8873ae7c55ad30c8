import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { bytesOfInstance } from '../../../src/store/parts/instance-size.js';

const pathOf = (id: string) => new InstancePath({ namespace: 'root/a', className: 'Disk', keys: { Id: id } });
const disk = (id: string, note: string, more: [string, string[]][] = []) =>
  new CimInstance('Disk', [['Id', id], ['Note', note], ...more], pathOf(id)); // biome-ignore format: one line
const full = expect.objectContaining({ name: 'StoreError', kind: 'full' });

describe('a store of a bounded size', () => {
  const put = (store: ReturnType<typeof createMemoryStore>, instance: CimInstance) =>
    store.transaction((transaction) => transaction.put(instance));
  const remove = (store: ReturnType<typeof createMemoryStore>, id: string) =>
    store.transaction((transaction) => transaction.delete(pathOf(id)));

  it('takes what fits, and nothing of a transaction that does not', async () => {
    const store = createMemoryStore({ mostBytes: () => 30_000 });
    await put(store, disk('a', 'x'.repeat(10_000)));
    await expect(
      store.transaction(async (transaction) => {
        await transaction.put(disk('b', ''));
        await transaction.put(disk('c', 'x'.repeat(20_000)));
      }),
    ).rejects.toEqual(full);
    expect(await store.getMany(['a', 'b', 'c'].map(pathOf))).toEqual([expect.anything(), undefined, undefined]);
    await put(store, disk('b', 'x'.repeat(10_000)));
  });

  it('has room again for what is deleted or made shorter, however often', async () => {
    const store = createMemoryStore({ mostBytes: () => 15_000 });
    for (let round = 0; round < 20; round++) {
      await put(store, disk('a', 'x'.repeat(10_000)));
      await expect(put(store, disk('b', 'x'.repeat(10_000)))).rejects.toEqual(full);
      await put(store, disk('a', ''));
      await put(store, disk('b', 'x'.repeat(10_000)));
      await remove(store, 'b');
      await remove(store, 'a');
    }
  });

  it('takes what makes it no larger when it is too large already', async () => {
    let most = 50_000;
    const store = createMemoryStore({ mostBytes: () => most });
    await put(store, disk('a', 'x'.repeat(30_000)));
    most = 1000;
    await put(store, disk('a', 'y'.repeat(30_000)));
    await expect(put(store, disk('a', 'y'.repeat(30_100)))).rejects.toEqual(full);
    await put(store, disk('a', 'y'.repeat(100)));
  });
});

describe('the size of an instance', () => {
  it.each([
    ['many short values', (n: number) => disk(`disk ${n}`, `a note that is not long ${n}`)],
    ['long texts', (n: number) => disk(`disk ${n}`, `${n}`.padEnd(5_000, 'x'))],
    ['long keys', (n: number) => disk(`${n}`.padEnd(1_000, 'x'), '')],
    ['texts of two bytes a character', (n: number) => disk(`disk ${n}`, `${n}`.padEnd(3_000, 'ж'))],
    [
      'arrays',
      (n: number) => disk(`disk ${n}`, '', [['Tags', Array.from({ length: 50 }, (_, at) => `tag ${n} ${at}`)]]),
    ],
  ])('is about what it takes in memory: %s', async (_, make) => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const store = createMemoryStore();
    collect();
    const before = process.memoryUsage().heapUsed;
    let counted = 0;
    await store.transaction(async (transaction) => {
      for (let n = 0; n < 3_000; n++) {
        const instance = make(n);
        counted += bytesOfInstance(instance);
        await transaction.put(instance);
      }
    });
    collect();
    const taken = process.memoryUsage().heapUsed - before;
    expect(await store.get(pathOf('none'))).toBeUndefined();
    expect(taken / counted).toBeGreaterThan(0.4);
    expect(taken / counted).toBeLessThan(1.5);
  });
});
