import { describe, expect, test } from 'vitest';
import { base64FromOctets, octetsFromBase64 } from '../../src/wscim/octet-string.js';

describe('base64', () => {
  test('gets the length in front, which counts itself', () => {
    expect(octetsFromBase64('/wA=', 'X')).toEqual([0, 0, 0, 6, 255, 0]);
    expect(octetsFromBase64('', 'X')).toEqual([0, 0, 0, 4]);
  });

  test('may be broken into lines', () => {
    expect(octetsFromBase64('\n  /w\r\n A=\t', 'X')).toEqual([0, 0, 0, 6, 255, 0]);
  });

  test.each(['a', 'ab', 'abc', '=', '====', 'ab=c', 'ab==ab==', 'ab-_', 'äbcd', '0x1'])('is not %j', (text) => {
    expect(() => octetsFromBase64(text, 'X')).toThrow(/base64/);
  });

  test('of a mebibyte is read whole', () => {
    const content = Buffer.alloc(1024 * 1024, 7);
    expect(octetsFromBase64(content.toString('base64'), 'X').length).toBe(content.length + 4);
  });
});

test.each([[[]], [[0, 0, 4]], [[0, 0, 0, 5]], [[0, 0, 0, 4, 1]], [[0, 0, 0, null]]])(
  'octets %j have not the length they say',
  (octets) => {
    expect(base64FromOctets(octets)).toBeUndefined();
  },
);
