import { accountTables } from './accounts/account-tables.js';
import { profileTables } from './accounts/profile-tables.js';
import { deviceTables } from './devices/device-tables.js';
import { eventLogTables } from './event-logs/event-log-tables.js';
import { fileTables } from './files/file-tables.js';
import { licenseProductTables } from './licensing/license-product-tables.js';
import { licenseServiceTables } from './licensing/license-service-tables.js';
import type { MethodTable } from './method-table.js';
import { networkTables } from './network/network-tables.js';
import { standardTables } from './network/standard/standard-tables.js';
import { printerTables } from './printers/printer-tables.js';
import { processTables } from './process/process-tables.js';
import { productTables } from './products/product-tables.js';
import { registryTables } from './registry/registry-tables.js';
import { licenseTables } from './remote-desktop/license-tables.js';
import { remoteDesktopTables } from './remote-desktop/remote-desktop-tables.js';
import { sessionTables } from './remote-desktop/session-tables.js';
import { descriptorHelperTables } from './security/descriptor-helper-tables.js';
import { systemSecurityTables } from './security/system-security-tables.js';
import { driverTables } from './service/driver-tables.js';
import { serviceTables } from './service/service-tables.js';
import { shadowCopyTables } from './shadow-copies/shadow-copy-tables.js';
import { shareSecurityTables } from './shares/share-security-tables.js';
import { shareTables } from './shares/share-tables.js';
import { smbTables } from './smb/smb-tables.js';
import { storageTables } from './storage/storage-tables.js';
import { managementTables } from './storage-management/management-tables.js';
import { systemTables } from './system/system-tables.js';
import { taskTables } from './tasks/task-tables.js';
import { tpmTables } from './tpm/tpm-tables.js';
import { encryptionTables } from './volume-encryption/encryption-tables.js';

/** The tables of all methods that do their work. */
export const methodTables: readonly MethodTable[] = [
  ...[...serviceTables, ...driverTables, ...processTables, ...systemTables],
  ...[...registryTables, ...fileTables, ...shareTables, ...accountTables, ...profileTables],
  ...[...eventLogTables, ...shadowCopyTables, ...productTables, ...networkTables],
  ...[...standardTables, ...deviceTables, ...remoteDesktopTables, ...licenseTables, ...smbTables],
  ...storageTables,
  ...[...systemSecurityTables, ...descriptorHelperTables],
  ...[...tpmTables, ...encryptionTables],
  ...[...licenseProductTables, ...licenseServiceTables],
  ...managementTables,
  ...taskTables,
  ...[...printerTables, ...shareSecurityTables, ...sessionTables],
];
