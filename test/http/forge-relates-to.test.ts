import { describe, expect, it } from 'vitest';
import { forgeRelatesTo } from '../../src/http/forge-relates-to.js';

const envelope = (id: string) =>
  `<s:Envelope><s:Header><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body><p:RelatesTo>ö</p:RelatesTo></s:Body></s:Envelope>`;
const answer = (body: string | Uint8Array) => ({ status: 200, contentType: undefined, body, outcome: {} });
const marked = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('a forged RelatesTo', () => {
  it('stands in the place of the true one, and only in the header', () => {
    expect(forgeRelatesTo(answer(envelope('uuid:1')), 'uuid:2').body).toBe(envelope('uuid:2'));
  });

  it('is escaped, and means what it says', () => {
    expect(forgeRelatesTo(answer(envelope('uuid:1')), '<$&\u0000>').body).toBe(envelope('&lt;$&amp;&gt;'));
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-16, little end first', marked],
    ['UTF-16, big end first', (text: string) => marked(text).swap16()],
  ])('is written in the character set of the answer: %s', (_charset, encode) => {
    expect(forgeRelatesTo(answer(encode(envelope('uuid:1'))), 'uuid:é').body).toEqual(encode(envelope('uuid:é')));
  });

  it.each(['<s:Envelope><s:Body><p:RelatesTo>1</p:RelatesTo></s:Body></s:Envelope>', ''])(
    'does not come into an answer that has none: %s',
    (body) => {
      expect(forgeRelatesTo(answer(body), 'uuid:2').body).toBe(body);
    },
  );
});
