import { charClasses } from './char-classes.js';
import type { PatternItem } from './pattern-item.js';

/** A test of whole texts. */
export interface TextTest {
  (text: string): boolean;
  /** The same in steps, between which others may go on. Absent where no text takes long. */
  readonly inSteps?: (text: string) => Generator<void, boolean, void>;
}

/** Words of partial matches that are moved over a code unit in one step: a millisecond or less. */
const MOVES = 65_536;

/**
 * Compiles a pattern to a test of whole texts. All partial matches are followed at once as bits of 32-bit words
 * (Baeza-Yates and Gonnet's shift-and), so a text costs its length times a 32nd of the pattern's, whatever they hold:
 * nothing backtracks.
 */
export function compilePattern(items: readonly PatternItem[]): Required<TextTest> & TextTest {
  // Bit i stands for "the items before i are matched"; the last one is the end of the pattern.
  const words = (items.length >>> 5) + 1;
  const { classOf, count, representative } = charClasses(items);
  const takes = new Uint32Array(count * words);
  const repeats = new Uint32Array(count * words);
  const skips = new Uint32Array(words);
  for (const [position, { set, many }] of items.entries()) {
    const bit = 1 << (position & 31);
    const word = position >>> 5;
    if (many) skips[word] = at(skips, word) | bit;
    for (let index = 0; index < count; index += 1) {
      const code = representative(index);
      if (!set.some(([low, high]) => low <= code && code <= high)) continue;
      const table = many ? repeats : takes;
      table[index * words + word] = at(table, index * words + word) | bit;
    }
  }
  const endWord = items.length >>> 5;
  const endBit = 1 << (items.length & 31);
  function begin(state: Uint32Array): Uint32Array {
    state.fill(0);
    state[0] = 1;
    closeOver(state, skips);
    return state;
  }

  /** False when no partial match is left. */
  function moveOver(text: string, from: number, to: number, state: Uint32Array): boolean {
    for (let position = from; position < to; position += 1) {
      if (!step(state, takes, repeats, skips, classOf(text.charCodeAt(position)) * words)) return false;
    }
    return true;
  }

  const isAtEnd = (state: Uint32Array) => (at(state, endWord) & endBit) !== 0;
  const shared = new Uint32Array(words);
  const size = Math.ceil(MOVES / words);
  return Object.assign((text: string) => moveOver(text, 0, text.length, begin(shared)) && isAtEnd(shared), {
    *inSteps(text: string) {
      const state = begin(new Uint32Array(words));
      for (let from = 0; from < text.length; from += size) {
        if (!moveOver(text, from, Math.min(from + size, text.length), state)) return false;
        yield;
      }
      return isAtEnd(state);
    },
  });
}

/** Moves every partial match over one code unit; false when none is left. */
function step(state: Uint32Array, takes: Uint32Array, repeats: Uint32Array, skips: Uint32Array, row: number): boolean {
  let carry = 0;
  let alive = 0;
  for (let word = 0; word < state.length; word += 1) {
    const old = at(state, word);
    const moved = old & at(takes, row + word);
    const now = (moved << 1) | carry | (old & at(repeats, row + word));
    carry = moved >>> 31;
    state[word] = now;
    alive |= now;
  }
  if (alive === 0) return false;
  closeOver(state, skips);
  return true;
}

/** An item that may be absent is also passed without a code unit. */
function closeOver(state: Uint32Array, skips: Uint32Array): void {
  let carry = 0;
  for (let word = 0; word < state.length; word += 1) {
    const skip = at(skips, word);
    let now = at(state, word) | carry;
    for (let added = ((now & skip) << 1) & ~now; added !== 0; added = ((now & skip) << 1) & ~now) now |= added;
    carry = (now & skip) >>> 31;
    state[word] = now;
  }
}

/** Within bounds wherever it is used: rows and words are counted when the tables are made. */
function at(table: Uint32Array, index: number): number {
  return table[index] as number;
}
