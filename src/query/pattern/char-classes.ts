import type { PatternItem } from './pattern-item.js';

/** Code units in classes that no item of a pattern tells apart. */
export interface CharClasses {
  readonly count: number;
  classOf(code: number): number;
  /** A member of the class. */
  representative(index: number): number;
}

/** There are at most two classes more than the items have range ends, so tables by class stay small. */
export function charClasses(items: readonly PatternItem[]): CharClasses {
  const starts = new Set([0]);
  for (const { set } of items) {
    for (const [low, high] of set) {
      starts.add(low);
      if (high < 0xffff) starts.add(high + 1);
    }
  }
  const sorted = Uint16Array.from(starts).sort();
  const ascii = Uint16Array.from({ length: 128 }, (_, code) => search(sorted, code));
  return {
    count: sorted.length,
    classOf: (code) => ascii[code] ?? search(sorted, code),
    representative: (index) => sorted[index] ?? 0,
  };
}

/** The last start that is not above the code. */
function search(starts: Uint16Array, code: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}
