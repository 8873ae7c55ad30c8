import { CimError } from '../cim/model/cim-error.js';

/** A parameter or property that nobody declared: `w:InvalidParameter` with detail InvalidName. */
export class UnknownNameError extends CimError {
  constructor(kind: 'parameter' | 'property', message: string) {
    super(kind === 'property' ? 'NoSuchProperty' : 'InvalidParameter', message);
  }
}
