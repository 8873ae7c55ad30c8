import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/http/visible-text.js';

describe('a text in which everything can be seen', () => {
  it.each([
    ['a line break', 'a\nb', 'a\\nb'],
    ['a carriage return', 'a\rb', 'a\\u{d}b'],
    ['a colour', '\u001B[31mred', '\\u{1b}[31mred'],
    ['the C1 form of it', '\u009B31m', '\\u{9b}31m'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a turned direction', 'a\u202Eb', 'a\\u{202e}b'],
    ['half a character', 'a\uD800b', 'a\\u{d800}b'],
  ])('writes out %s', (_what, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('leaves everything else', () => {
    expect(visibleText('Zoë "\\" → 😀')).toBe('Zoë "\\" → 😀');
  });
});
