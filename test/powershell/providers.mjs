// What the classes of cimv2.mof do: cimulator serve --provider test/powershell/providers.mjs
import { networkAdapterConfiguration } from './providers/network.mjs';
import { processes } from './providers/processes.mjs';
import { registry } from './providers/registry.mjs';
import { services } from './providers/services.mjs';
import { computerSystem, data, operatingSystem, readOnly } from './providers/system.mjs';

const inCimv2 = [
  readOnly,
  ...data,
  operatingSystem,
  computerSystem,
  services,
  processes,
  networkAdapterConfiguration,
  registry,
];

export const providers = [
  ...inCimv2.map((provider) => ({ namespace: 'root/cimv2', provider })),
  { namespace: 'root/default', provider: registry },
];
