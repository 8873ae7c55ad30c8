import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import type { Sought } from '../../cim/operations/resolve-together.js';
import { started } from '../../cim/operations/started.js';
import { isHostedBy, type SystemKeys, systemKeysOf } from '../hosted-elements.js';
import { storedPath } from '../stored-path.js';
import { Refusal } from './refusal.js';
import {
  findReplicationCapabilities,
  type ReplicationCapabilities,
  ServicePointAccess,
} from './replication-capabilities.js';

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

/** What is asked about the peers before they are known. */
export interface PeerQuestions {
  readonly service: InstancePath;
  readonly own: Promise<ReplicationCapabilities | undefined>;
  readonly withCapabilities: boolean;
  readonly source: PeerGuess | undefined;
  readonly target: PeerGuess | undefined;
}

/** @param withCapabilities false when nobody will ask what the systems can do, which spares looking it up */
export function askAboutPeers(
  service: InstancePath,
  source: InstancePath | null | undefined,
  target: InstancePath | null | undefined,
  withCapabilities: boolean,
  context: MethodContext,
): PeerQuestions {
  return {
    service,
    own: started(findReplicationCapabilities(service, context)),
    withCapabilities,
    source: withCapabilities && source ? guessPeer(source, service, context) : undefined,
    target: withCapabilities && target ? guessPeer(target, service, context) : undefined,
  };
}

type NamedSystem = readonly [reference: InstancePath | null | undefined, system: Sought];

/**
 * The systems that the parameters name.
 *
 * @throws Refusal InvalidParameter when one is missing or does not exist, both are the same, or the service called is
 *   not the one that takes calls for them; NotSupported when the service makes no pipes
 */
export async function checkPeers(
  source: NamedSystem,
  target: NamedSystem,
  asked: PeerQuestions,
  context: MethodContext,
): Promise<PeerSystems> {
  const { service, withCapabilities } = asked;
  const sourcePath = pathOfSystem('SourceSystem', await source[1], source[0]);
  const targetPath = pathOfSystem('TargetSystem', await target[1], target[0]);
  if (sourcePath.equals(targetPath))
    throw new Refusal(
      'InvalidParameter',
      'SourceSystem and TargetSystem are the same system, which is no peer of itself',
    );
  const sourceKeys = systemKeysOf(sourcePath);
  const targetKeys = systemKeysOf(targetPath);
  const onSource = isHostedBy(service, sourceKeys);
  const onTarget = isHostedBy(service, targetKeys);
  const own = await asked.own;
  if (own && !own.createsPipes)
    throw new Refusal(
      'NotSupported',
      'the service makes no pipes: NetworkPipe Creation is not among its SupportedSynchronousActions',
      [own.path],
    );
  checkServicePoint(own, { onSource, onTarget });
  let ofSource = onSource ? own : undefined;
  let ofTarget = onTarget ? own : undefined;
  if (withCapabilities && !onSource) ofSource = await findPeerCapabilities(sourcePath, asked.source, context);
  if (withCapabilities && !onTarget) ofTarget = await findPeerCapabilities(targetPath, asked.target, context);
  return {
    source: { path: sourcePath, keys: sourceKeys, capabilities: ofSource },
    target: { path: targetPath, keys: targetKeys, capabilities: ofTarget },
  };
}

/** @throws Refusal Failed when the systems do not speak one protocol */
export function checkProtocols({ source, target }: PeerSystems): ConnectablePeers {
  const protocol = source.capabilities?.peerConnectionProtocol;
  if (protocol === undefined || protocol !== target.capabilities?.peerConnectionProtocol) {
    const words = [source, target].map(({ capabilities }) => capabilities?.peerConnectionProtocol ?? 'none');
    throw new Refusal(
      'Failed',
      `SourceSystem and TargetSystem have no PeerConnectionProtocol in common: ${words.join(' and ')}`,
      capabilitiesOf({ source, target }),
    );
  }
  const isBidirectional = [source, target].every(({ capabilities }) => capabilities?.isBidirectional === true);
  return { protocol, isBidirectional };
}

/** What says what the systems can do, of those that say it. */
export function capabilitiesOf({ source, target }: PeerSystems): readonly InstancePath[] {
  return [source, target].flatMap(({ capabilities }) => capabilities?.path ?? []);
}

function pathOfSystem(
  parameter: string,
  system: CimInstance | null | undefined,
  reference: InstancePath | null | undefined,
): InstancePath {
  if (system) return storedPath(system);
  throw reference
    ? new Refusal('InvalidParameter', `${parameter} does not exist: ${shorten(String(reference), 300)}`, [reference])
    : new Refusal('InvalidParameter', `${parameter} is required`);
}

/** "Not Specified" leaves the choice to the caller, as does a value that the map does not explain. */
function checkServicePoint(
  own: ReplicationCapabilities | undefined,
  { onSource, onTarget }: { readonly onSource: boolean; readonly onTarget: boolean },
): void {
  const access = own?.servicePointAccess;
  const isRight =
    access === ServicePointAccess.Proxy ||
    (access !== ServicePointAccess.Target && onSource) ||
    (access !== ServicePointAccess.Source && onTarget);
  if (isRight) return;
  throw new Refusal(
    'InvalidParameter',
    `SourceSystem and TargetSystem are not for this service: it is hosted on ${onSource ? 'the source' : onTarget ? 'the target' : 'neither'}, and its RemoteReplicationServicePointAccess is ${access ?? 'not stated'}`,
    own && [own.path],
  );
}

const HOSTED_SERVICES = { classNames: ['MSISCSITARGET_HostedService'], role: 'Antecedent' };

/** What is asked about a peer before its service is known. */
interface PeerGuess {
  readonly system: InstancePath;
  readonly hosted: Promise<readonly CimInstance[]>;
  readonly service: InstancePath;
  readonly capabilities: Promise<ReplicationCapabilities | undefined>;
}

/**
 * Takes the reference for the path of the system, and the peer for a machine of the same kind, whose service has the
 * name of this one. Undefined for the system that hosts this one.
 */
function guessPeer(reference: InstancePath, service: InstancePath, context: MethodContext): PeerGuess | undefined {
  const keys = systemKeysOf(reference);
  if (isHostedBy(service, keys)) return undefined;
  const system = reference.namespace === undefined ? reference.inNamespace(context.namespace) : reference;
  const alike = new InstancePath({
    namespace: service.namespace,
    className: service.className,
    keys: Array.from(service.keys, ([name, value]): [string, CimKeyValue] => [name, propagated(name, keys) ?? value]),
  });
  return {
    system,
    hosted: started(context.store.referencing(system, HOSTED_SERVICES)),
    service: alike,
    capabilities: started(findReplicationCapabilities(alike, context)),
  };
}

function propagated(key: string, { SystemCreationClassName, SystemName }: SystemKeys): string | undefined {
  if (sameName(key, 'SystemName')) return SystemName;
  return sameName(key, 'SystemCreationClassName') ? SystemCreationClassName : undefined;
}

async function findPeerCapabilities(
  system: InstancePath,
  guess: PeerGuess | undefined,
  context: MethodContext,
): Promise<ReplicationCapabilities | undefined> {
  const hosted = guess?.system.equals(system) ? guess.hosted : context.store.referencing(system, HOSTED_SERVICES);
  for (const association of await hosted) {
    const service = association.get('Dependent');
    if (!(service instanceof InstancePath)) continue;
    if (!context.schema.isA(service.className, 'CIM_StorageConfigurationService')) continue;
    return guess?.service.equals(service) ? guess.capabilities : findReplicationCapabilities(service, context);
  }
  return undefined;
}
