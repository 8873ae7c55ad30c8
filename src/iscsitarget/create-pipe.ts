import type { InstancePath } from '../cim/instance-path.js';
import type { MethodContext } from '../cim/provider.js';
import { buildInstance } from './build-instance.js';
import { providePeerNetwork } from './peer-network.js';
import type { ConnectablePeers, PeerSystem, PeerSystems } from './peer-systems.js';
import { Directionality, PIPE_CLASS, PIPE_ENDPOINT_CLASS, type ReplicationPipe } from './replication-pipe.js';
import { storedPath } from './stored-path.js';

/** Codes of CIM_EndpointOfNetworkPipe.SourceOrSink. */
const SourceOrSink = { Source: 2, Sink: 3, NotApplicable: 4 } as const;

/** What all new elements report: OperationalStatus OK, HealthState OK. */
const HEALTHY = { OperationalStatus: [2], HealthState: 5 };

/**
 * Writes a pipe with everything it consists of: its two ends, each hosted on its system, and its place in the peer
 * network.
 */
export async function createPipe(
  elementName: string | null | undefined,
  peers: PeerSystems,
  { protocol, isBidirectional }: ConnectablePeers,
  context: MethodContext,
): Promise<ReplicationPipe> {
  const InstanceID = `cimulator:pipe:${context.newUuid()}`;
  const instance = buildInstance(context, PIPE_CLASS, {
    InstanceID,
    ElementName: elementName ?? `${peers.source.keys.SystemName} to ${peers.target.keys.SystemName}`,
    Directionality: isBidirectional ? Directionality.Bidirectional : Directionality.Unidirectional,
    // 2: the pipe is not composed of others.
    AggregationBehavior: 2,
    SourceSystemName: peers.source.keys.SystemName,
    TargetSystemName: peers.target.keys.SystemName,
    ...HEALTHY,
  });
  const pipe = storedPath(instance);
  await context.store.put(instance);
  const createEnd = (system: PeerSystem, side: number) =>
    createPipeEnd(pipe, InstanceID, system, protocol, isBidirectional ? SourceOrSink.NotApplicable : side, context);
  const ends = {
    source: await createEnd(peers.source, SourceOrSink.Source),
    target: await createEnd(peers.target, SourceOrSink.Sink),
  };
  const network = await providePeerNetwork(context);
  await context.store.put(
    buildInstance(context, 'CIMULATOR_HostedNetworkPipe', { Antecedent: network, Dependent: pipe }),
  );
  return { instance, ends };
}

async function createPipeEnd(
  pipe: InstancePath,
  pipeId: string,
  system: PeerSystem,
  protocol: string,
  sourceOrSink: number,
  context: MethodContext,
): Promise<InstancePath> {
  const end = buildInstance(context, PIPE_ENDPOINT_CLASS, {
    ...system.keys,
    CreationClassName: PIPE_ENDPOINT_CLASS,
    Name: pipeId,
    ElementName: `${system.keys.SystemName} end of ${pipeId}`,
    // 2: Enabled.
    EnabledState: 2,
    // 1 is Other: the protocol of peers is private.
    ProtocolIFType: 1,
    OtherTypeDescription: protocol,
    ...HEALTHY,
  });
  const path = storedPath(end);
  await context.store.put(end);
  const hosted = { Antecedent: system.path, Dependent: path };
  await context.store.put(buildInstance(context, 'MSISCSITARGET_HostedAccessPoint', hosted));
  const ending = { Antecedent: path, Dependent: pipe, SourceOrSink: sourceOrSink };
  await context.store.put(buildInstance(context, 'MSISCSITARGET_EndpointOfNetworkPipe', ending));
  return path;
}
