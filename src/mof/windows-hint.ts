import type { MofDialectChoice } from './dialect.js';
import { MofErrors } from './mof-error.js';

/**
 * Compiles, and when that fails, finds out whether it is only that the files are Windows'.
 *
 * @param compile the same files in a dialect
 * @throws MofErrors with the errors in the dialect that was asked for, and the hint that Windows' takes the files, if it does
 */
export function compileWithHint<T>(dialect: MofDialectChoice, compile: (dialect: MofDialectChoice) => T): T {
  try {
    return compile(dialect);
  } catch (error) {
    if (!(error instanceof MofErrors) || dialect === 'windows' || !succeeds(() => compile('windows'))) throw error;
    throw new MofErrors(error.errors, 'with --dialect windows they are taken');
  }
}

function succeeds(compile: () => unknown): boolean {
  try {
    compile();
    return true;
  } catch (error) {
    if (error instanceof MofErrors) return false;
    throw error;
  }
}
