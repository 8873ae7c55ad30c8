import type { Provider } from '../../cim/contracts/provider.js';
import { initiatorProviders } from '../iscsi-initiator/initiator-providers.js';
import { jobs } from '../storage-spaces/job-provider.js';
import { pools } from '../storage-spaces/pools.js';
import { resiliencySettings } from '../storage-spaces/resiliency-settings.js';
import { subsystems } from '../storage-spaces/subsystems.js';
import { tiers } from '../storage-spaces/tiers.js';
import { virtualDisks } from '../storage-spaces/virtual-disks.js';
import { disks } from './disks.js';
import { managedVolumes } from './managed-volumes.js';
import { partitions } from './partitions.js';
import { physicalDisks } from './physical-disks.js';

/** The behaviour of the classes of root/Microsoft/Windows/Storage. */
export function storageProviders(): readonly Provider[] {
  return [
    ...[disks, partitions, managedVolumes, physicalDisks],
    ...[subsystems, pools, resiliencySettings, virtualDisks, tiers, jobs],
    ...initiatorProviders,
  ];
}
