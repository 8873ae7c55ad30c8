import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detached } from '../../src/strings/detached.js';

test('a detached string is the string, whatever is in it', () => {
  // Lone surrogates included: no charset in between may change them.
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'binary-ascii' }), (text, more) => {
      expect(detached(text + more)).toBe(text + more);
      expect(detached(`${text}\ud800${more}`)).toBe(`${text}\ud800${more}`);
    }),
  );
});
