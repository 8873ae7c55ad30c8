import { anyChar, charSet } from './char-set.js';
import { compilePattern, type TextTest } from './compile-pattern.js';
import { PatternError } from './pattern-error.js';
import type { PatternItem } from './pattern-item.js';

/** Characters that mean something in DSP0202's full patterns only: refused, lest they be taken for themselves. */
const FULL_LIKE = new Set('+?|()[]{}^$');

/**
 * Compiles the basic pattern of CQL's LIKE (DSP0202): `.` any code unit, `x*` the item before it any number of times,
 * `\x` the character itself. A pattern matches whole texts, with regard to case.
 *
 * @throws PatternError
 */
export function compileCqlPattern(pattern: string): TextTest {
  const items: PatternItem[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    let character = pattern.charAt(at);
    if (FULL_LIKE.has(character)) {
      throw new PatternError(`'${character}' has no meaning in a basic pattern; '\\\\${character}' stands for itself`);
    }
    const isAny = character === '.';
    if (character === '*') throw new PatternError("there is nothing before '*' to repeat");
    if (character === '\\') {
      at += 1;
      character = pattern.charAt(at);
      if (character === '') throw new PatternError("there is nothing behind '\\'");
    }
    const code = character.charCodeAt(0);
    const many = pattern[at + 1] === '*';
    if (many) at += 1;
    items.push({ set: isAny ? anyChar : charSet([[code, code]]), many });
  }
  return compilePattern(items);
}
