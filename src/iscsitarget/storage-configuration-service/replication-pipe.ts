import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import type { Sought } from '../../cim/operations/resolve-together.js';
import { isHostedBy } from '../hosted-elements.js';
import { storedPath } from '../stored-path.js';
import type { PeerSystems } from './peer-systems.js';
import { Refusal } from './refusal.js';

export const PIPE_CLASS = 'CIMULATOR_ReplicationPipe';
export const PIPE_ENDPOINT_CLASS = 'CIMULATOR_ReplicationPipeEndpoint';

/** Codes of CIM_NetworkPipe.Directionality. */
export const Directionality = { Bidirectional: 2, Unidirectional: 3 } as const;

/** The two endpoints that end a pipe, one on each system. */
export interface PipeEnds {
  readonly source: InstancePath;
  readonly target: InstancePath;
}

export interface ReplicationPipe {
  readonly instance: CimInstance;
  readonly ends: PipeEnds;
}

/** What ties the pipe of a reference to its ends, when the reference is the path under which it is stored, as nearly always. */
export function findEndings(
  reference: InstancePath,
  { namespace, store }: Pick<MethodContext, 'namespace' | 'store'>,
): Promise<readonly CimInstance[]> {
  const filter = { classNames: ['MSISCSITARGET_EndpointOfNetworkPipe'], role: 'Dependent' };
  return store.referencing(absolute(reference, namespace), filter);
}

function absolute(reference: InstancePath, namespace: string): InstancePath {
  return reference.namespace === undefined ? reference.inNamespace(namespace) : reference;
}

/**
 * The pipe that a parameter names, when it joins these systems in this direction.
 *
 * @param endings what {@link findEndings} finds for the reference
 * @throws Refusal InvalidParameter when it does not exist, is another kind of pipe or joins other systems;
 *   UnspecifiedError when it has not exactly two ends
 */
export async function checkPipe(
  [reference, sought]: readonly [InstancePath, Sought],
  endings: Promise<readonly CimInstance[]>,
  peers: PeerSystems,
  context: MethodContext,
): Promise<ReplicationPipe> {
  const instance = await sought;
  if (!instance) {
    const text = `ReplicationPipe does not exist: ${shorten(String(reference), 300)}`;
    throw new Refusal('InvalidParameter', text, [reference]);
  }
  if (!context.schema.isA(instance.className, PIPE_CLASS)) {
    throw new Refusal('InvalidParameter', `ReplicationPipe is a ${instance.className}, not a ${PIPE_CLASS}`, [
      storedPath(instance),
    ]);
  }
  // The ends of a two-way pipe look alike; the pipe itself keeps which system was named as the source.
  const sourceName = instance.getString('SourceSystemName');
  if (sourceName !== undefined && !sameName(sourceName, peers.source.keys.SystemName)) {
    throw new Refusal(
      'InvalidParameter',
      `ReplicationPipe begins at ${shorten(sourceName, 200)}, which is not SourceSystem`,
      [storedPath(instance)],
    );
  }
  const path = storedPath(instance);
  const isExact = path.equals(absolute(reference, context.namespace));
  return { instance, ends: endsIn(path, await (isExact ? endings : findEndings(path, context)), peers) };
}

/** Number of all pipes. */
export async function countPipes({ store, namespace }: MethodContext): Promise<number> {
  const [count = 0] = await store.count(namespace, [PIPE_CLASS]);
  return count;
}

/** @throws Refusal Failed when a system is a peer in as many pipes as it may */
export async function checkPipeLimits(peers: PeerSystems, total: number, { store }: MethodContext): Promise<void> {
  for (const { path, keys, capabilities } of [peers.source, peers.target]) {
    const maximum = capabilities?.maximumPeerConnections ?? Number.POSITIVE_INFINITY;
    // No system can be in more pipes than there are: nearly always this spares looking at what it hosts.
    if (total < maximum) continue;
    const hosted = await store.referencing(path, {
      classNames: ['MSISCSITARGET_HostedAccessPoint'],
      role: 'Antecedent',
    });
    const ends = hosted.filter((association) => isPipeEnd(association.get('Dependent')));
    if (ends.length < maximum) continue;
    throw new Refusal(
      'Failed',
      `${keys.SystemName} is a peer in ${ends.length} pipes already, as many as it may be (MaximumPeerConnections)`,
      // All of them are of one class: one says who may be told.
      [...(capabilities ? [capabilities.path] : []), ...ends.slice(0, 1).map(storedPath)],
    );
  }
}

function endsIn(pipe: InstancePath, associations: readonly CimInstance[], peers: PeerSystems): PipeEnds {
  const ends: InstancePath[] = [];
  for (const association of associations) {
    const end = association.get('Antecedent');
    if (end instanceof InstancePath) ends.push(end);
  }
  const source = ends.find((end) => isHostedBy(end, peers.source.keys));
  const target = ends.find((end) => isHostedBy(end, peers.target.keys));
  // CIM_EndpointOfNetworkPipe: Min(2), Max(2).
  if (ends.length !== 2)
    throw new Refusal('UnspecifiedError', `ReplicationPipe has ${ends.length} ends in place of two`, [pipe, ...ends]);
  if (!source || !target)
    throw new Refusal('InvalidParameter', 'ReplicationPipe does not join SourceSystem and TargetSystem', [
      pipe,
      ...ends,
    ]);
  return { source, target };
}

function isPipeEnd(path: unknown): boolean {
  return path instanceof InstancePath && sameName(path.className, PIPE_ENDPOINT_CLASS);
}
