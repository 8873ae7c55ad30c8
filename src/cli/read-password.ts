import type { Readable } from 'node:stream';
import { UsageError } from './exit-with-error.js';

/** What a password is typed on: `process.stdin`, or a test's stand-in. */
export interface PasswordInput extends Readable {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** Where a password comes from. */
export interface PasswordSource {
  readonly input: PasswordInput;
  /** Writes a prompt; not to stdout, which may be a pipe. */
  readonly prompt: (text: string) => void;
}

/** Where passwords are read from when no test says otherwise. */
export const processSource: PasswordSource = {
  get input() {
    return process.stdin;
  },
  prompt: (text) => void process.stderr.write(text),
};

/** More than an account takes: enough to tell a file that was given by mistake. */
const MAX_BYTES = 8192;

/**
 * Reads a password from the whole of an input that is no terminal; one line break at its end does not count.
 *
 * @throws UsageError when there is nothing, or more than a password
 */
export async function readPasswordFrom({ input }: PasswordSource): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.length > MAX_BYTES) throw new UsageError('stdin: that is more than a password');
  }
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('stdin: there is no password');
  if (/[\r\n]/.test(password)) throw new UsageError('stdin: expected a password of one line');
  return password;
}

/**
 * The first lines of an input, a password each. What follows them is of no account, but for its end: the input is left open.
 *
 * @throws UsageError when the input ends before, or has more than a password in a line
 */
export async function readPasswordLines({ input }: PasswordSource, count: number): Promise<string[]> {
  const lines: string[] = [];
  let text = '';
  input.setEncoding('utf8');
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    const [open = '', ...more] = `${text}${chunk}`.split(/\r?\n/).reverse();
    lines.push(...more.reverse());
    text = open;
    if (lines.length >= count) return lines.slice(0, count);
    if (text.length > MAX_BYTES) throw new UsageError('stdin: that is more than a password');
  }
  if (text !== '') lines.push(text);
  if (lines.length >= count) return lines;
  throw new UsageError(
    `stdin: expected ${count === 1 ? 'a line with a password' : `${count} lines, a password in each`}`,
  );
}

/**
 * The password of an account that there is: a terminal is asked for it, without showing what is typed; another input is read.
 *
 * @throws UsageError when there is none, or Ctrl+C was typed
 */
export function readPassword(source: PasswordSource, name: string): Promise<string> {
  return source.input.isTTY === true ? askHidden(source, `Password of ${name}: `) : readPasswordFrom(source);
}

/**
 * Asks for a new password, twice, without showing what is typed.
 *
 * @throws UsageError when there is no terminal to ask on, the two differ, or Ctrl+C was typed
 */
export async function askNewPassword(source: PasswordSource, name: string): Promise<string> {
  if (source.input.isTTY !== true) {
    throw new UsageError('there is no terminal to ask for a password on; give it on stdin, with --password-stdin');
  }
  const password = await askHidden(source, `New password for ${name}: `);
  if ((await askHidden(source, 'The same again: ')) === password) return password;
  throw new UsageError('the two passwords differ; nothing was changed');
}

async function askHidden({ input, prompt }: PasswordSource, question: string): Promise<string> {
  prompt(question);
  input.setEncoding('utf8');
  input.setRawMode?.(true);
  try {
    return await readLine(input);
  } finally {
    input.setRawMode?.(false);
    input.pause();
    prompt('\n');
  }
}

/** Reads up to the end of a line. What was typed ahead, behind it, goes back. */
function readLine(input: PasswordInput): Promise<string> {
  return new Promise((resolve, reject) => {
    const typed: string[] = [];
    function finish(settle: () => void): void {
      input.off('data', onData).off('end', onEnd);
      input.pause();
      settle();
    }
    function onEnd(): void {
      finish(() => reject(new UsageError('no password was typed')));
    }
    function onData(chunk: string): void {
      const end = typeInto(typed, [...chunk]);
      if (end === undefined) return;
      finish(() => {
        if (end === INTERRUPTED) reject(new UsageError('interrupted'));
        else resolve(typed.join(''));
        if (typeof end === 'string' && end !== '') input.unshift(end);
      });
    }
    input.on('data', onData).on('end', onEnd);
    input.resume();
  });
}

const INTERRUPTED = Symbol('Ctrl+C');

/**
 * Does what the keys say; in raw mode the terminal leaves all of them to us.
 *
 * @returns what came behind the end of the line; undefined while there is no end
 */
function typeInto(typed: string[], keys: readonly string[]): string | typeof INTERRUPTED | undefined {
  for (const [index, key] of keys.entries()) {
    if (key === '\r' || key === '\n' || key === '\u0004') return keys.slice(index + 1).join('');
    if (key === '\u0003') return INTERRUPTED;
    if (key === '\u007f' || key === '\b') typed.pop();
    else typed.push(key);
  }
  return undefined;
}
