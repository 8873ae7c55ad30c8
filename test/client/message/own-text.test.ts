import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownText } from '../../../src/client/message/own-text.js';

/** Of any code units, halves of pairs too; to set up `unit: 'binary'` alone takes two seconds of the processor. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0xffff })))
  .map((units) => String.fromCharCode(...units));

it('a text of its own is the same text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const message = `<a>${text} and so on</a>`;
      expect([ownText(text), ownText(message.slice(3, -4))]).toEqual([text, `${text} and so on`]);
    }),
  );
});
