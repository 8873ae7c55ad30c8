import { describe, expect, it } from 'vitest';
import { sidBytes, sidText } from '../../../src/windows/security/sid.js';

describe('security identifiers', () => {
  it('are bytes, as MS-DTYP 2.4.2.2 has them, and text', () => {
    expect(sidBytes('S-1-5-32-544')).toEqual([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0]);
    const long = 'S-1-5-21-4294967295-1-2-500';
    expect(sidText(sidBytes(long) ?? [])).toBe(long);
  });

  it.each(['S-1', 'S-2-5-32', 'S-1-5-4294967296', 'Everyone'])('are not %s', (text) =>
    expect(sidBytes(text)).toBeUndefined(),
  );

  it('have as many bytes as they say', () => {
    expect(sidText([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0])).toBeUndefined();
  });
});
