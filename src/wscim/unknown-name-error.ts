import { CimError } from '../cim/cim-error.js';

/** A parameter or embedded property that nobody declared: `w:InvalidParameter` with detail InvalidName. */
export class UnknownNameError extends CimError {
  constructor(message: string) {
    super('InvalidParameter', message);
  }
}

/** A value that its declared type cannot hold: `w:InvalidParameter` with detail TypeMismatch. */
export function typeMismatch(what: string, problem: string): CimError {
  return new CimError('TypeMismatch', `${what}: ${problem}.`);
}
