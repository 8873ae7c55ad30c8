import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { buildInstance } from '../build-instance.js';
import { storedPath } from '../stored-path.js';
import type { PeerNetwork } from './peer-network.js';
import type { ConnectablePeers, PeerSystem, PeerSystems } from './peer-systems.js';
import { Directionality, PIPE_CLASS, PIPE_ENDPOINT_CLASS, type ReplicationPipe } from './replication-pipe.js';

/** Codes of CIM_EndpointOfNetworkPipe.SourceOrSink. */
const SourceOrSink = { Source: 2, Sink: 3, NotApplicable: 4 } as const;

/** What all new elements report: OperationalStatus OK, HealthState OK. */
const HEALTHY = { OperationalStatus: [2], HealthState: 5 };

/** A pipe that is not stored yet. */
export interface NewPipe extends ReplicationPipe {
  /** Everything it consists of, itself first. */
  readonly instances: readonly CimInstance[];
}

/** Makes a pipe with everything it consists of: its two ends, each hosted on its system, and its place in the peer network. */
export function createPipe(
  elementName: string | null | undefined,
  peers: PeerSystems,
  { protocol, isBidirectional }: ConnectablePeers,
  network: PeerNetwork,
  context: MethodContext,
): NewPipe {
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
  const createEnd = (system: PeerSystem, side: number) =>
    createPipeEnd(pipe, InstanceID, system, protocol, isBidirectional ? SourceOrSink.NotApplicable : side, context);
  const source = createEnd(peers.source, SourceOrSink.Source);
  const target = createEnd(peers.target, SourceOrSink.Sink);
  const hosted = { Antecedent: storedPath(network.instance), Dependent: pipe };
  return {
    instance,
    ends: { source: source.path, target: target.path },
    instances: [
      instance,
      ...source.instances,
      ...target.instances,
      ...(network.isNew ? [network.instance] : []),
      buildInstance(context, 'CIMULATOR_HostedNetworkPipe', hosted),
    ],
  };
}

/** An end with what ties it to its system and to the pipe. */
interface NewPipeEnd {
  readonly path: InstancePath;
  readonly instances: readonly CimInstance[];
}

function createPipeEnd(
  pipe: InstancePath,
  pipeId: string,
  system: PeerSystem,
  protocol: string,
  sourceOrSink: number,
  context: MethodContext,
): NewPipeEnd {
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
  const hosted = { Antecedent: system.path, Dependent: path };
  const ending = { Antecedent: path, Dependent: pipe, SourceOrSink: sourceOrSink };
  return {
    path,
    instances: [
      end,
      buildInstance(context, 'MSISCSITARGET_HostedAccessPoint', hosted),
      buildInstance(context, 'MSISCSITARGET_EndpointOfNetworkPipe', ending),
    ],
  };
}
