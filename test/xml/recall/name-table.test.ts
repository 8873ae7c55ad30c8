import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownName } from '../../../src/xml/recall/name-table.js';

const name = fc.stringMatching(/^([a-z]{1,9}:)?[A-Za-z_][\w.-]{0,80}$/);

describe('a known name', () => {
  it('is what stands in the bytes, whatever hash the names share', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 20 }), fc.nat(3), (names, hashes) => {
        const text = names.join(' ');
        const bytes = Buffer.from(text);
        let from = 0;
        names.forEach((one, at) => {
          const hash = hashes === 0 ? 0 : at % hashes;
          expect(knownName(bytes, from, from + one.length, hash).text).toBe(one);
          from += one.length + 1;
        });
      }),
    );
  });
});
