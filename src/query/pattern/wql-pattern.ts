import { anyChar, type CharRange, type CharSet, charSet, complement } from './char-set.js';
import { compilePattern, type TextTest } from './compile-pattern.js';
import { foldText } from './fold-text.js';
import { PatternError } from './pattern-error.js';
import type { PatternItem } from './pattern-item.js';

/** Longer texts are searched by the matcher, whose time is bounded; built-in search is only faster for short ones. */
const MAX_FIXED_LENGTH = 64;

/**
 * Compiles the pattern of WQL's LIKE: `%` any text, `_` any code unit, `[abc]`, `[a-z]` or, as Microsoft's manual has
 * it, `[a=z]` one of a set, `[^…]` none of it. A wildcard in brackets is itself; a backslash has no meaning. Case does
 * not matter.
 *
 * @throws PatternError
 */
export function compileWqlPattern(pattern: string): TextTest {
  const fixed = compileFixed(foldText(pattern));
  if (fixed) return fixed;
  const matches = compilePattern(parseItems(pattern));
  return Object.assign((text: string) => matches(foldText(text)), {
    inSteps: (text: string) => matches.inSteps(foldText(text)),
  });
}

/** The common patterns, `text`, `text%`, `%text` and `%text%`, without a matcher. */
function compileFixed(pattern: string): ((text: string) => boolean) | undefined {
  const match = /^(%?)([^%_[]*)(%?)$/.exec(pattern);
  const fixed = match?.[2];
  if (fixed === undefined || fixed.length > MAX_FIXED_LENGTH) return undefined;
  if (match?.[1] && match[3]) return (text) => foldText(text).includes(fixed);
  if (match?.[1]) return (text) => foldText(text).endsWith(fixed);
  if (match?.[3]) return (text) => foldText(text).startsWith(fixed);
  return (text) => text.length === fixed.length && foldText(text) === fixed;
}

function parseItems(pattern: string): PatternItem[] {
  const folded = foldText(pattern);
  const items: PatternItem[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '%') {
      if (!items.at(-1)?.many) items.push({ set: anyChar, many: true });
    } else if (character === '_') {
      items.push({ set: anyChar, many: false });
    } else if (character === '[') {
      const { set, end } = parseSet(pattern, at + 1);
      items.push({ set, many: false });
      at = end;
    } else {
      const code = folded.charCodeAt(at);
      items.push({ set: [[code, code]], many: false });
    }
  }
  return items;
}

/** Reads up to the closing bracket, whose offset is `end`. */
function parseSet(pattern: string, start: number): { readonly set: CharSet; readonly end: number } {
  const negated = pattern[start] === '^';
  const from = negated ? start + 1 : start;
  const end = pattern.indexOf(']', from + 1);
  if (end < 0) throw new PatternError("'[' is not closed");
  const ranges: CharRange[] = [];
  for (let at = from; at < end; at += 1) {
    const isRange = at + 2 < end && (pattern[at + 1] === '-' || pattern[at + 1] === '=');
    const low = pattern.charAt(at);
    const high = isRange ? pattern.charAt(at + 2) : low;
    if (high < low) throw new PatternError(`the range ${low}-${high} is empty`);
    ranges.push(...foldedRange(low, high));
    if (isRange) at += 2;
  }
  const set = charSet(ranges);
  return { set: negated ? complement(set) : set, end };
}

/** The range and, as texts are folded before they are matched, the small letters of its capitals. */
function foldedRange(low: string, high: string): CharSet {
  const first = low.charCodeAt(0);
  const last = high.charCodeAt(0);
  const isNew = (code: number) => code < first || code > last;
  const letters = capitals().filter(([capital, small]) => !isNew(capital) && isNew(small));
  return charSet([[first, last], ...letters.map(([, small]): CharRange => [small, small])]);
}

let knownCapitals: readonly (readonly [number, number])[] | undefined;

/** Every code unit that folds to another, and that other: about 1,200, found once. */
function capitals(): readonly (readonly [number, number])[] {
  knownCapitals ??= Array.from(
    { length: 0x10000 },
    (_, code) => [code, foldText(String.fromCharCode(code)).charCodeAt(0)] as const,
  ).filter(([code, folded]) => code !== folded);
  return knownCapitals;
}
