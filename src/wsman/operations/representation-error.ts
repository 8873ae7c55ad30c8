import { CimError } from '../../cim/model/cim-error.js';
import { CimStatus, type CimStatusCode } from '../../cim/model/cim-status.js';
import { MissingValueError } from '../../cim/model/missing-value-error.js';
import { UNREADABLE_VALUE } from '../../soap/cim-status-table.js';
import type { CimFault } from '../../soap/fault-message.js';
import { UnreadableValueError } from '../../wscim/type-mismatch.js';

const STATUSES: readonly CimStatusCode[] = [
  CimStatus.InvalidParameter,
  CimStatus.NoSuchProperty,
  CimStatus.TypeMismatch,
];

/** The instance in the Body of a Create or Put does not fit its class. It is not an argument that is wrong there. */
export class RepresentationError extends Error {
  readonly fault: CimFault;

  constructor(cause: CimError) {
    super(cause.message, { cause });
    const faultKey = cause instanceof MissingValueError ? 'MissingValues' : 'InvalidValues';
    const instead = cause instanceof UnreadableValueError ? UNREADABLE_VALUE : undefined;
    this.fault = { status: cause.status, message: cause.message, faultKey, instead };
  }
}

/**
 * Runs what reads and stores the representation of a resource. Whatever is wrong with its values is
 * `x:InvalidRepresentation` (DSP0226 §14.6), with the CIM status as ever.
 *
 * @throws RepresentationError
 */
export async function storeRepresentation<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CimError && STATUSES.includes(error.status)) throw new RepresentationError(error);
    throw error;
  }
}
