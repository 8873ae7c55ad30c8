import { CimError } from './cim-error.js';

/** An instance lacks a property that its class must have a value for. */
export class MissingValueError extends CimError {
  constructor(message: string) {
    super('InvalidParameter', message);
  }
}
