import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interned } from '../../src/strings/interned.js';

test('an interned string is the string, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(interned(text)).toBe(text);
      expect(interned(`${text}\ud800`)).toBe(`${text}\ud800`);
    }),
  );
});

test.each(['', '0', '-1', '4294967295', '__proto__', 'constructor', 'toString'])('%j is no exception', (text) => {
  expect(interned(text)).toBe(text);
});
