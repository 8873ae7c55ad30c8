import { WsmanFault } from '../soap/wsman-fault.js';
import { ns } from '../xml/namespaces.js';
import { getConfig, putConfig, refuseConfigChange } from './config/config-operations.js';
import type { ConfigResource } from './config/config-resource.js';
import type { Operation, OperationAnswer, OperationContext, OperationRequest } from './operation.js';
import { create } from './operations/create.js';
import { deleteInstance } from './operations/delete.js';
import { enumerate } from './operations/enumerate.js';
import { getStatus, renew } from './operations/enumeration-lifetime.js';
import { get } from './operations/get.js';
import { invoke } from './operations/invoke.js';
import { pull } from './operations/pull.js';
import { put } from './operations/put.js';
import { release } from './operations/release.js';
import type { RequestHeader } from './request-header.js';
import type { Resource } from './resource.js';

const GET = `${ns.transfer}/Get`;
const PUT = `${ns.transfer}/Put`;
const CREATE = `${ns.transfer}/Create`;
const DELETE = `${ns.transfer}/Delete`;

/** Operations on whatever there is (DSP0226 §8). */
const enumerations: ReadonlyMap<string, Operation<Resource>> = new Map([
  [`${ns.enumeration}/Enumerate`, enumerate],
  [`${ns.enumeration}/Pull`, pull],
  [`${ns.enumeration}/Release`, release],
  [`${ns.enumeration}/GetStatus`, getStatus],
  [`${ns.enumeration}/Renew`, renew],
]);

/** Operations on CIM instances (DSP0226 §7). */
const transfers: ReadonlyMap<string, Operation> = new Map([
  [GET, get],
  [PUT, put],
  [CREATE, create],
  [DELETE, deleteInstance],
]);

const configTransfers: ReadonlyMap<string, Operation<ConfigResource>> = new Map([
  [GET, getConfig],
  [PUT, putConfig],
  [CREATE, refuseConfigChange],
  [DELETE, refuseConfigChange],
]);

const standards = [ns.transfer, ns.enumeration, ns.eventing].map((namespace) => `${namespace}/`);

/** An operation that knows its resource. */
export type BoundOperation = (
  request: Omit<OperationRequest, 'resource'>,
  context: OperationContext,
) => Promise<OperationAnswer>;

/**
 * The operation for an action on a resource: one of the above, or a method of the resource's class.
 *
 * @throws WsmanFault ActionNotSupported for other actions of WS-Transfer, WS-Enumeration and WS-Eventing, and for
 *   methods of what has none; UnsupportedFragmentLevelAccess for a fragment of what has no fragments
 */
export function findOperation(action: string, resource: Resource, { fragment }: RequestHeader): BoundOperation {
  if (fragment && (resource.kind !== 'class' || (action !== GET && action !== PUT))) {
    throw new WsmanFault(
      'UnsupportedFragmentLevelAccess',
      'FragmentTransfer is for Get and Put of CIM instances; this request is neither.',
    );
  }
  const shared = enumerations.get(action);
  if (shared) return (request, context) => shared(withResource(request, resource), context);
  if (resource.kind === 'config') {
    const operation = configTransfers.get(action);
    if (!operation) throw notSupported(action);
    return (request, context) => operation(withResource(request, resource), context);
  }
  const operation = transfers.get(action) ?? methodCall(action);
  return (request, context) => operation(withResource(request, resource), context);
}

/** Written out: objects that are spread take V8's slow path here, ten times the cost (docs/performance.md). */
function withResource<R extends Resource>(
  request: Omit<OperationRequest, 'resource'>,
  resource: R,
): OperationRequest<R> {
  const { action, header, body, user, cancellation, charset, maxEnvelopeSize } = request;
  return { action, header, body, resource, user, cancellation, charset, maxEnvelopeSize };
}

function methodCall(action: string): Operation {
  if (standards.some((prefix) => action.startsWith(prefix))) throw notSupported(action);
  return invoke;
}

function notSupported(action: string): WsmanFault {
  return new WsmanFault('ActionNotSupported', `Action ${action.slice(0, 300)} is not supported by this resource.`);
}
