import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { askPassword } from '../../src/cli/ask-password.js';

function input(text: string, isTTY = false) {
  const stream = Object.assign(new PassThrough(), { isTTY });
  stream.end(text);
  return stream;
}

describe('a password that is asked for', () => {
  it.each([
    ['with a line break', 'a b:c\n'],
    ['without one', 'a b:c'],
    ['of DOS', 'a b:c\r\n'],
    ['with more behind it', 'a b:c\nnext\n'],
  ])('is the first line, %s', async (_what, text) => {
    expect(await askPassword('Password: ', input(text))).toBe('a b:c');
  });

  it('is an error when there is none', async () => {
    await expect(askPassword('Password: ', input(''))).rejects.toThrow('no password was given');
  });

  it('is asked for on stderr, and not shown, at a terminal', async () => {
    const written: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    try {
      expect(await askPassword('Password: ', input('secret\n', true))).toBe('secret');
    } finally {
      write.mockRestore();
    }
    expect(written.join('')).toBe('Password: \n');
  });
});
