import type { InstancePath } from '../cim/instance-path.js';
import { sameName } from '../cim/name-map.js';
import type { MethodContext } from '../cim/provider.js';
import { isHostedBy, type SystemKeys } from './hosted-elements.js';
import type { PeerSystems } from './peer-systems.js';
import { Refusal } from './refusal.js';
import { PIPE_ENDPOINT_CLASS } from './replication-pipe.js';
import { storedPath } from './stored-path.js';

type EndpointList = readonly (InstancePath | null)[] | null | undefined;

/** The ports of a pipe, those with the same index being a pair: both lists have the same length. */
export interface EndpointPairs {
  readonly source: readonly InstancePath[];
  readonly target: readonly InstancePath[];
}

/** The lists that the parameters name, with as many endpoints in one as in the other. */
interface EndpointLists {
  readonly source: NonNullable<EndpointList>;
  readonly target: NonNullable<EndpointList>;
}

/**
 * The lists that the parameters name; undefined when they name no endpoint, for which an empty list is as good as NULL.
 *
 * @throws Refusal InvalidParameter when one list lacks or differs in length from the other
 */
export function pairLists(source: EndpointList, target: EndpointList): EndpointLists | undefined {
  const [sourceCount, targetCount] = [source?.length ?? 0, target?.length ?? 0];
  if (sourceCount !== targetCount) {
    throw new Refusal('InvalidParameter', `${sourceCount} source and ${targetCount} target endpoints make no pairs`);
  }
  return source && target && sourceCount > 0 ? { source, target } : undefined;
}

/**
 * The ports that the lists name.
 *
 * @throws Refusal InvalidParameter when the service assigns ports itself; when an endpoint is NULL, does not exist, is not on its
 *   system, is the end of a pipe or is given twice
 */
export async function resolvePairs(
  { source, target }: EndpointLists,
  peers: PeerSystems,
  context: MethodContext,
): Promise<EndpointPairs> {
  for (const { capabilities, keys } of [peers.source, peers.target]) {
    if (capabilities?.maximumPortsPerConnection === 0) {
      throw new Refusal('InvalidParameter', `${keys.SystemName} lets no client assign ports`);
    }
  }
  return {
    source: await resolvePorts(source, peers.source.keys, context),
    target: await resolvePorts(target, peers.target.keys, context),
  };
}

async function resolvePorts(
  list: readonly (InstancePath | null)[],
  system: SystemKeys,
  context: MethodContext,
): Promise<InstancePath[]> {
  const ports: InstancePath[] = [];
  const seen = new Set<string>();
  for (const reference of list) {
    const endpoint = reference && (await context.resolve(reference));
    if (!endpoint) throw new Refusal('InvalidParameter', 'an endpoint does not exist');
    const port = storedPath(endpoint);
    if (!isHostedBy(port, system)) throw new Refusal('InvalidParameter', 'an endpoint is not hosted on its system');
    if (sameName(port.className, PIPE_ENDPOINT_CLASS)) {
      throw new Refusal('InvalidParameter', 'the end of a pipe is no port');
    }
    if (seen.has(port.canonical)) throw new Refusal('InvalidParameter', 'an endpoint is given twice');
    seen.add(port.canonical);
    ports.push(port);
  }
  return ports;
}
