import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseEncryptedContentType,
  writeEncryptedContentType,
} from '../../../src/auth/message-encryption/encrypted-content-type.js';
import { EncryptedMessageError } from '../../../src/auth/message-encryption/encrypted-message-error.js';
import { readEncryptedMessage } from '../../../src/auth/message-encryption/read-encrypted-message.js';
import { withoutPadding } from '../../../src/auth/message-encryption/without-padding.js';
import { writeEncryptedMessage } from '../../../src/auth/message-encryption/write-encrypted-message.js';

const protocol = 'application/HTTP-SPNEGO-session-encrypted';
const type = { protocol: protocol.toLowerCase(), boundary: 'Encrypted Boundary' };
const token = Buffer.alloc(16, 0x11);
const sealed = Buffer.from('--Encrypted Boundary--\r\n\0binary');
const contentType = 'application/soap+xml;charset=UTF-8';
const windows = writeEncryptedMessage({ protocol, contentType, length: sealed.length, token, sealed });
const change = (from: string | RegExp, to: string): Buffer =>
  Buffer.from(windows.toString('latin1').replace(from, to), 'latin1');

describe('the frame of a sealed message', () => {
  it('is what Windows writes', () => {
    expect(windows.toString('latin1')).toBe(
      `--Encrypted Boundary\r\nContent-Type: ${protocol}\r\nOriginalContent: type=${contentType};Length=${sealed.length}\r\n` +
        `--Encrypted Boundary\r\nContent-Type: application/octet-stream\r\n\x10\0\0\0${'\x11'.repeat(16)}` +
        '--Encrypted Boundary--\r\n\0binary--Encrypted Boundary--\r\n',
    );
  });

  it('has the length of a captured Windows request: 1855 bytes around 1600', () => {
    const message = { protocol, contentType, length: 1600, token, sealed: Buffer.alloc(1600) };
    expect(writeEncryptedMessage(message)).toHaveLength(1855);
  });

  it.each([
    ['as Windows writes it', (frame: string) => frame],
    ['with TABs before the part headers', (frame: string) => frame.replace(/\r\n(?=Content-Type|Original)/g, '\r\n\t')],
    ['with a blank before the boundary', (frame: string) => frame.replaceAll('--Encrypted', '-- Encrypted')],
    ['without the line end after the last boundary', (frame: string) => frame.slice(0, -2)],
    ['with two line ends after it', (frame: string) => `${frame}\r\n`],
    [
      'with its part headers in the other order',
      (frame: string) => frame.replace(/(Content-Type: .*\r\n)(OriginalContent.*\r\n)/, '$2$1'),
    ],
    ['with a blank before the length', (frame: string) => frame.replace(';Length', '; Length')],
  ])('is read %s', (_, style) => {
    const message = { contentType, length: 9, token, sealed: Buffer.from('\0\r\nsealed') };
    const frame = writeEncryptedMessage({ protocol, ...message }).toString('latin1');
    expect(readEncryptedMessage(Buffer.from(style(frame), 'latin1'), type)).toMatchObject(message);
  });

  it.each([true, false])('is written in the style in which the peer writes: TABs %s', (tabs) => {
    const frame = writeEncryptedMessage({ protocol, contentType, length: sealed.length, token, sealed, tabs });
    expect(frame.toString('latin1').split('\r\n\tContent-Type')).toHaveLength(tabs ? 3 : 1);
    expect(readEncryptedMessage(frame, type).tabs).toBe(tabs);
  });

  it('is read back whatever is sealed in it', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(
        bytes,
        bytes.filter((b) => b.length > 0),
        (content, signature) => {
          const body = writeEncryptedMessage({
            protocol,
            contentType,
            length: content.length,
            token: signature,
            sealed: content,
          });
          expect(readEncryptedMessage(body, type)).toMatchObject({
            ...{ contentType, length: content.length, token: signature, sealed: content },
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells the character set and the length of UTF-16 as encoded', () => {
    const body = writeEncryptedMessage({
      ...{ protocol, contentType: 'application/soap+xml;charset=UTF-16', length: 6, token },
      sealed: Buffer.alloc(6),
    });
    expect(readEncryptedMessage(body, type)).toMatchObject({
      contentType: 'application/soap+xml;charset=UTF-16',
      length: 6,
    });
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['plain SOAP', Buffer.from('<s:Envelope/>')],
    ['without the first boundary', windows.subarray(22)],
    ['of another protocol inside', change('SPNEGO', 'Kerberos')],
    ['without OriginalContent', change(/OriginalContent.*\r\n/, '')],
    ['with OriginalContent twice', change(/(OriginalContent.*\r\n)/, '$1$1')],
    ['without a length', change(/;Length=\d+/, '')],
    ['with a negative length', change(/Length=\d+/, 'Length=-1')],
    ['with a length of 1e3', change(/Length=\d+/, 'Length=1e3')],
    ['with a length of ten digits', change(/Length=\d+/, 'Length=4294967296')],
    ['with a length one too short', change(/Length=\d+/, `Length=${sealed.length - 1}`)],
    ['with a length one too long', change(/Length=\d+/, `Length=${sealed.length + 1}`)],
    ['with a blank line before the content', change('octet-stream\r\n', 'octet-stream\r\n\r\n')],
    ['with an empty signature', change('\x10\0\0\0', '\0\0\0\0')],
    ['with a huge signature', change('\x10\0\0\0', '\xff\xff\xff\xff')],
    ['with another second part', change('octet-stream', 'soap+xml')],
    ['with something after its end', Buffer.concat([windows, Buffer.from('x')])],
    ['with a line of 600 bytes', change('Content-Type:', `Content-Type:${' '.repeat(600)}`)],
    [
      'with twenty part headers',
      change('OriginalContent', `${Array.from({ length: 20 }, (_, i) => `X${i}: y\r\n`).join('')}OriginalContent`),
    ],
    ['with bare line feeds', change(/\r\n/g, '\n')],
  ])('is refused %s', (_, body) => {
    expect(() => readEncryptedMessage(body, type)).toThrow(EncryptedMessageError);
  });

  it('is refused cut anywhere, but for the end of the last line', () => {
    for (let length = 0; length < windows.length - 2; length++)
      if (length !== windows.length - 1)
        expect(() => readEncryptedMessage(windows.subarray(0, length), type), `${length}`).toThrow(
          EncryptedMessageError,
        );
  });
});

describe('the content type of a sealed message', () => {
  it('is what Windows writes', () => {
    const value = writeEncryptedContentType(protocol);
    expect(value).toBe(`multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`);
    expect(parseEncryptedContentType(value)).toEqual(type);
  });

  it('may have blanks and another case', () => {
    expect(parseEncryptedContentType(`Multipart/Encrypted; Protocol = "x/Y"; boundary=b`)).toEqual({
      ...{ protocol: 'x/y', boundary: 'b' },
    });
  });

  it.each([
    'multipart/encrypted',
    'multipart/mixed;protocol="p";boundary="b"',
    'multipart/encrypted;protocol="p"',
    'multipart/encrypted;boundary="b"',
    'multipart/encrypted;protocol="p";boundary="b";boundary="c"',
    'multipart/encrypted;protocol="p";boundary=""',
    'multipart/encrypted;protocol="p";boundary="b',
    `multipart/encrypted;protocol="p";boundary="${'b'.repeat(71)}"`,
    `multipart/encrypted;protocol="${'p'.repeat(600)}";boundary="b"`,
  ])('is refused: %s', (value) => {
    expect(parseEncryptedContentType(value)).toBeUndefined();
  });
});

describe('padding', () => {
  it.each([
    ['abc\0\0\0', 'utf8', 'abc'],
    ['abc', 'utf8', 'abc'],
    ['\0\0', 'utf8', ''],
    ['<\0>\0', 'utf16', '<\0>\0'],
    ['<\0>\0\0\0\0\0', 'utf16', '<\0>\0'],
    ['<\0>\0\0', 'utf16', '<\0>\0'],
  ])('of %j in %s is taken off: %j', (message, charset, expected) => {
    const inside = charset === 'utf16' ? 'application/soap+xml;charset=UTF-16' : contentType;
    expect(withoutPadding(Buffer.from(message, 'latin1'), inside).toString('latin1')).toBe(expected);
  });

  it('is never more than sixteen bytes', () => {
    expect(withoutPadding(Buffer.alloc(100), contentType).length).toBe(84);
  });
});
