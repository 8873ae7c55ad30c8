import { CimError } from './cim-error.js';
import type { CimStatusName } from './cim-status.js';

/** A provider of Windows failed with a number of its own: clients are told that beside the CIM status that it comes to. */
export class HresultError extends CimError {
  /** Unsigned. */
  readonly hresult: number;

  constructor(status: CimStatusName, hresult: number, message: string) {
    super(status, message);
    this.hresult = hresult;
  }
}
