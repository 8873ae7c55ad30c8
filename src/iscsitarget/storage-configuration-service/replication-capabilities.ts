import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { Remembered, Room } from '../../cim/remembered.js';
import { storedPath } from '../stored-path.js';

/** Codes of RemoteReplicationServicePointAccess: which system's service takes calls for remote replication. */
export const ServicePointAccess = { NotSpecified: 2, Source: 3, Target: 4, Proxy: 5 } as const;

/** SupportedSynchronousActions: "NetworkPipe Creation". */
const NETWORK_PIPE_CREATION = 9;

/** What a storage configuration service can do for pipes. A limit that is not stated is Infinity. */
export interface ReplicationCapabilities {
  /** Of the instance that says so. */
  readonly path: InstancePath;
  /** Name of a private protocol; undefined when there is none, and so no peer. */
  readonly peerConnectionProtocol: string | undefined;
  readonly isBidirectional: boolean;
  /** False when the service names its synchronous actions and the creation of pipes is not among them. */
  readonly createsPipes: boolean;
  readonly servicePointAccess: number;
  /** Pipes per system. */
  readonly maximumPeerConnections: number;
  /** Port pairs per pipe; 0 when the service assigns ports itself. */
  readonly maximumPortsPerConnection: number;
  /** Pipes per port. */
  readonly maximumConnectionsPerPort: number;
}

/**
 * The capabilities of a service. It may have several instances, one for each synchronization type: the one that names a
 * peer protocol is about pipes.
 */
export async function findReplicationCapabilities(
  service: InstancePath,
  { store, schema }: MethodContext,
): Promise<ReplicationCapabilities | undefined> {
  const filter = { classNames: ['MSISCSITARGET_ElementCapabilities'], role: 'ManagedElement' };
  const paths: InstancePath[] = [];
  for (const association of await store.referencing(service, filter)) {
    const path = association.get('Capabilities');
    if (path instanceof InstancePath && schema.isA(path.className, 'CIM_StorageReplicationCapabilities'))
      paths.push(path);
  }
  if (paths.length === 0) return undefined;
  let found: ReplicationCapabilities | undefined;
  for (const instance of await store.getMany(paths)) {
    const capabilities = instance && readCapabilities(instance);
    if (capabilities?.peerConnectionProtocol !== undefined) return capabilities;
    found ??= capabilities;
  }
  return found;
}

const MAX_BYTES = 2_097_152;
const VALUE_BYTES = 160;

/** Hardly any instance of them is ever written. */
const remembered = new Remembered<ReplicationCapabilities>(new Room({ most: MAX_BYTES }, () => VALUE_BYTES));

function readCapabilities(instance: CimInstance): ReplicationCapabilities {
  return remembered.find(instance, '') ?? remembered.keep(instance, '', parseCapabilities(instance));
}

function parseCapabilities(instance: CimInstance): ReplicationCapabilities {
  const actions = instance.get('SupportedSynchronousActions');
  const access = instance.get('RemoteReplicationServicePointAccess');
  return {
    path: storedPath(instance),
    peerConnectionProtocol: instance.getString('PeerConnectionProtocol') || undefined,
    isBidirectional: instance.get('BidirectionalConnectionsSupported') === true,
    createsPipes: !Array.isArray(actions) || actions.includes(NETWORK_PIPE_CREATION),
    servicePointAccess: typeof access === 'number' ? access : ServicePointAccess.NotSpecified,
    maximumPeerConnections: limit(instance, 'MaximumPeerConnections'),
    maximumPortsPerConnection: limit(instance, 'MaximumPortsPerConnection'),
    maximumConnectionsPerPort: limit(instance, 'MaximumConnectionsPerPort'),
  };
}

function limit(instance: CimInstance, name: string): number {
  const value = instance.get(name);
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
}
