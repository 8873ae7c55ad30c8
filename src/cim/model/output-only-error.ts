import type { CimMethod, CimParameter } from './cim-class.js';
import { CimError } from './cim-error.js';

/** A value was given for a parameter that the method only gives back. */
export function outputOnlyError(method: CimMethod, parameter: CimParameter): CimError {
  return new CimError('InvalidParameter', `Parameter ${parameter.name} of ${method.name} is for output only.`);
}
