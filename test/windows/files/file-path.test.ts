import { describe, expect, it } from 'vitest';
import { isBelow, parentFolder, parseFilePath } from '../../../src/windows/files/file-path.js';

describe('paths of files', () => {
  it('have parts, in lower case', () => {
    const parts = { drive: 'c:', path: '\\program files\\', fileName: 'a.b', extension: 'txt' };
    expect(parseFilePath('C:\\Program Files\\A.b.TXT')).toEqual({ name: 'c:\\program files\\a.b.txt', ...parts });
    expect(parseFilePath('D:\\')).toMatchObject({ name: 'd:\\', path: '\\', fileName: '' });
    expect(parseFilePath('d:\\data\\')).toMatchObject({ name: 'd:\\data', path: '\\', fileName: 'data' });
  });

  it.each([
    'tools',
    'c:tools',
    '\\\\srv02\\c$',
    'c:\\a\\\\b',
    'c:\\..\\a',
    'c:\\a*',
    'c:\\a:b',
    `c:\\${'a'.repeat(300)}`,
  ])('are not %s', (text) => expect(parseFilePath(text)).toBeUndefined());

  it('lie in folders, and the root of a drive in none', () => {
    expect(['c:\\a\\b', 'c:\\a', 'c:\\'].map(parentFolder)).toEqual(['c:\\a', 'c:\\', undefined]);
    expect([
      isBelow('c:\\tools\\a', 'C:\\Tools'),
      isBelow('c:\\tools2', 'c:\\tools'),
      isBelow('c:\\a', 'c:\\'),
    ]).toEqual([true, false, true]);
  });
});
