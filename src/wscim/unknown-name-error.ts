import { CimError } from '../cim/cim-error.js';

/** A parameter or embedded property that nobody declared: `w:InvalidParameter` with detail InvalidName. */
export class UnknownNameError extends CimError {
  constructor(message: string) {
    super('InvalidParameter', message);
  }
}
