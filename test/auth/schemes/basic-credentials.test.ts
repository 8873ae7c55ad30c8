import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBasicCredentials } from '../../../src/auth/schemes/basic-credentials.js';

const encode = (text: string | Uint8Array): string =>
  `Basic ${(typeof text === 'string' ? Buffer.from(text) : Buffer.from(text)).toString('base64')}`;

/** Text that Basic can carry: well-formed, no control characters, not empty. */
const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));

describe('Basic credentials', () => {
  it('come back as they were sent, whatever the name and password', () => {
    fc.assert(
      fc.property(
        printable.filter((name) => !name.includes(':')),
        printable,
        (name, password) => {
          expect(parseBasicCredentials(encode(`${name}:${password}`))).toEqual({ name, password });
        },
      ),
    );
  });

  it('part at the first colon', () => {
    expect(parseBasicCredentials(encode('a:b:c'))).toEqual({ name: 'a', password: 'b:c' });
  });

  it.each(['basic', 'BASIC', 'Basic '])(
    'are known by their scheme in any case and however many blanks: %j',
    (scheme) => {
      expect(parseBasicCredentials(`${scheme} YTpi`)).toEqual({ name: 'a', password: 'b' });
    },
  );

  it.each([
    ['', 'not of the form "Basic <base64>"'],
    ['Basic', 'not of the form "Basic <base64>"'],
    ['Basic ', 'not of the form "Basic <base64>"'],
    ['BasicYTpi', 'not of the form "Basic <base64>"'],
    ['Digest YTpi', 'not of the form "Basic <base64>"'],
    ['Basic YTpi ', 'not of the form "Basic <base64>"'],
    ['Basic YTpi, Basic YTpi', 'not of the form "Basic <base64>"'],
    ['Basic YT pi', 'not of the form "Basic <base64>"'],
    ['Basic YTp-', 'not of the form "Basic <base64>"'],
    ['Basic YTpiYw', 'not canonical base64'],
    ['Basic YTpiY', 'not canonical base64'],
    ['Basic YTpiYx==', 'not canonical base64'],
    ['Basic YTpi==', 'not canonical base64'],
    [encode('ab'), 'no colon between name and password'],
    [encode(':b'), 'an empty name'],
    [encode('a:'), 'an empty password'],
    [encode(':'), 'an empty name'],
    [encode('a\0:b'), 'a control character in the name or password'],
    [encode('a:b\n'), 'a control character in the name or password'],
    [encode('a:b\u0085'), 'a control character in the name or password'],
    [encode(Buffer.from([0x61, 0x3a, 0xff])), 'not UTF-8'],
    [encode(Buffer.from([0x61, 0x3a, 0xc0, 0xaf])), 'not UTF-8'],
    [encode(Buffer.from([0x61, 0x3a, 0xed, 0xa0, 0x80])), 'not UTF-8'],
    [encode(`a:${'b'.repeat(9000)}`), 'the header is longer than 8192 characters'],
  ])('are refused with the reason: %j', (header, reason) => {
    expect(parseBasicCredentials(header)).toBe(reason);
  });

  it('never throw, and are taken only when they encode back to the same header', () => {
    const headers = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String().map((text) => `Basic ${text}`),
      fc.uint8Array().map(encode),
    );
    fc.assert(
      fc.property(headers, (header) => {
        const parsed = parseBasicCredentials(header);
        if (typeof parsed !== 'string') expect(encode(`${parsed.name}:${parsed.password}`)).toBe(header);
      }),
    );
  });
});
