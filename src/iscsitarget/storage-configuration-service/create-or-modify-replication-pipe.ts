import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { resolveTogether } from '../../cim/operations/resolve-together.js';
import { started } from '../../cim/operations/started.js';
import type { MethodOf } from '../define-provider.js';
import { MSISCSITARGET_StorageConfigurationService } from '../generated/msiscsitarget-storage-configuration-service.js';
import { storedPath } from '../stored-path.js';
import { createPipe } from './create-pipe.js';
import { checkPairs, type EndpointPairs, havePairs } from './endpoint-pairs.js';
import { checkGoalClass, checkGoalIsMet, createSetting, findSettingTies, withOwnSettings } from './goal-setting.js';
import { findPeerNetwork, type PeerNetwork } from './peer-network.js';
import {
  askAboutPeers,
  type ConnectablePeers,
  capabilitiesOf,
  checkPeers,
  checkProtocols,
  type PeerSystems,
} from './peer-systems.js';
import { type PipeChanges, writeChanges } from './pipe-changes.js';
import { bindPorts, checkPortLimits } from './port-bindings.js';
import { Refusal } from './refusal.js';
import {
  checkPipe,
  checkPipeLimits,
  countPipes,
  Directionality,
  findEndings,
  type ReplicationPipe,
} from './replication-pipe.js';

const { ReturnValue } = MSISCSITARGET_StorageConfigurationService.CreateOrModifyReplicationPipe;

type Method = MethodOf<'MSISCSITARGET_StorageConfigurationService', 'CreateOrModifyReplicationPipe'>;
type Input = Parameters<Method>[0];

/** What the parameters ask for, after every check. */
interface Plan {
  readonly peers: PeerSystems;
  /** How a new pipe connects them, and where it belongs; undefined when there is a pipe to modify. */
  readonly creation: Creation | undefined;
  /** The pipe to modify; undefined to create one. */
  readonly pipe: ReplicationPipe | undefined;
  /** Undefined: no ports for a new pipe, those it has for an old one. */
  readonly pairs: EndpointPairs | undefined;
  readonly goal: CimInstance | undefined;
}

interface Creation {
  readonly connection: ConnectablePeers;
  readonly network: PeerNetwork;
}

/**
 * Makes a connection for replication between two systems, or changes one. The rules are those of
 * CIM_StorageConfigurationService.CreateOrModifyReplicationPipe; what breaks one of them is answered with 5, what the
 * peers' capabilities forbid with 4. Every check comes before the first write.
 */
export const createOrModifyReplicationPipe: Method = async (input, context) => {
  try {
    const plan = await checkInput(input, context);
    const changes: PipeChanges = { put: [], remove: [] };
    const { instance, ends } = plan.pipe
      ? modifyPipe(plan.pipe, input, changes)
      : makePipe(plan, input, changes, context);
    const isNew = !plan.pipe;
    if (plan.pairs) merge(changes, await bindPorts(plan.pairs, { ends, isNew }, context));
    if (plan.goal) {
      const old = isNew ? [] : await findSettingTies(storedPath(instance), context);
      merge(changes, {
        put: createSetting(plan.goal, instance, context),
        remove: old.length > 0 ? await withOwnSettings(old, context) : [],
      });
    }
    await writeChanges(changes, context);
    return { ReturnValue: ReturnValue.JobCompletedWithNoError, ReplicationPipe: storedPath(instance) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.explain(error.message, error.about);
    return { ReturnValue: error.returnValue, ReplicationPipe: null };
  }
};

async function checkInput(input: Input, context: MethodContext): Promise<Plan> {
  const { SourceSystem, TargetSystem, ReplicationPipe } = input;
  const sourcePorts = input.SourceEndpoint ?? [];
  const targetPorts = input.TargetEndpoint ?? [];
  // Systems that a pipe joins have been found to be peers: what they can do matters only for a new pipe and for ports.
  const isTold = !ReplicationPipe || sourcePorts.length > 0;
  // All that can be asked before anything is known is asked together.
  const finding = resolveTogether(
    [SourceSystem, TargetSystem, ReplicationPipe, ...sourcePorts, ...targetPorts],
    context,
  );
  const early = askAboutPeers(servicePath(context), SourceSystem, TargetSystem, isTold, context);
  const endings = ReplicationPipe ? started(findEndings(ReplicationPipe, context)) : undefined;
  const place = ReplicationPipe ? undefined : askAboutPlace(context);
  const [source, target, found, ...ports] = await finding;
  const peers = await checkPeers([SourceSystem, source], [TargetSystem, target], early, context);
  const pipe =
    ReplicationPipe && endings ? await checkPipe([ReplicationPipe, found], endings, peers, context) : undefined;
  const pairs = havePairs(sourcePorts, targetPorts)
    ? await checkPairs(ports.slice(0, sourcePorts.length), ports.slice(sourcePorts.length), peers)
    : undefined;
  const goal = input.Goal ?? undefined;
  if (goal) checkGoalClass(goal, context);
  const connection = isTold ? checkProtocols(peers) : undefined;
  if (goal) checkDirection(goal, pipe, connection, peers);
  if (place) await checkPipeLimits(peers, await place.pipeCount, context);
  if (pairs) await checkPortLimits(pairs, peers, pipe?.ends, context);
  const creation = connection && place && { connection, network: await place.network };
  return { peers, creation, pipe, pairs, goal };
}

/** Where a new pipe belongs. */
function askAboutPlace(context: MethodContext) {
  return { pipeCount: started(countPipes(context)), network: started(findPeerNetwork(context)) };
}

/** A pipe says itself which direction it has; of a new one its peers' capabilities do. */
function checkDirection(
  goal: CimInstance,
  pipe: ReplicationPipe | undefined,
  connection: ConnectablePeers | undefined,
  peers: PeerSystems,
): void {
  const ofNew = connection?.isBidirectional ? Directionality.Bidirectional : Directionality.Unidirectional;
  if (pipe) checkGoalIsMet(goal, pipe.instance.get('Directionality'), [storedPath(pipe.instance)]);
  else checkGoalIsMet(goal, ofNew, capabilitiesOf(peers));
}

function makePipe(
  { peers, creation }: Plan,
  input: Input,
  { put }: PipeChanges,
  context: MethodContext,
): ReplicationPipe {
  if (!creation) throw new TypeError('a new pipe has a connection');
  const pipe = createPipe(input.PipeElementName, peers, creation.connection, creation.network, context);
  put.push(...pipe.instances);
  return pipe;
}

/** A name renames the pipe, NULL keeps the name: so do the sibling methods that the documentation settles. */
function modifyPipe(pipe: ReplicationPipe, input: Input, { put }: PipeChanges): ReplicationPipe {
  const name = input.PipeElementName ?? null;
  if (name === null || name === pipe.instance.get('ElementName')) return pipe;
  const renamed = pipe.instance.with({ ElementName: name });
  put.push(renamed);
  return { ...pipe, instance: renamed };
}

function merge(changes: PipeChanges, { put, remove }: PipeChanges): void {
  for (const instance of put) changes.put.push(instance);
  for (const path of remove) changes.remove.push(path);
}

function servicePath({ instance }: MethodContext): InstancePath {
  if (!instance) throw new TypeError('CreateOrModifyReplicationPipe is not static');
  return storedPath(instance);
}
