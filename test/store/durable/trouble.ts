import { setImmediate } from 'node:timers/promises';
import { StoreError } from '../../../src/cim/contracts/store-error.js';
import type { BackendOptions, Call } from './memory-place.js';

/** How a backend behaves: all of it at random, and the same for the same seed. */
export interface Trouble extends Pick<BackendOptions, 'before' | 'after'> {
  /** From here on it answers, and at once. */
  end(): void;
}

/** @param fails of 100 calls; an append may also fail after it has written, and for want of room */
export function troubleOf(seed: number, fails: number): Trouble {
  let state = seed;
  let isOver = false;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const wait = async () => {
    for (let rounds = random(4); rounds > 0; rounds -= 1) await setImmediate();
  };
  const mayFail = (kinds: readonly ('unavailable' | 'full')[]) => {
    const kind = kinds[random(kinds.length)];
    if (!isOver && kind && random(100) < fails) throw new StoreError(kind, 'planned');
  };
  return {
    before: async (call: Call) => {
      if (isOver) return;
      await wait();
      mayFail(call === 'append' ? ['unavailable', 'full'] : ['unavailable']);
    },
    after: async (call: Call) => {
      if (isOver) return;
      await wait();
      // Of a claim nobody would know.
      if (call !== 'claim') mayFail(['unavailable']);
    },
    end: () => {
      isOver = true;
    },
  };
}
