import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readPassword } from '../../src/cli/read-password.js';

function source(text: string, isTTY = false) {
  const modes: boolean[] = [];
  const prompts: string[] = [];
  const setRawMode = (raw: boolean) => modes.push(raw);
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode });
  input.end(text);
  return { input, prompt: (question: string) => void prompts.push(question), modes, prompts };
}

describe('the password of an account', () => {
  it.each([
    ['with a line break', 'a b:c\n'],
    ['without one', 'a b:c'],
    ['of DOS', 'a b:c\r\n'],
  ])('is all of an input that is no terminal, %s, and nobody is asked', async (_what, text) => {
    const pipe = source(text);
    expect(await readPassword(pipe, 'alice')).toBe('a b:c');
    expect(pipe.prompts).toEqual([]);
  });

  it.each([
    ['nothing', '', 'there is no password'],
    ['an empty line', '\n', 'there is no password'],
    ['two lines', 'one\ntwo\n', 'expected a password of one line'],
  ])('is an error when there is %s', async (_what, text, message) => {
    await expect(readPassword(source(text), 'alice')).rejects.toThrow(message);
  });

  it('is asked for at a terminal, which shows nothing of it', async () => {
    const terminal = source('secrex\u007ft\rnext', true);
    expect(await readPassword(terminal, 'alice')).toBe('secret');
    expect(terminal.prompts).toEqual(['Password of alice: ', '\n']);
    expect(terminal.modes).toEqual([true, false]);
  });

  it('is an error after Ctrl+C, and the terminal is as it was', async () => {
    const terminal = source('sec\u0003', true);
    await expect(readPassword(terminal, 'alice')).rejects.toThrow('interrupted');
    expect(terminal.modes.at(-1)).toBe(false);
  });
});
