import type { Provider } from '../../cim/contracts/provider.js';
import { initiatorProviders } from '../iscsi-initiator/initiator-providers.js';
import { disks } from './disks.js';
import { managedVolumes } from './managed-volumes.js';
import { partitions } from './partitions.js';
import { physicalDisks, pools } from './physical-disks.js';

/** The behaviour of the classes of root/Microsoft/Windows/Storage. */
export function storageProviders(): readonly Provider[] {
  return [disks, partitions, managedVolumes, physicalDisks, pools, ...initiatorProviders];
}
