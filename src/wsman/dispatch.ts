import { WsmanFault } from '../soap/wsman-fault.js';
import { ns } from '../xml/namespaces.js';
import type { Operation } from './operation.js';
import { create } from './operations/create.js';
import { deleteInstance } from './operations/delete.js';
import { enumerate } from './operations/enumerate.js';
import { getStatus, renew } from './operations/enumeration-lifetime.js';
import { get } from './operations/get.js';
import { invoke } from './operations/invoke.js';
import { pull } from './operations/pull.js';
import { put } from './operations/put.js';
import { release } from './operations/release.js';

/** The operations by the action that asks for them (DSP0226 §7, §8). */
const operations: ReadonlyMap<string, Operation> = new Map([
  [`${ns.transfer}/Get`, get],
  [`${ns.transfer}/Put`, put],
  [`${ns.transfer}/Create`, create],
  [`${ns.transfer}/Delete`, deleteInstance],
  [`${ns.enumeration}/Enumerate`, enumerate],
  [`${ns.enumeration}/Pull`, pull],
  [`${ns.enumeration}/Release`, release],
  [`${ns.enumeration}/GetStatus`, getStatus],
  [`${ns.enumeration}/Renew`, renew],
]);

const standards = [ns.transfer, ns.enumeration, ns.eventing].map((namespace) => `${namespace}/`);

/**
 * The operation for an action: one of the above, or a method of the resource's class.
 *
 * @throws WsmanFault ActionNotSupported for other actions of WS-Transfer, WS-Enumeration and WS-Eventing
 */
export function findOperation(action: string): Operation {
  const operation = operations.get(action);
  if (operation) return operation;
  if (standards.some((prefix) => action.startsWith(prefix))) {
    throw new WsmanFault('ActionNotSupported', `Action ${action.slice(0, 300)} is not supported by this endpoint.`);
  }
  return invoke;
}
