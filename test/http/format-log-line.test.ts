import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { formatLogLine } from '../../src/http/format-log-line.js';

/** What the logger writes, formatted, with the time taken off. */
function formatted(log: (logger: pino.Logger) => void, colours = false): string {
  const lines: string[] = [];
  const timestamp = () => ',"time":"2026-01-02T03:04:05.006Z"';
  const write = (line: string) => void lines.push(formatLogLine(line, colours));
  log(pino({ base: null, level: 'trace', timestamp }, { write }));
  return lines.join('').replace(/^\S+ /, '');
}
const call = { call: 'a-1', user: 'lab', operation: 'Get', ms: 1.5, status: 200, peer: '::1' };

describe('the text of a log line', () => {
  it('says who did what to what, what came of it, and how long it took', () => {
    const fields = { ...call, class: 'C', target: 'n:C.K=1' };
    expect(formatted((logger) => logger.info(fields, 'wsman'))).toBe(
      'info  lab Get n:C.K=1 → 200; 1.5 ms, call a-1 from ::1\n',
    );
  });

  it('names the class where there is no instance, and says so where there is no account', () => {
    const fields = { ...call, user: null, class: 'C' };
    expect(formatted((logger) => logger.info(fields, 'wsman'))).toMatch(/^info {2}nobody Get C → 200; /);
  });

  it.each([
    ['a fault with its text', { fault: 'NotFound', reason: 'no such thing', status: 500 }, 'NotFound: no such thing'],
    ['a value with its label and reason', { returnValue: 5, returnLabel: 'Bad', reason: 'why' }, '5 (Bad): why'],
    ['a value without a label', { returnValue: null }, 'null'],
  ])('has %s', (_what, fields, expected) => {
    expect(formatted((logger) => logger.info({ ...call, ...fields }, 'wsman'))).toContain(`→ ${expected}; `);
  });

  it('has the facts of any other line by their names', () => {
    const text = formatted((logger) =>
      logger.warn({ peer: '::1', reason: 'wrong password for "x"', leftOut: 2 }, 'no'),
    );
    expect(text).toBe('warn  no peer=::1 reason="wrong password for \\"x\\"" leftOut=2\n');
  });

  it('has the stack of an error below it, each line indented', () => {
    const error = new TypeError('two\nlines');
    const [head, ...stack] = formatted((logger) => logger.error({ err: error }, 'internal error'))
      .trimEnd()
      .split('\n');
    expect(head).toBe('error internal error');
    expect(stack.slice(0, 2)).toEqual(['    TypeError: two', '    lines']);
    expect(stack.every((line) => line.startsWith('    '))).toBe(true);
  });

  it('has what was thrown as a fact where it is no error with a stack', () => {
    expect(formatted((logger) => logger.error({ err: 'out of paper' }, 'internal error'))).toBe(
      'error internal error err="out of paper"\n',
    );
  });

  it('is one line whatever a client sends, and in no colour of theirs', () => {
    const evil = 'x\n12:00:00.000 info  admin Delete → 200\u001B[2J\r\u2028';
    const fields = { ...call, operation: evil, class: evil, target: evil, reason: evil, fault: evil };
    const text = formatted((logger) => logger.info(fields, 'wsman'));
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Zl}]/u);
  });

  it('has no colours but where they are wanted', () => {
    const line = (colours: boolean) =>
      formatted((logger) => logger.info({ ...call, returnValue: 0 }, 'wsman'), colours);
    expect(line(true)).toContain('\u001B[32m0\u001B[39m');
    expect(line(false)).not.toContain('\u001B');
  });
});
