import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfText, leaveWith, MemoryBudget, messageMemory } from '../../src/strings/message-memory.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('a budget', () => {
  it('is the sum of what its memories hold, and never passes its limit, whatever they take and give', () => {
    const step = fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 60 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const budget = new MemoryBudget(100);
        const kept: number[][] = [[], [], [], []];
        const sum = (sizes: readonly number[] = []) => sizes.reduce((total, size) => total + size, 0);
        const memories = kept.map((sizes, at) =>
          budget.join(at === 0 ? {} : { most: at === 1 ? 50 : undefined, forget: () => sizes.splice(0) }),
        );
        for (const [at, bytes, isGiven] of steps) {
          const [sizes, memory] = [kept[at], memories[at]];
          if (isGiven) memory?.give(sizes?.pop() ?? 0);
          else if (memory?.take(bytes)) sizes?.push(bytes);
          expect(memories.map(({ held }) => held)).toEqual(kept.map(sum));
          expect(budget.held).toBe(sum(kept.flat()));
          expect(budget.held).toBeLessThanOrEqual(100);
          expect(memories[1]?.held).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  it('makes room by what holds most', () => {
    const budget = new MemoryBudget(100);
    const forgotten: string[] = [];
    const [large, small] = ['large', 'small'].map((name) => budget.join({ forget: () => forgotten.push(name) }));
    large?.take(60);
    small?.take(30);
    small?.take(20);
    expect([forgotten, large?.held, small?.held]).toEqual([['large'], 0, 50]);
  });

  it('takes nothing that can never fit', () => {
    const budget = new MemoryBudget(100);
    const memory = budget.join({ forget: () => undefined });
    expect([memory.take(101), memory.held]).toEqual([false, 0]);
    expect(budget.join({ most: 10 }).take(11)).toBe(false);
  });

  it('leaves alone what cannot forget', () => {
    const budget = new MemoryBudget(100);
    const state = budget.join();
    state.take(80);
    expect([budget.join({ forget: () => undefined }).take(30), state.held]).toEqual([false, 80]);
  });

  it('loses a memory with its owner', async () => {
    const before = messageMemory.held;
    (() => {
      const memory = messageMemory.join();
      memory.take(1000);
      leaveWith({}, memory);
    })();
    expect(messageMemory.held).toBe(before + 1000);
    for (let time = 0; time < 50 && messageMemory.held > before; time++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(messageMemory.held).toBe(before);
  });
});

describe('the size of a string', () => {
  it.each([
    ['x', 100_000],
    ['ÿ', 100_000],
    ['ж', 200_000],
  ])('counts as the engine does for %s', (character, bytes) => {
    expect(bytesOfText(character.repeat(100_000)) - bytes).toBeLessThan(100);
  });
});
