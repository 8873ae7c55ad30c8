/** UTF-16 code units from the first number to the second, both included. */
export type CharRange = readonly [number, number];

/** Code units, as ranges that are in order and do not touch. */
export type CharSet = readonly CharRange[];

const LAST = 0xffff;

export const anyChar: CharSet = [[0, LAST]];

/** The set of some ranges, given in any order and overlapping. */
export function charSet(ranges: readonly CharRange[]): CharSet {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

/** Every code unit that is not in the set. */
export function complement(set: CharSet): CharSet {
  const gaps: CharRange[] = [];
  let from = 0;
  for (const [low, high] of set) {
    if (low > from) gaps.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= LAST) gaps.push([from, LAST]);
  return gaps;
}
