import { printable, printableLine } from './printable.js';

/** An error whose message is for the person at the terminal and says all there is to say; any layer's error may carry the mark. */
interface ExpectedError extends Error {
  readonly expected: true;
}

/** A value or combination of values on the command line that cannot be used. */
export class UsageError extends Error implements ExpectedError {
  override readonly name = 'UsageError';
  readonly expected = true;
}

function isExpected(error: unknown): error is ExpectedError {
  return error instanceof Error && 'expected' in error && error.expected === true;
}

/**
 * What to print for an error, one line, never a stack.
 *
 * @param detailed add the stack of an error nobody expected (`--log-level debug`)
 */
export function describeError(error: unknown, detailed = false): string {
  if (isExpected(error)) return `cimulator: ${printableLine(error.message)}`;
  if (detailed && error instanceof Error && error.stack !== undefined) return `cimulator: ${printable(error.stack)}`;
  const message = error instanceof Error ? error.message : String(error);
  return `cimulator: unexpected error: ${printableLine(message)} (run again with --log-level debug to see where)`;
}

/** Prints an error and sets the exit status 1. */
export function exitWithError(error: unknown, detailed = false): void {
  process.stderr.write(`${describeError(error, detailed)}\n`);
  process.exitCode = 1;
}
