import type { Provider } from '../cim/contracts/provider.js';
import { accounts } from './accounts/accounts.js';
import { profiles } from './accounts/profiles.js';
import { devices } from './devices/devices.js';
import { environment } from './environment/environment.js';
import { eventLogs } from './event-logs/event-logs.js';
import { files } from './files/files.js';
import { licenseProducts } from './licensing/license-products.js';
import { licenseService } from './licensing/license-service.js';
import { adapterConfigurations } from './network/adapter-configurations.js';
import { adapters } from './network/adapters.js';
import { routeTable } from './network/route-table.js';
import { pageFiles } from './page-files/page-files.js';
import { printers } from './printers/printers.js';
import { processes } from './process/processes.js';
import { products } from './products/products.js';
import { pingStatus } from './reachability/ping-status.js';
import { stdRegProv } from './registry/std-reg-prov.js';
import { descriptorHelper } from './security/descriptor-helper.js';
import { services } from './service/services.js';
import { shadowCopies } from './shadow-copies/shadow-copies.js';
import { shareSecuritySettings } from './shares/share-security-settings.js';
import { shares } from './shares/shares.js';
import { diskDrives } from './storage/disk-drives.js';
import { logicalDisks } from './storage/logical-disks.js';
import { volumes } from './storage/volumes.js';
import { clocks } from './system/clocks.js';
import { computerSystem } from './system/computer-system.js';
import { operatingSystem } from './system/operating-system.js';
import type { MachineHooks } from './system/restart-hook.js';

/** The behaviour of the classes of root/cimv2. */
export function cimv2Providers(hooks: MachineHooks = {}): readonly Provider[] {
  return [
    ...[...services, processes(hooks), operatingSystem(hooks), computerSystem, ...clocks],
    ...[stdRegProv, environment, ...pageFiles, files, shares, ...accounts, profiles],
    ...[...eventLogs, ...shadowCopies, ...products],
    ...[adapterConfigurations, adapters, diskDrives, logicalDisks, volumes()],
    ...[routeTable, devices, descriptorHelper, licenseProducts, licenseService],
    ...[...printers(hooks.network), ...shareSecuritySettings, pingStatus(hooks.network)],
  ];
}
