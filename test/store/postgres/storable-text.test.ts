import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromStorable, toStorable } from '../../../src/store/postgres/storable-text.js';

it('any text of JavaScript comes back from what PostgreSQL and UTF-8 can hold', () => {
  const texts = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  const odd = fc.array(fc.constantFrom('\0', '\u0001', '\ud800', '\udc00', 'a', '0000')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(texts, odd), (text) => {
      const stored = toStorable(text);
      expect(stored).not.toContain('\0');
      expect(fromStorable(Buffer.from(stored, 'utf8').toString('utf8'))).toBe(text);
    }),
  );
});
