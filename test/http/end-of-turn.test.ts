import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endOfTurn } from '../../src/http/end-of-turn.js';

describe('the end of a turn', () => {
  it('is the same for all who wait in one turn', () => {
    expect(endOfTurn()).toBe(endOfTurn());
  });

  it('is another one in the next turn', async () => {
    const first = endOfTurn();
    await first;
    expect(endOfTurn()).not.toBe(first);
  });

  it('comes after what was due in the turn', async () => {
    const order: string[] = [];
    const waiting = endOfTurn().then(() => order.push('end of turn'));
    process.nextTick(() => order.push('tick'));
    queueMicrotask(() => order.push('microtask'));
    await waiting;
    expect(order.at(-1)).toBe('end of turn');
    expect(order).toHaveLength(3);
  });

  it('lets all who waited go on before the next turn', async () => {
    const order: string[] = [];
    const both = [1, 2].map(async (which) => {
      await endOfTurn();
      order.push(`waited ${which}`);
    });
    const later = nextTurn().then(() => order.push('next'));
    await Promise.all([...both, later]);
    expect(order).toEqual(['waited 1', 'waited 2', 'next']);
  });
});
