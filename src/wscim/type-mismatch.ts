import { CimError } from '../cim/model/cim-error.js';

/** A value that its declared type cannot hold: `w:InvalidParameter` with detail TypeMismatch. */
export function typeMismatch(what: string, problem: string): CimError {
  return new CimError('TypeMismatch', `${what}: ${problem}.`);
}
