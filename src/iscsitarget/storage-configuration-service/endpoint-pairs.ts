import type { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import type { Sought } from '../../cim/operations/resolve-together.js';
import { isHostedBy, type SystemKeys } from '../hosted-elements.js';
import { storedPath } from '../stored-path.js';
import type { PeerSystem, PeerSystems } from './peer-systems.js';
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
      `SourceEndpoint has ${source.length} endpoints and TargetEndpoint ${target.length}: they must be as many, since those with the same index make a pair`,
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
  checkMayAssign('SourceEndpoint', peers.source);
  checkMayAssign('TargetEndpoint', peers.target);
  return {
    source: await checkPorts('SourceEndpoint', source, peers.source.keys),
    target: await checkPorts('TargetEndpoint', target, peers.target.keys),
  };
}

function checkMayAssign(parameter: string, { capabilities, keys }: PeerSystem): void {
  if (capabilities?.maximumPortsPerConnection !== 0) return;
  throw new Refusal(
    'InvalidParameter',
    `${parameter} assigns ports of ${keys.SystemName}, whose service assigns them itself: MaximumPortsPerConnection is 0`,
    [capabilities.path],
  );
}

async function checkPorts(parameter: string, list: readonly Sought[], system: SystemKeys): Promise<InstancePath[]> {
  const ports: InstancePath[] = [];
  const seen = new Set<string>();
  for (const [index, sought] of list.entries()) {
    const name = `${parameter}[${index}]`;
    const endpoint = await sought;
    if (!endpoint) throw new Refusal('InvalidParameter', `${name} is NULL or does not exist`);
    const port = storedPath(endpoint);
    if (!isHostedBy(port, system))
      throw new Refusal('InvalidParameter', `${name} is not hosted on ${system.SystemName}`);
    if (sameName(port.className, PIPE_ENDPOINT_CLASS)) {
      throw new Refusal('InvalidParameter', `${name} is the end of a pipe, not a port`);
    }
    if (seen.has(port.canonical)) throw new Refusal('InvalidParameter', `${name} is given twice`);
    seen.add(port.canonical);
    ports.push(port);
  }
  return ports;
}
