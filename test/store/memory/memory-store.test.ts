import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { describeInstanceStore } from '../contract.js';
import { path } from '../instance-builders.js';

describeInstanceStore('the memory store', createMemoryStore);

describe('transactions of the memory store', () => {
  it('that wait for nothing but the store do not overlap, nor with one that is asked for while they begin', async () => {
    const store = createMemoryStore();
    const order: string[] = [];
    const run = (name: string, within?: () => void) =>
      store.transaction(async (transaction) => {
        order.push(`${name} begins`);
        within?.();
        for (let step = 0; step < 20; step += 1) await transaction.get(path('Disk', 'a'));
        order.push(`${name} ends`);
      });
    let inner: Promise<void> = Promise.resolve();
    const outer = run('outer', () => {
      inner = run('inner');
    });
    const third = run('third');
    await Promise.all([outer, third, inner]);
    await store.close();
    expect(order).toEqual(['outer', 'inner', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });
});
