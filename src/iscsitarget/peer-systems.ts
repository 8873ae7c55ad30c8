import type { CimInstance } from '../cim/cim-instance.js';
import { InstancePath } from '../cim/instance-path.js';
import type { MethodContext } from '../cim/provider.js';
import { isHostedBy, type SystemKeys, systemKeysOf } from './hosted-elements.js';
import { Refusal } from './refusal.js';
import {
  findReplicationCapabilities,
  type ReplicationCapabilities,
  ServicePointAccess,
} from './replication-capabilities.js';
import { storedPath } from './stored-path.js';

/** One of the two systems that a pipe joins. */
export interface PeerSystem {
  readonly path: InstancePath;
  readonly keys: SystemKeys;
  /** Undefined when the system has no service for replication. */
  readonly capabilities: ReplicationCapabilities | undefined;
}

export interface PeerSystems {
  readonly source: PeerSystem;
  readonly target: PeerSystem;
}

/** Two systems whose protocols agree. */
export interface ConnectablePeers {
  readonly protocol: string;
  readonly isBidirectional: boolean;
}

/**
 * The systems that the parameters name.
 *
 * @param withCapabilities false when nobody will ask what the systems can do, which spares looking it up
 * @throws Refusal InvalidParameter when one is missing or does not exist, both are the same, or the service called is
 *   not the one that takes calls for them; NotSupported when the service makes no pipes
 */
export async function resolvePeers(
  service: InstancePath,
  source: InstancePath | null | undefined,
  target: InstancePath | null | undefined,
  withCapabilities: boolean,
  context: MethodContext,
): Promise<PeerSystems> {
  const sourcePath = pathOfSystem('SourceSystem', source && (await context.resolve(source)), source);
  const targetPath = pathOfSystem('TargetSystem', target && (await context.resolve(target)), target);
  if (sourcePath.equals(targetPath)) throw new Refusal('InvalidParameter', 'a system is no peer of itself');
  const sourceKeys = systemKeysOf(sourcePath);
  const targetKeys = systemKeysOf(targetPath);
  const onSource = isHostedBy(service, sourceKeys);
  const onTarget = isHostedBy(service, targetKeys);
  const own = await findReplicationCapabilities(service, context);
  if (own && !own.createsPipes) throw new Refusal('NotSupported', 'the service makes no pipes');
  checkServicePoint(own?.servicePointAccess, onSource, onTarget);
  let ofSource = onSource ? own : undefined;
  let ofTarget = onTarget ? own : undefined;
  if (withCapabilities && !onSource) ofSource = await findPeerCapabilities(sourcePath, context);
  if (withCapabilities && !onTarget) ofTarget = await findPeerCapabilities(targetPath, context);
  return {
    source: { path: sourcePath, keys: sourceKeys, capabilities: ofSource },
    target: { path: targetPath, keys: targetKeys, capabilities: ofTarget },
  };
}

/** @throws Refusal Failed when the systems do not speak one protocol */
export function checkProtocols({ source, target }: PeerSystems): ConnectablePeers {
  const protocol = source.capabilities?.peerConnectionProtocol;
  if (protocol === undefined || protocol !== target.capabilities?.peerConnectionProtocol) {
    throw new Refusal('Failed', 'the systems have no peer connection protocol in common');
  }
  const isBidirectional = [source, target].every(({ capabilities }) => capabilities?.isBidirectional === true);
  return { protocol, isBidirectional };
}

function pathOfSystem(
  parameter: string,
  system: CimInstance | null | undefined,
  reference: InstancePath | null | undefined,
): InstancePath {
  if (system) return storedPath(system);
  throw new Refusal('InvalidParameter', `${parameter} ${reference ? 'does not exist' : 'is required'}`);
}

/** "Not Specified" leaves the choice to the caller, as does a value that the map does not explain. */
function checkServicePoint(access: number | undefined, onSource: boolean, onTarget: boolean): void {
  const isRight =
    access === ServicePointAccess.Proxy ||
    (access !== ServicePointAccess.Target && onSource) ||
    (access !== ServicePointAccess.Source && onTarget);
  if (!isRight) throw new Refusal('InvalidParameter', "another system's service takes calls for these systems");
}

async function findPeerCapabilities(
  system: InstancePath,
  context: MethodContext,
): Promise<ReplicationCapabilities | undefined> {
  const filter = { classNames: ['MSISCSITARGET_HostedService'], role: 'Antecedent' };
  for (const association of await context.store.referencing(system, filter)) {
    const service = association.get('Dependent');
    if (!(service instanceof InstancePath)) continue;
    if (context.schema.isA(service.className, 'CIM_StorageConfigurationService')) {
      return findReplicationCapabilities(service, context);
    }
  }
  return undefined;
}
