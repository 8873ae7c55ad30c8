import { describe, expect, it } from 'vitest';
import { createLendingPool } from '../../../src/client/transport/lending-pool.js';

const never = new AbortController().signal;

function numbers(limit: number, isUsable = (_item: number) => true) {
  let made = 0;
  return createLendingPool(limit, () => ++made, isUsable);
}

describe('a pool that lends', () => {
  it('makes as many as are wanted at once, up to the limit', async () => {
    const pool = numbers(2);
    expect([await pool.borrow(never), await pool.borrow(never)]).toEqual([1, 2]);
  });

  it('lends the one used last', async () => {
    const pool = numbers(2);
    const [one, two] = [await pool.borrow(never), await pool.borrow(never)];
    pool.giveBack(two, true);
    pool.giveBack(one, true);
    expect(await pool.borrow(never)).toBe(one);
  });

  it('serves those who wait in the order in which they came', async () => {
    const pool = numbers(1);
    const first = await pool.borrow(never);
    const order: string[] = [];
    const waiting = ['a', 'b', 'c'].map(async (name) => {
      const item = await pool.borrow(never);
      order.push(name);
      pool.giveBack(item, true);
    });
    pool.giveBack(first, true);
    await Promise.all(waiting);
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('makes a new one for who waits when one comes back broken', async () => {
    const pool = numbers(1);
    const first = await pool.borrow(never);
    const waiting = pool.borrow(never);
    pool.giveBack(first, false);
    expect(await waiting).toBe(2);
  });

  it('forgets one that broke while it was free', async () => {
    const broken = new Set<number>();
    const pool = numbers(1, (item) => !broken.has(item));
    pool.giveBack(await pool.borrow(never), true);
    broken.add(1);
    expect(await pool.borrow(never)).toBe(2);
  });

  it('lets who waits go when the signal says so, and keeps no place for him', async () => {
    const pool = numbers(1);
    const first = await pool.borrow(never);
    const controller = new AbortController();
    const gone = pool.borrow(controller.signal);
    const next = pool.borrow(never);
    controller.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    pool.giveBack(first, true);
    expect(await next).toBe(first);
  });

  it('refuses everybody once it is closed, and hands out all there is', async () => {
    const pool = numbers(1);
    const item = await pool.borrow(never);
    const waiting = pool.borrow(never);
    expect(pool.close(new Error('closed'))).toEqual([item]);
    await expect(waiting).rejects.toThrow('closed');
    await expect(pool.borrow(never)).rejects.toThrow('closed');
  });
});
