import { CimStatus, type CimStatusCode, type CimStatusName } from './cim-status.js';

/**
 * A CIM operation failed. The message is meant for the caller: it names classes, properties and values, never
 * files, stacks or secrets.
 */
export class CimError extends Error {
  override readonly name = 'CimError';
  readonly status: CimStatusCode;

  constructor(status: CimStatusName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = CimStatus[status];
  }
}
