import type { InstancePath } from '../cim/instance-path.js';
import type { MethodContext } from '../cim/provider.js';
import { buildInstance } from './build-instance.js';
import { storedPath } from './stored-path.js';

const NETWORK_CLASS = 'CIMULATOR_PeerNetwork';

/** The one network that hosts every replication pipe; it comes with the first of them. */
export async function providePeerNetwork(context: MethodContext): Promise<InstancePath> {
  const network = buildInstance(context, NETWORK_CLASS, {
    CreationClassName: NETWORK_CLASS,
    Name: 'cimulator:peer-network',
    ElementName: 'Replication peers',
    OperationalStatus: [2],
    HealthState: 5,
  });
  const path = storedPath(network);
  if (!(await context.store.get(path))) await context.store.put(network);
  return path;
}
