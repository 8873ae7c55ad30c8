/** Numbers that follow from a seed alone. */
export interface Random {
  /** A whole number from 0 up to, but not, the limit. */
  below(limit: number): number;
  pick<T>(list: readonly [T, ...(readonly T[])]): T;
}

/** @param seeds any numbers; each combination gives numbers of its own */
export function randomOf(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => mix(mixed ^ mix(seed)), 0x9e3779b9);
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    return Math.floor((mix(state) / 2 ** 32) * limit);
  };
  return { below, pick: (list) => list[below(list.length)] ?? list[0] };
}

/** Of 32 bits, each of which depends on all that were given (the last steps of MurmurHash3). */
function mix(number: number): number {
  let bits = number;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
