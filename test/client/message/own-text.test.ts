import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownText } from '../../../src/client/message/own-text.js';

it('a text of its own is the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const message = `<a>${text} and so on</a>`;
      expect([ownText(text), ownText(message.slice(3, -4))]).toEqual([text, `${text} and so on`]);
    }),
  );
});
