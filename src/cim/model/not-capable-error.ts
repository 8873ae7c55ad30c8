import { CimError } from './cim-error.js';

/** Whoever provides the instances of a class cannot do this with them. WMI has a number of its own for it, WBEM_E_PROVIDER_NOT_CAPABLE. */
export class NotCapableError extends CimError {
  constructor(message: string) {
    super('NotSupported', message);
  }
}
