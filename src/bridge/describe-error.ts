import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimType } from '../cim/model/cim-type.js';
import { NameMap } from '../cim/model/name-map.js';
import { CimJsonError } from '../cimjson/cim-json-error.js';
import type { Json, JsonInstance } from '../cimjson/cim-json-types.js';
import { encodeInstance } from '../cimjson/encode.js';
import { WsmanTransportError } from '../client/transport/wsman-transport-error.js';
import { WsmanClientError } from '../client/wsman-client-error.js';

/** Why a call ended without a result, as the parent is told. */
export interface BridgeError {
  /**
   * `cim`: the server refused with a CIM error; `wsman`: with another fault; `transport`: there was no answer of WS-Man; `usage`: the call
   * could not be sent; `cancelled`; `internal`: a fault of the bridge.
   */
  readonly kind: 'cim' | 'wsman' | 'transport' | 'usage' | 'cancelled' | 'internal';
  readonly message: string;
  readonly [member: string]: Json | JsonInstance;
}

export const CANCELLED: BridgeError = { kind: 'cancelled', message: 'the call was cancelled' };

/** @param error whatever an operation threw */
export function describeError(error: unknown): BridgeError {
  if (error instanceof WsmanClientError) return describeFault(error);
  if (error instanceof WsmanTransportError) {
    if (error.failure === 'aborted') return CANCELLED;
    return {
      kind: 'transport',
      message: error.message,
      failure: failureOf(error),
      ...(error.status !== undefined && { httpStatus: error.status }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DOMException && error.name === 'AbortError') return CANCELLED;
  if (error instanceof CimJsonError || error instanceof TypeError || error instanceof RangeError)
    return { kind: 'usage', message };
  return { kind: 'internal', message };
}

function describeFault(fault: WsmanClientError): BridgeError {
  const { cimStatus, cimStatusName, windowsCode, detailMessage, reason, toldReason } = fault;
  const { errorInstance, errorTypes, windowsFault } = fault;
  const windowsText = windowsFault?.text;
  return {
    kind: cimStatus === undefined ? 'wsman' : 'cim',
    message: (detailMessage ?? reason ?? fault.message).trim(),
    ...(cimStatus !== undefined && { cimStatus }),
    ...(cimStatusName !== undefined && { cimStatusName }),
    ...(windowsCode !== undefined && { windowsCode }),
    ...(windowsText !== undefined && { windowsText }),
    ...(errorInstance && { errorData: encodeErrorInstance(errorInstance, errorTypes) }),
    ...(toldReason !== undefined && { reason: toldReason }),
  };
}

function encodeErrorInstance(instance: CimInstance, types: NameMap<CimType> | undefined): JsonInstance {
  const properties = new NameMap([...(types ?? [])].map(([name, type]) => [name, { type }]));
  return encodeInstance(instance, () => ({ properties }));
}

/** The kind of a connection's failure, from the system's code below it. */
const CONNECT_FAILURES = new NameMap([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
]);

function failureOf({ failure, cause }: WsmanTransportError): string {
  if (failure !== 'connect') return failure;
  for (let error = cause; error instanceof Error; error = error.cause) {
    const code = 'code' in error ? String(error.code) : '';
    const known = CONNECT_FAILURES.get(code);
    if (known !== undefined) return known;
  }
  return failure;
}
