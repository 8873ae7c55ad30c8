import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { DerivedValue, MethodImplementation } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import { addressMethods } from './address-methods.js';
import { ConfigurationCode } from './configuration-code.js';
import { type Configure, configuring, unsupported } from './configuring.js';
import { CONFIGURATION_CLASS, isIpEnabled } from './connection.js';
import { leaseOf } from './dhcp.js';
import { securityMethods } from './ip-security.js';
import { nameMethods, nameValues } from './name-methods.js';
import { tcpipMethods, tcpipValues } from './tcpip-parameters.js';

/** `TcpipNetbiosOptions`: what a DHCP server says, on, off. */
const BY_DHCP = 0;
const OPTIONS = [BY_DHCP, 1, 2];

const setNetbios: Configure = (configuration, { TcpipNetbiosOptions: option }) => {
  if (typeof option !== 'number' || !OPTIONS.includes(option))
    throw new MethodRefusal(ConfigurationCode.invalidParameter, `TcpipNetbiosOptions is none of ${OPTIONS.join(', ')}`);
  if (option === BY_DHCP && configuration.get('DHCPEnabled') !== true)
    throw new MethodRefusal(
      ConfigurationCode.dhcpNotEnabled,
      'no DHCP server can say it: DHCPEnabled of the adapter is false',
    );
  return { TcpipNetbiosOptions: option };
};

const NO_IPX = 'Windows has no IPX any more';

const methods: Readonly<Record<string, MethodImplementation>> = {
  ...addressMethods,
  ...nameMethods,
  ...securityMethods,
  ...tcpipMethods,
  SetTcpipNetbios: configuring(setNetbios),
  SetMTU: unsupported('the page of the method says that it is not supported'),
  SetIPXFrameTypeNetworkPairs: unsupported(NO_IPX),
  SetIPXVirtualNetworkNumber: unsupported(NO_IPX),
};

/** What an adapter has only while IP runs on it. */
const WHILE_RUNNING = [
  ...['IPAddress', 'IPSubnet', 'DefaultIPGateway', 'GatewayCostMetric', 'IPConnectionMetric'],
  ...['DNSServerSearchOrder', 'DNSDomain', 'DHCPServer'],
];

const whileRunning: Readonly<Record<string, DerivedValue>> = Object.fromEntries(
  WHILE_RUNNING.map((name): [string, DerivedValue] => [
    name,
    async (configuration, context) => ((await isIpEnabled(configuration, context)) ? configuration.get(name) : null),
  ]),
);

const lease =
  (which: 'obtained' | 'expires'): DerivedValue =>
  async (configuration, context) =>
    (await isIpEnabled(configuration, context)) ? ((await leaseOf(configuration, context))?.[which] ?? null) : null;

/** Win32_NetworkAdapterConfiguration: what is set of TCP/IP, adapter by adapter, and for all of them in the registry. */
export const adapterConfigurations = defineProvider(CONFIGURATION_CLASS, {
  methods,
  instances: {},
  derived: {
    ...nameValues,
    ...tcpipValues,
    ...whileRunning,
    IPEnabled: isIpEnabled,
    DHCPLeaseObtained: lease('obtained'),
    DHCPLeaseExpires: lease('expires'),
  },
});
