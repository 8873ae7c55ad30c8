import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './exit-with-error.js';

/** Where a password comes from when it is not on the command line. */
export interface PasswordInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
}

/**
 * The first line of an input; of a terminal, after asking on stderr, without showing what is typed.
 *
 * @throws UsageError when it ends without a line
 */
export async function askPassword(prompt: string, input: PasswordInput = process.stdin): Promise<string> {
  const isTerminal = input.isTTY === true;
  if (isTerminal) process.stderr.write(prompt);
  // A terminal shows what readline writes, which is nothing.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output, terminal: isTerminal });
  try {
    const line = await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve).once('close', () => resolve(undefined));
    });
    if (line === undefined) throw new UsageError('no password was given');
    return line;
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write('\n');
  }
}
