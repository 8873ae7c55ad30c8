import { initiatorTables } from '../iscsi-initiator/initiator-tables.js';
import type { MethodTable } from '../method-table.js';
import { poolTables } from '../storage-spaces/pool-tables.js';
import { settingTables } from '../storage-spaces/setting-tables.js';
import { jobTables, subsystemTables } from '../storage-spaces/subsystem-tables.js';
import { tierTables } from '../storage-spaces/tier-tables.js';
import { virtualDiskTables } from '../storage-spaces/virtual-disk-tables.js';
import { diskTables } from './disk-tables.js';
import { managedVolumeTables } from './managed-volume-tables.js';
import { partitionTables } from './partition-tables.js';
import { physicalDiskTables } from './physical-disk-tables.js';

/** The methods of root/Microsoft/Windows/Storage that do their work. */
export const managementTables: readonly MethodTable[] = [
  ...diskTables,
  ...partitionTables,
  ...managedVolumeTables,
  ...physicalDiskTables,
  ...subsystemTables,
  ...poolTables,
  ...settingTables,
  ...virtualDiskTables,
  ...tierTables,
  ...jobTables,
  ...initiatorTables,
];
