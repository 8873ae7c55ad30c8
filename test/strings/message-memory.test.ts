import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfText, leaveWith, MemoryBudget, messageMemory } from '../../src/strings/message-memory.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

describe('a budget', () => {
  it('is the sum of what is held for its memories, and never passes its limit, whatever they take and give', () => {
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
          expect(memories.map(({ used }) => used)).toEqual(kept.map(sum));
          expect(budget.used).toBe(sum(kept.flat()));
          expect(memories.every(({ used, held }) => used <= held)).toBe(true);
          expect(budget.held).toBe(memories.reduce((total, { held }) => total + held, 0));
          expect(budget.held).toBeLessThanOrEqual(100);
          expect(memories[1]?.held).toBeLessThanOrEqual(50);
          expect(memories[0]?.held).toBe(memories[0]?.used);
        }
      }),
    );
  });

  it('makes room by what holds most', () => {
    const budget = new MemoryBudget(100);
    const forgotten: string[] = [];
    const names = ['large', 'middle', 'small'];
    const [large, middle, small] = names.map((name) => budget.join({ forget: () => forgotten.push(name) }));
    large?.take(60);
    middle?.take(20);
    small?.take(8);
    expect([forgotten, large?.used, large?.held, middle?.used, small?.used]).toEqual([['large'], 0, 32, 20, 8]);
  });

  it('makes room by what fills up where nothing has more than that needs', () => {
    const budget = new MemoryBudget(100);
    const forgotten: string[] = [];
    const [one, other] = ['one', 'other'].map((name) => budget.join({ forget: () => forgotten.push(name) }));
    one?.take(50);
    other?.take(30);
    other?.take(30);
    expect([forgotten, one?.used, other?.used]).toEqual([['other'], 50, 30]);
  });

  it('holds as much for a memory that began anew as it once needed, in few steps', () => {
    const budget = new MemoryBudget(1_000_000);
    const memory = budget.join({ forget: () => undefined });
    const rooms = new Set<number>();
    for (let time = 0; time < 3; time++) {
      for (let n = 0; n < 100_000; n++) if (memory.take(1)) rooms.add(budget.held);
      memory.give(memory.used);
    }
    expect([memory.used, rooms.size < 8, budget.held >= 100_000, budget.held < 200_000]).toEqual([0, true, true, true]);
  });

  it('comes to rest when two memories need more than there is, each in its turn', () => {
    const budget = new MemoryBudget(1_000_000);
    const memories = [1, 2].map(() => budget.join({ forget: () => undefined }));
    const held: number[] = [];
    for (let n = 0; n < 4_000; n++) {
      for (const memory of memories) memory.take(997);
      held.push(budget.held);
    }
    expect(new Set(held.slice(2_000))).toEqual(new Set([1_000_000]));
  });

  it('takes nothing that can never fit', () => {
    const budget = new MemoryBudget(100);
    const memory = budget.join({ forget: () => undefined });
    expect([memory.take(101), memory.used, memory.held]).toEqual([false, 0, 0]);
    expect(budget.join({ most: 10 }).take(11)).toBe(false);
    const none = new MemoryBudget(0).join({ forget: () => undefined });
    expect([none.take(1), none.held]).toEqual([false, 0]);
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
