import { describeError } from './exit-with-error.js';
import { safeForTerminal } from './printable.js';

/** Where a command writes and how it ends; tests give their own. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly setExitCode: (code: number) => void;
}

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(safeForTerminal(text)),
  err: (text) => void process.stderr.write(safeForTerminal(text)),
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

/**
 * Runs a command; an error becomes one line on stderr and the exit status 1.
 *
 * @param describe text, with its line breaks, for errors that need more than one line; undefined for the others
 */
export async function runCommand(
  terminal: Terminal,
  command: () => Promise<void>,
  describe: (error: unknown) => string | undefined = () => undefined,
): Promise<void> {
  try {
    await command();
  } catch (error) {
    terminal.err(describe(error) ?? `${describeError(error)}\n`);
    terminal.setExitCode(1);
  }
}
