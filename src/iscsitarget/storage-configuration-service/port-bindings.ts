import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { started } from '../../cim/operations/started.js';
import { buildInstance } from '../build-instance.js';
import { storedPath } from '../stored-path.js';
import type { EndpointPairs } from './endpoint-pairs.js';
import type { PeerSystem, PeerSystems } from './peer-systems.js';
import type { PipeChanges } from './pipe-changes.js';
import { Refusal } from './refusal.js';
import type { PipeEnds } from './replication-pipe.js';

export const BINDING_CLASS = 'CIMULATOR_ReplicationPortBinding';

/**
 * @throws Refusal Failed when there are more pairs than a system takes, or a port serves as many *other* pipes as it may
 */
export async function checkPortLimits(
  pairs: EndpointPairs,
  peers: PeerSystems,
  ends: PipeEnds | undefined,
  context: MethodContext,
): Promise<void> {
  const ofSource = started(checkSide('SourceEndpoint', pairs.source, peers.source, ends?.source, context));
  const ofTarget = started(checkSide('TargetEndpoint', pairs.target, peers.target, ends?.target, context));
  await ofSource;
  await ofTarget;
}

/** What binds the ports under the pipe's ends, in place of those bound before. Bindings that stay are not written. */
export async function bindPorts(
  pairs: EndpointPairs,
  { ends, isNew }: { readonly ends: PipeEnds; readonly isNew: boolean },
  context: MethodContext,
): Promise<PipeChanges> {
  const find = async (end: InstancePath) =>
    isNew ? [] : context.store.referencing(end, { classNames: [BINDING_CLASS], role: 'Dependent' });
  const ofSource = started(find(ends.source));
  const ofTarget = started(find(ends.target));
  const changes: PipeChanges = { put: [], remove: [] };
  bindSide(pairs.source, ends.source, await ofSource, changes, context);
  bindSide(pairs.target, ends.target, await ofTarget, changes, context);
  return changes;
}

async function checkSide(
  parameter: string,
  ports: readonly InstancePath[],
  { capabilities, keys }: PeerSystem,
  ownEnd: InstancePath | undefined,
  { store }: MethodContext,
): Promise<void> {
  if (!capabilities) return;
  if (ports.length > capabilities.maximumPortsPerConnection) {
    throw new Refusal(
      'Failed',
      `${parameter} has ${ports.length} ports, and ${keys.SystemName} takes ${capabilities.maximumPortsPerConnection} for a pipe (MaximumPortsPerConnection)`,
      [capabilities.path],
    );
  }
  if (capabilities.maximumConnectionsPerPort === Number.POSITIVE_INFINITY) return;
  const filter = { classNames: [BINDING_CLASS], role: 'Antecedent' };
  for (const [index, bindings] of ports.map((port) => started(store.referencing(port, filter))).entries()) {
    const others = (await bindings).filter((binding) => !ownEnd || !refersTo(binding, 'Dependent', ownEnd));
    if (others.length >= capabilities.maximumConnectionsPerPort) {
      throw new Refusal(
        'Failed',
        `${parameter}[${index}] serves ${others.length} other pipes already, as many as a port of ${keys.SystemName} may (MaximumConnectionsPerPort)`,
        // All of them are of one class: one says who may be told.
        [capabilities.path, ...others.slice(0, 1).map(storedPath)],
      );
    }
  }
}

function bindSide(
  ports: readonly InstancePath[],
  end: InstancePath,
  bound: readonly CimInstance[],
  { put, remove }: PipeChanges,
  context: MethodContext,
): void {
  const old = new Map<string, CimInstance>();
  for (const binding of bound) {
    const port = binding.get('Antecedent');
    if (port instanceof InstancePath) old.set(port.canonical, binding);
  }
  for (const [index, port] of ports.entries()) {
    const binding = old.get(port.canonical);
    old.delete(port.canonical);
    const PairNumber = index + 1;
    if (!binding) put.push(buildInstance(context, BINDING_CLASS, { Antecedent: port, Dependent: end, PairNumber }));
    else if (binding.get('PairNumber') !== PairNumber) put.push(binding.with({ PairNumber }));
  }
  for (const binding of old.values()) remove.push(storedPath(binding));
}

function refersTo(association: CimInstance, role: string, path: InstancePath): boolean {
  const reference = association.get(role);
  return reference instanceof InstancePath && reference.equals(path);
}
