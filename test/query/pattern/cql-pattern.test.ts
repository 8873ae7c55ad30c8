import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCqlPattern } from '../../../src/query/pattern/cql-pattern.js';
import { PatternError } from '../../../src/query/pattern/pattern-error.js';

describe('compileCqlPattern', () => {
  it('agrees with a regular expression of the same meaning', () => {
    const token = fc.constantFrom('a', 'b', '.', 'a*', 'b*', '.*', '\\.', '\\*', '%');
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.', '*', '%'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(token, { maxLength: 7 }), text, (tokens, subject) => {
        const pattern = tokens.join('');
        expect(compileCqlPattern(pattern)(subject)).toBe(new RegExp(`^(?:${pattern})$`, 's').test(subject));
      }),
      { numRuns: 3000 },
    );
  });

  it('passes over rows of items that may all be absent', () => {
    const matches = compileCqlPattern(`${'a*b*'.repeat(40)}c`);
    expect([matches('c'), matches(`${'ab'.repeat(40)}c`), matches(`${'ab'.repeat(41)}c`)]).toEqual([true, true, false]);
  });

  it.each([
    ['a+', "'+' has no meaning in a basic pattern"],
    ['[ab]', "'[' has no meaning in a basic pattern"],
    ['*a', "there is nothing before '*' to repeat"],
    ['a**', "there is nothing before '*' to repeat"],
    ['a\\', "there is nothing behind '\\'"],
  ])('refuses %s', (pattern, why) => {
    expect(() => compileCqlPattern(pattern)).toThrow(PatternError);
    expect(() => compileCqlPattern(pattern)).toThrow(why);
  });
});
