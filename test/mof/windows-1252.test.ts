import { expect, test } from 'vitest';
import { decodeWindows1252 } from '../../src/mof/windows-1252.js';

test('all characters of Windows-1252 are read as Windows reads them', () => {
  const named = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
  const bytes = [...Array(32).keys()].map((n) => 0x80 + n).filter((n) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(n));
  expect(decodeWindows1252(Uint8Array.from(bytes))).toBe(named);
  expect(decodeWindows1252(Uint8Array.of(0x41, 0xa0, 0xdf, 0xff))).toBe('A\u00a0ßÿ');
});

test('what is no text is not read', () => {
  for (const byte of [0, 7, 0x1b, 0x7f, 0x81, 0x9d])
    expect(decodeWindows1252(Uint8Array.of(0x41, byte))).toBeUndefined();
});
