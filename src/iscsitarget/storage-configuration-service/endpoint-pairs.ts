import type { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import type { Sought } from '../../cim/operations/resolve-together.js';
import { isHostedBy, type SystemKeys } from '../hosted-elements.js';
import { storedPath } from '../stored-path.js';
import type { PeerSystems } from './peer-systems.js';
import { Refusal } from './refusal.js';
import { PIPE_ENDPOINT_CLASS } from './replication-pipe.js';

/** The ports of a pipe, those with the same index being a pair: both lists have the same length. */
export interface EndpointPairs {
  readonly source: readonly InstancePath[];
  readonly target: readonly InstancePath[];
}

/**
 * Whether the parameters name endpoints; an empty list is as good as NULL.
 *
 * @throws Refusal InvalidParameter when one list lacks or differs in length from the other
 */
export function havePairs(source: readonly unknown[], target: readonly unknown[]): boolean {
  if (source.length !== target.length) {
    throw new Refusal(
      'InvalidParameter',
      `${source.length} source and ${target.length} target endpoints make no pairs`,
    );
  }
  return source.length > 0;
}

/**
 * The ports that the lists name.
 *
 * @throws Refusal InvalidParameter when the service assigns ports itself; when an endpoint is NULL, does not exist, is not on its
 *   system, is the end of a pipe or is given twice
 */
export async function checkPairs(
  source: readonly Sought[],
  target: readonly Sought[],
  peers: PeerSystems,
): Promise<EndpointPairs> {
  for (const { capabilities, keys } of [peers.source, peers.target]) {
    if (capabilities?.maximumPortsPerConnection === 0) {
      throw new Refusal('InvalidParameter', `${keys.SystemName} lets no client assign ports`);
    }
  }
  return {
    source: await checkPorts(source, peers.source.keys),
    target: await checkPorts(target, peers.target.keys),
  };
}

async function checkPorts(list: readonly Sought[], system: SystemKeys): Promise<InstancePath[]> {
  const ports: InstancePath[] = [];
  const seen = new Set<string>();
  for (const sought of list) {
    const endpoint = await sought;
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
