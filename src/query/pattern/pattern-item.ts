import type { CharSet } from './char-set.js';

/** A code unit out of a set, once (`many` false) or any number of times, also none (`many` true). */
export interface PatternItem {
  readonly set: CharSet;
  readonly many: boolean;
}
