import type { Provider } from '../cim/contracts/provider.js';
import { processes } from './process/processes.js';
import { services } from './service/services.js';
import { computerSystem } from './system/computer-system.js';
import { operatingSystem } from './system/operating-system.js';
import type { MachineHooks } from './system/restart-hook.js';

/** The behaviour of the classes of root/cimv2. */
export function cimv2Providers(hooks: MachineHooks = {}): readonly Provider[] {
  return [...services, processes, operatingSystem(hooks), computerSystem];
}
