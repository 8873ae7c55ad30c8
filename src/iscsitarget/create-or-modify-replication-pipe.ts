import type { CimInstance } from '../cim/cim-instance.js';
import type { InstancePath } from '../cim/instance-path.js';
import type { MethodContext } from '../cim/provider.js';
import { createPipe } from './create-pipe.js';
import type { MethodOf } from './define-provider.js';
import { type EndpointPairs, pairLists, resolvePairs } from './endpoint-pairs.js';
import { MSISCSITARGET_StorageConfigurationService } from './generated/msiscsitarget-storage-configuration-service.js';
import { checkGoalClass, checkGoalIsMet, replaceSetting } from './goal-setting.js';
import { type ConnectablePeers, checkProtocols, type PeerSystems, resolvePeers } from './peer-systems.js';
import { bindPorts, checkPortLimits } from './port-bindings.js';
import { Refusal } from './refusal.js';
import { checkPipeLimits, Directionality, type ReplicationPipe, resolvePipe } from './replication-pipe.js';
import { storedPath } from './stored-path.js';

const { ReturnValue } = MSISCSITARGET_StorageConfigurationService.CreateOrModifyReplicationPipe;

type Method = MethodOf<'MSISCSITARGET_StorageConfigurationService', 'CreateOrModifyReplicationPipe'>;
type Input = Parameters<Method>[0];

/** What the parameters ask for, after every check. */
interface Plan {
  readonly peers: PeerSystems;
  /** How a new pipe connects them. */
  readonly connection: ConnectablePeers | undefined;
  /** The pipe to modify; undefined to create one. */
  readonly pipe: ReplicationPipe | undefined;
  /** Undefined: no ports for a new pipe, those it has for an old one. */
  readonly pairs: EndpointPairs | undefined;
  readonly goal: CimInstance | undefined;
}

/**
 * Makes a connection for replication between two systems, or changes one. The rules are those of
 * CIM_StorageConfigurationService.CreateOrModifyReplicationPipe; what breaks one of them is answered with 5, what the
 * peers' capabilities forbid with 4. Every check comes before the first write.
 */
export const createOrModifyReplicationPipe: Method = async (input, context) => {
  try {
    const plan = await checkInput(input, context);
    const pipe = plan.pipe ? await modifyPipe(plan.pipe, input, context) : await makePipe(plan, input, context);
    if (plan.pairs) await bindPorts(plan.pairs, pipe.ends, context);
    if (plan.goal) await replaceSetting(plan.goal, pipe.instance, context);
    return { ReturnValue: ReturnValue.JobCompletedWithNoError, ReplicationPipe: storedPath(pipe.instance) };
  } catch (error) {
    if (error instanceof Refusal) return { ReturnValue: error.returnValue, ReplicationPipe: null };
    throw error;
  }
};

async function checkInput(input: Input, context: MethodContext): Promise<Plan> {
  // Systems that a pipe joins have been found to be peers: what they can do matters only for a new pipe and for ports.
  const isTold = !input.ReplicationPipe || (input.SourceEndpoint?.length ?? 0) > 0;
  const peers = await resolvePeers(servicePath(context), input.SourceSystem, input.TargetSystem, isTold, context);
  const pipe = input.ReplicationPipe ? await resolvePipe(input.ReplicationPipe, peers, context) : undefined;
  const lists = pairLists(input.SourceEndpoint, input.TargetEndpoint);
  const pairs = lists && (await resolvePairs(lists, peers, context));
  const goal = input.Goal ?? undefined;
  if (goal) checkGoalClass(goal, context);
  const connection = isTold ? checkProtocols(peers) : undefined;
  if (goal) checkGoalIsMet(goal, directionalityOf(pipe, connection));
  if (!pipe) await checkPipeLimits(peers, context);
  if (pairs) await checkPortLimits(pairs, peers, pipe?.ends, context);
  return { peers, connection, pipe, pairs, goal };
}

function directionalityOf(pipe: ReplicationPipe | undefined, connection: ConnectablePeers | undefined) {
  if (pipe) return pipe.instance.get('Directionality');
  return connection?.isBidirectional ? Directionality.Bidirectional : Directionality.Unidirectional;
}

function makePipe({ peers, connection }: Plan, input: Input, context: MethodContext): Promise<ReplicationPipe> {
  if (!connection) throw new TypeError('a new pipe has a connection');
  return createPipe(input.PipeElementName, peers, connection, context);
}

/** A name renames the pipe, NULL keeps the name: so do the sibling methods that the documentation settles. */
async function modifyPipe(pipe: ReplicationPipe, input: Input, context: MethodContext): Promise<ReplicationPipe> {
  const name = input.PipeElementName ?? null;
  if (name === null || name === pipe.instance.get('ElementName')) return pipe;
  const renamed = pipe.instance.with({ ElementName: name });
  await context.store.put(renamed);
  return { ...pipe, instance: renamed };
}

function servicePath({ instance }: MethodContext): InstancePath {
  if (!instance) throw new TypeError('CreateOrModifyReplicationPipe is not static');
  return storedPath(instance);
}
