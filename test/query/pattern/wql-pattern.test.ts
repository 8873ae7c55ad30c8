import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PatternError } from '../../../src/query/pattern/pattern-error.js';
import { compileWqlPattern } from '../../../src/query/pattern/wql-pattern.js';

describe('compileWqlPattern', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'ABC', true],
    ['abc', 'abcd', false],
    ['abc', 'xabc', false],
    ['', '', true],
    ['', 'a', false],
    ['%', '', true],
    ['%', 'anything', true],
    ['a%', 'abc', true],
    ['a%', 'ba', false],
    ['%c', 'abc', true],
    ['%c', 'abcd', false],
    ['%b%', 'abc', true],
    ['%b%', 'ac', false],
    ['a%c', 'abbbc', true],
    ['a%c', 'ac', true],
    ['a%c', 'acd', false],
    ['%%a%%', 'xax', true],
    ['a_c', 'abc', true],
    ['a_c', 'ac', false],
    ['_', 'é', true],
    ['_', 'İ', true],
    ['[ab]x', 'Bx', true],
    ['[ab]x', 'cx', false],
    ['[a-c]', 'B', true],
    ['[A-C]', 'b', true],
    ['[a=c]', 'b', true],
    ['[a-c]', 'd', false],
    ['[^a-c]', 'd', true],
    ['[^a-c]', 'B', false],
    ['[^a-c]', '', false],
    ['[!a]', '!', true],
    ['[%]', '%', true],
    ['[%]', 'x', false],
    ['100[%]', '100%', true],
    ['%[_][_]%', 'a__b', true],
    ['%[_][_]%', 'a_b', false],
    ['[[]x]', '[x]', true],
    ['[]x]', ']', true],
    ['[a-]', '-', true],
    [']', ']', true],
    ['C:\\%', 'C:\\temp', true],
    ['ÄÖ%', 'äöü', true],
    ['İ%', 'İx', true],
    ['%ας_', 'ΣΑςΣ', true],
    ['ΑΣ%', 'ασ', true],
    ['x\ud801\udc00_', 'x\ud801\udc28y', true],
  ])('matches %j against %j: %s', (pattern, text, expected) => {
    expect(compileWqlPattern(pattern)(text)).toBe(expected);
  });

  it.each([
    ['[abc', "'[' is not closed"],
    ['[]', "'[' is not closed"],
    ['[^', "'[' is not closed"],
    ['[^]', "'[' is not closed"],
    ['x[z-a]', 'the range z-a is empty'],
  ])('refuses %s', (pattern, why) => {
    expect(() => compileWqlPattern(pattern)).toThrow(new PatternError(why));
  });

  it('agrees with a matcher that tries everything', () => {
    const token = fc.constantFrom('a', 'b', 'A', 'ä', '%', '_', '[ab]', '[^a]', '[a-b]', '[%]');
    const pattern = fc.array(token, { maxLength: 7 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'c', 'ä', 'Ä', '%', '_'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (tokens, subject) => {
        expect(compileWqlPattern(tokens.join(''))(subject)).toBe(naiveMatch(tokens, subject.toLowerCase()));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([31, 32, 33, 63, 64, 65, 500])('keeps count in patterns of %i wildcards', (length) => {
    const matches = compileWqlPattern('_'.repeat(length));
    expect([length - 1, length, length + 1].map((size) => matches('x'.repeat(size)))).toEqual([false, true, false]);
  });

  it('answers a pattern made to backtrack in steps that do not multiply', () => {
    const matches = compileWqlPattern(`${'%a_'.repeat(300)}b`);
    expect(matches('a'.repeat(100_000))).toBe(false);
  });

  it('can be used again after a match', () => {
    const matches = compileWqlPattern('a_c');
    expect([matches('abc'), matches('xyz'), matches('abc')]).toEqual([true, false, true]);
  });
});

function naiveMatch([token, ...rest]: readonly string[], text: string): boolean {
  if (token === undefined) return text === '';
  if (token === '%') return [...text, ''].some((_, index) => naiveMatch(rest, text.slice(index)));
  const first = text.charAt(0);
  const fits: Readonly<Record<string, (character: string) => boolean>> = {
    _: () => true,
    '[ab]': (character) => character === 'a' || character === 'b',
    '[a-b]': (character) => character === 'a' || character === 'b',
    '[^a]': (character) => character !== 'a',
    '[%]': (character) => character === '%',
  };
  const accepts = fits[token] ?? ((character: string) => character === token.toLowerCase());
  return text !== '' && accepts(first) && naiveMatch(rest, text.slice(1));
}
