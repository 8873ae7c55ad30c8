import type { CimInstance } from '../cim/cim-instance.js';
import { InstancePath } from '../cim/instance-path.js';
import type { MethodContext } from '../cim/provider.js';
import { buildInstance } from './build-instance.js';
import type { EndpointPairs } from './endpoint-pairs.js';
import type { PeerSystem, PeerSystems } from './peer-systems.js';
import { Refusal } from './refusal.js';
import type { PipeEnds } from './replication-pipe.js';
import { storedPath } from './stored-path.js';

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
  await checkSide(pairs.source, peers.source, ends?.source, context);
  await checkSide(pairs.target, peers.target, ends?.target, context);
}

/** Binds the ports under the pipe's ends, in place of those bound before. Bindings that stay are not written. */
export async function bindPorts(pairs: EndpointPairs, ends: PipeEnds, context: MethodContext): Promise<void> {
  await bindSide(pairs.source, ends.source, context);
  await bindSide(pairs.target, ends.target, context);
}

async function checkSide(
  ports: readonly InstancePath[],
  { capabilities, keys }: PeerSystem,
  ownEnd: InstancePath | undefined,
  { store }: MethodContext,
): Promise<void> {
  if (!capabilities) return;
  if (ports.length > capabilities.maximumPortsPerConnection) {
    throw new Refusal(
      'Failed',
      `${keys.SystemName} takes at most ${capabilities.maximumPortsPerConnection} ports for a pipe`,
    );
  }
  if (capabilities.maximumConnectionsPerPort === Number.POSITIVE_INFINITY) return;
  for (const port of ports) {
    const bindings = await store.referencing(port, { classNames: [BINDING_CLASS], role: 'Antecedent' });
    const others = bindings.filter((binding) => !ownEnd || !refersTo(binding, 'Dependent', ownEnd));
    if (others.length >= capabilities.maximumConnectionsPerPort) {
      throw new Refusal(
        'Failed',
        `a port of ${keys.SystemName} takes at most ${capabilities.maximumConnectionsPerPort} pipes`,
      );
    }
  }
}

async function bindSide(ports: readonly InstancePath[], end: InstancePath, context: MethodContext): Promise<void> {
  const { store } = context;
  const old = new Map<string, CimInstance>();
  for (const binding of await store.referencing(end, { classNames: [BINDING_CLASS], role: 'Dependent' })) {
    const port = binding.get('Antecedent');
    if (port instanceof InstancePath) old.set(port.canonical, binding);
  }
  for (const [index, port] of ports.entries()) {
    const binding = old.get(port.canonical);
    old.delete(port.canonical);
    const PairNumber = index + 1;
    if (!binding)
      await store.put(buildInstance(context, BINDING_CLASS, { Antecedent: port, Dependent: end, PairNumber }));
    else if (binding.get('PairNumber') !== PairNumber) await store.put(binding.with({ PairNumber }));
  }
  for (const binding of old.values()) await store.delete(storedPath(binding));
}

function refersTo(association: CimInstance, role: string, path: InstancePath): boolean {
  const reference = association.get(role);
  return reference instanceof InstancePath && reference.equals(path);
}
