import type { Right } from '../cim/contracts/access.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { ns } from '../xml/namespaces.js';
import { getConfig, putConfig, refuseConfigChange } from './config/config-operations.js';
import type { ConfigResource } from './config/config-resource.js';
import type { Operation } from './operation.js';
import { create } from './operations/create.js';
import { deleteInstance } from './operations/delete.js';
import { enumerate } from './operations/enumerate.js';
import { getStatus, renew } from './operations/enumeration-lifetime.js';
import { get } from './operations/get.js';
import { getClass } from './operations/get-class.js';
import { invoke } from './operations/invoke.js';
import { pull } from './operations/pull.js';
import { put } from './operations/put.js';
import { release } from './operations/release.js';
import type { ClassDeclarationsResource, Resource } from './resource.js';

/** All there is to know about an action. No other place names its URI, its right or its nature. */
export interface OperationRow {
  readonly action: string;
  /** The right that it needs; undefined: none, since it does nothing. */
  readonly right: Right | undefined;
  /** Whether something may be different after it: an answer that cannot be sent is UnreportableSuccess then. */
  readonly changes: boolean;
  /** Whether FragmentTransfer may go with it, on instances. */
  readonly fragments: boolean;
  /** A message about an operation, which gets no envelope in return (MS-WSMV 3.1.4.1.39). */
  readonly oneWay: boolean;
  /** On classes and instances. It says itself what it does not apply to. */
  readonly objects?: Operation;
  /** On class declarations; as on classes where it is absent. */
  readonly declarations?: Operation<ClassDeclarationsResource>;
  /** On the configuration. */
  readonly configuration?: Operation<ConfigResource>;
}

const reads = { right: 'read', changes: false, fragments: false, oneWay: false } as const;
const writes = { right: 'write', changes: true, fragments: false, oneWay: false } as const;
const oneWay = { right: undefined, changes: false, fragments: false, oneWay: true } as const;

/** DSP0226 §8: enumerations are of whatever there is. */
function ofAnything(operation: Operation<Resource>) {
  return { objects: operation, declarations: operation, configuration: operation };
}

const transfer = (name: string) => `${ns.transfer}/${name}`;
const enumeration = (name: string) => `${ns.enumeration}/${name}`;
/** The namespace of the actions of MS-WSMV, which is not that of its header blocks. */
const microsoft = (name: string) => `http://schemas.microsoft.com/wbem/wsman/1/wsman/${name}`;

/** Every action but the methods of classes. */
export const operationTable: readonly OperationRow[] = [
  {
    ...reads,
    action: transfer('Get'),
    fragments: true,
    objects: get,
    declarations: getClass,
    configuration: getConfig,
  },
  { ...writes, action: transfer('Put'), fragments: true, objects: put, configuration: putConfig },
  { ...writes, action: transfer('Create'), objects: create, configuration: refuseConfigChange },
  { ...writes, action: transfer('Delete'), objects: deleteInstance, configuration: refuseConfigChange },
  { ...reads, action: enumeration('Enumerate'), ...ofAnything(enumerate) },
  { ...reads, action: enumeration('Pull'), ...ofAnything(pull) },
  { ...reads, action: enumeration('Release'), ...ofAnything(release) },
  { ...reads, action: enumeration('GetStatus'), ...ofAnything(getStatus) },
  { ...reads, action: enumeration('Renew'), ...ofAnything(renew) },
  { ...oneWay, action: microsoft('End') },
  { ...oneWay, action: microsoft('Cancel') },
  { ...oneWay, action: microsoft('Keepalive') },
  { ...oneWay, action: microsoft('Acknowledge') },
];

const byAction: ReadonlyMap<string, OperationRow> = new Map(operationTable.map((row) => [row.action, row]));

/** DSP0226 §9: an action that is not in the table is a method of the resource's class. */
const methodCall: OperationRow = {
  action: '',
  right: 'execute',
  changes: true,
  fragments: false,
  oneWay: false,
  objects: invoke,
};

/** Whether a message is one-way, by its action: such messages have no ReplyTo, so that they are recognised before it is demanded. */
export function isOneWay(action: string | undefined): boolean {
  return action !== undefined && byAction.get(action)?.oneWay === true;
}

/** Specifications whose every action is in the table, or not supported. */
const standards = [ns.transfer, ns.enumeration, ns.eventing].map((namespace) => `${namespace}/`);

/** @throws WsmanFault ActionNotSupported for actions of the standards that are not in the table */
export function findRow(action: string): OperationRow {
  const found = byAction.get(action);
  if (found) return found;
  if (standards.some((prefix) => action.startsWith(prefix))) throw notSupported(action);
  return methodCall;
}

/**
 * The operation of a row for a resource.
 *
 * @throws WsmanFault ActionNotSupported when the resource has none; UnsupportedFragmentLevelAccess for a fragment of what
 *   has no fragments
 */
export function findOperation(
  { fragments, objects, declarations, configuration }: OperationRow,
  action: string,
  resource: Resource,
  isFragment: boolean,
): Operation<Resource> {
  if (isFragment && (resource.kind !== 'class' || !fragments)) {
    throw new WsmanFault(
      'UnsupportedFragmentLevelAccess',
      'FragmentTransfer is for Get and Put of CIM instances; this request is neither.',
    );
  }
  const found =
    resource.kind === 'config'
      ? configuration
      : resource.kind === 'class-declarations'
        ? (declarations ?? objects)
        : objects;
  if (!found) throw notSupported(action);
  // It is called with the resource for which it was found.
  return found as Operation<Resource>;
}

function notSupported(action: string): WsmanFault {
  return new WsmanFault('ActionNotSupported', `Action ${action.slice(0, 300)} is not supported by this resource.`);
}
