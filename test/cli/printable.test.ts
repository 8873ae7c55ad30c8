import { describe, expect, it, vi } from 'vitest';
import { describeError, UsageError } from '../../src/cli/exit-with-error.js';
import { printable, printableJson, printableLine, printableXml, safeForTerminal } from '../../src/cli/printable.js';
import { processTerminal } from '../../src/cli/terminal.js';

/** ESC, BEL, CSI and OSC of C1, DEL, a mark that turns the direction, a line separator, half a character. */
const HOSTILE = '\u001b]0;X\u0007|\u009b31m|\u009d0;X\u009c|\u007f|\u202e|\u2028|\ud800';
const COMMANDS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('what a server sends', () => {
  it('is shown as text that can be seen, with its line breaks', () => {
    expect(printable('a\n\u001b[2J\u009b1m\u202e')).toBe('a\n\\x1b[2J\\x9b1m\\u{202e}');
  });

  it('is one line where one is wanted', () => {
    expect(printableLine('a\r\n  b\u0085c')).toBe('a b\\x85c');
  });

  it.each([
    ['text', printable],
    ['a message', printableLine],
    ['XML', printableXml],
    ['JSON', printableJson],
    ['whatever', safeForTerminal],
    ['an error', (text: string) => describeError(new UsageError(text))],
    ['an error nobody expected', (text: string) => describeError(new Error(text))],
    ['an error with its stack', (text: string) => describeError(new Error(text), true)],
  ])('has no command for a terminal in it as %s', (_what, show) => {
    expect(show(HOSTILE).replaceAll('\n', '')).not.toMatch(COMMANDS);
  });

  it('means the same in JSON', () => {
    expect(JSON.parse(printableJson({ a: HOSTILE, '\u009b': 1 }))).toEqual({ a: HOSTILE, '\u009b': 1 });
  });

  it('means the same in XML', () => {
    expect(printableXml('<a>\u009b\u202e\r\n\t</a>')).toBe('<a>&#x9b;&#x202e;\n\t</a>');
  });

  it('is made safe at the last by the terminal itself', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    processTerminal.out('a\tb\u001b[2J\n');
    expect(write).toHaveBeenCalledWith('a\tb\\x1b[2J\n');
    write.mockRestore();
  });
});
