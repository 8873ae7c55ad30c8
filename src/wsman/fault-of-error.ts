import { ProviderError } from '../cim/contracts/provider-error.js';
import { StoreError, type StoreErrorKind } from '../cim/contracts/store-error.js';
import { CimError } from '../cim/model/cim-error.js';
import { HresultError } from '../cim/model/hresult-error.js';
import { NotCapableError } from '../cim/model/not-capable-error.js';
import { cimStatusRow, NOT_CAPABLE, UNREADABLE_VALUE } from '../soap/cim-status-table.js';
import type { CimFault } from '../soap/fault-message.js';
import type { FaultKey } from '../soap/fault-table.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { xmlFault } from '../soap/xml-fault.js';
import { UnreadableValueError } from '../wscim/type-mismatch.js';
import { UnknownNameError } from '../wscim/unknown-name-error.js';
import { XmlError } from '../xml/xml-error.js';
import { ClientGoneError } from './operation-watch.js';
import { RepresentationError } from './operations/representation-error.js';

/**
 * The fault that tells a client of an error. What is not one of our own errors is a mistake in this program, or in a provider: the
 * client learns only that, the log gets the rest.
 */
export function faultOfError(error: unknown): WsmanFault | CimFault {
  if (error instanceof WsmanFault) return error;
  if (error instanceof RepresentationError) return error.fault;
  if (error instanceof UnknownNameError) {
    return { status: error.status, message: error.message, faultKey: 'InvalidParameterName' };
  }
  if (error instanceof UnreadableValueError)
    return { status: error.status, message: error.message, instead: UNREADABLE_VALUE };
  if (error instanceof NotCapableError) return { status: error.status, message: error.message, instead: NOT_CAPABLE };
  if (error instanceof HresultError) return faultOfHresult(error);
  if (error instanceof CimError) return { status: error.status, message: error.message };
  if (error instanceof XmlError) return xmlFault(error);
  if (error instanceof StoreError) return new WsmanFault(...storeFaults[error.kind]);
  if (error instanceof ProviderError)
    return new WsmanFault(error.kind === 'failure' ? 'ProviderFailure' : 'ProviderInvalidResponse');
  return new WsmanFault('InternalError');
}

function faultOfHresult({ status, hresult, message }: HresultError): CimFault {
  return { status, message, instead: { ...cimStatusRow(status), hresult, text: message } };
}

/** What the store cannot do at present, or at all (DSP0226 §14.6). */
const storeFaults: Readonly<Record<StoreErrorKind, readonly [key: FaultKey, reason?: string]>> = {
  unavailable: ['EndpointUnavailable'],
  full: ['QuotaLimit'],
  failed: ['InternalError', 'The state cannot be written to its disk; the log of the server says why.'],
  conflict: ['Concurrency'],
};

/** True for errors that are nobody's fault but ours: their stack belongs into the log. */
export function isUnexpected(error: unknown): boolean {
  // The client went away, and with it whoever waited for the answer.
  if (error instanceof DOMException && error.name === 'AbortError') return false;
  // That two want the same at once is in the nature of things, and a full store is a quota; one that fails is for the operator to know.
  if (error instanceof StoreError) return error.kind === 'unavailable' || error.kind === 'failed';
  const expected = [WsmanFault, CimError, RepresentationError, XmlError, ClientGoneError];
  return !expected.some((type) => error instanceof type);
}
