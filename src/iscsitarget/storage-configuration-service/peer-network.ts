import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { buildInstance } from '../build-instance.js';
import { storedPath } from '../stored-path.js';

const NETWORK_CLASS = 'CIMULATOR_PeerNetwork';

/** The one network that hosts every replication pipe. */
export interface PeerNetwork {
  readonly instance: CimInstance;
  /** It comes with the first pipe. */
  readonly isNew: boolean;
}

export async function findPeerNetwork(context: MethodContext): Promise<PeerNetwork> {
  const instance = buildInstance(context, NETWORK_CLASS, {
    CreationClassName: NETWORK_CLASS,
    Name: 'cimulator:peer-network',
    ElementName: 'Replication peers',
    OperationalStatus: [2],
    HealthState: 5,
  });
  return { instance, isNew: !(await context.store.get(storedPath(instance))) };
}
