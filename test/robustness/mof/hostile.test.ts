import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MofErrors } from '../../../src/mof/mof-error.js';
import { Lexer } from '../../../src/mof/syntax/lexer.js';
import { compileText } from '../../mof/compile-text.js';
import { largeSchema } from '../../mof/large-schema.mjs';

describe('whatever the text', () => {
  it('a text with one character changed compiles or is refused', () => {
    const text = largeSchema({ classes: 6, wordsPerDescription: 9 }).replace(
      /^Qualifier (?:Key|Description|Version|Abstract|Association|ValueMap|Override|In|Out) .*$/gm,
      '',
    );
    const change = fc.tuple(
      fc.nat(text.length - 1),
      fc.constantFrom('', '"', '{', '}', ';', '\\', '/*', '[', ',', '\n', 'x'),
    );
    fc.assert(
      fc.property(change, ([at, char]) => {
        try {
          compileText(text.slice(0, at) + char + text.slice(at + 1));
        } catch (error) {
          if (!(error instanceof MofErrors)) throw error;
          // One wrong character is one mistake: the rest of the text must not drown it.
          expect(error.errors.length).toBeLessThan(12);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the number of tokens read grows no faster than the text', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const tokensOf = (text: string): number => {
    const next = vi.spyOn(Lexer.prototype, 'next');
    try {
      compileText(text);
    } catch (error) {
      if (!(error instanceof MofErrors)) throw error;
    }
    const count = next.mock.calls.length;
    next.mockRestore();
    return count;
  };

  it.each([
    ['open braces', '{'],
    ['closing braces', '}'],
    ['open brackets', '['],
    ['members out of place', 'uint8 x; '],
    ['qualified members out of place', '[Key] uint8 x; '],
    ['qualifier lists behind errors', '; [Key, Max(1)] '],
    ['unclosed classes', 'class A { [Key] uint8 k; '],
    ['unclosed instances', 'instance of A { k = 1; '],
    ['nested instances', 'instance of A { k = '],
    ['unclosed strings', '"\n'],
    ['illegal characters', '@'],
    ['keywords', 'class '],
    ['pragmas', '#pragma x('],
  ])('for %s', (_what, piece) => {
    const half = tokensOf(piece.repeat(2_000));
    const whole = tokensOf(piece.repeat(4_000));
    expect(whole).toBeLessThan(half * 2.2 + 100);
  });
});
