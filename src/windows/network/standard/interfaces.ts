import { isIPv4 } from 'node:net';
import type { InstanceReader } from '../../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { CIMV2 } from '../../namespaces.js';
import { DISABLED } from '../adapter-state.js';
import { ADAPTER_CLASS, ConnectionStatus, configurationOf } from '../connection.js';
import { prefixLengthOf } from '../ip-address.js';
import { textsOf } from '../read-parameters.js';

/** AddressFamily. */
export const Family = { v4: 2, v6: 23 } as const;
export type Family = (typeof Family)[keyof typeof Family];

export interface InterfaceAddress {
  readonly address: string;
  readonly prefixLength: number;
  readonly family: Family;
}

/** What IP sees of an adapter. */
export interface Interface {
  readonly index: number;
  /** What people call it: `Ethernet`. */
  readonly alias: string;
  readonly luid: bigint;
  /** Packets go through. */
  readonly isConnected: boolean;
  readonly isDhcp: boolean;
  readonly metric: number;
  /** Of the largest packet, in bytes. */
  readonly mtu: number;
  readonly addresses: readonly InterfaceAddress[];
  readonly gateways: readonly { readonly address: string; readonly metric: number }[];
  readonly servers: readonly string[];
  /** Undefined for the interface of the computer with itself. */
  readonly configuration: CimInstance | undefined;
}

/** IfType of Ethernet and of the interface of the computer with itself. */
const ETHERNET = 6n;
const SOFTWARE_LOOPBACK = 24n;
const MTU = 1500;

/** The interface that every computer has with itself. */
const LOOPBACK: Interface = {
  index: 1,
  alias: 'Loopback Pseudo-Interface 1',
  luid: SOFTWARE_LOOPBACK << 48n,
  isConnected: true,
  isDhcp: false,
  metric: 75,
  mtu: 0xffffffff,
  addresses: [
    { address: '127.0.0.1', prefixLength: 8, family: Family.v4 },
    { address: '::1', prefixLength: 128, family: Family.v6 },
  ],
  gateways: [],
  servers: [],
  configuration: undefined,
};

/** Index of an interface in its NET_LUID. */
export function luidIndexOf(interfaceIndex: number): number {
  return 32_768 + interfaceIndex;
}

/** The adapters of the computer, also those that are disabled. */
export async function allAdapters({ store }: { readonly store: Pick<InstanceReader, 'scan'> }): Promise<CimInstance[]> {
  const found: CimInstance[] = [];
  for await (const one of store.scan(CIMV2, ADAPTER_CLASS)) found.push(one);
  return found;
}

/** The interfaces of the computer: of each adapter that is not disabled, and its own. */
export async function interfacesOf(context: {
  readonly store: Pick<InstanceReader, 'scan' | 'get'>;
}): Promise<readonly Interface[]> {
  const found = [LOOPBACK];
  for (const adapter of await allAdapters(context)) {
    const configuration = await configurationOf(adapter, context);
    if (configuration && adapter.get('ConfigManagerErrorCode') !== DISABLED)
      found.push(interfaceOf(adapter, configuration));
  }
  return found;
}

function interfaceOf(adapter: CimInstance, configuration: CimInstance): Interface {
  const index = Number(adapter.get('InterfaceIndex') ?? adapter.get('Index') ?? 0);
  const subnets = textsOf(configuration.get('IPSubnet'));
  const metrics = configuration.get('GatewayCostMetric');
  const isConnected = adapter.get('NetConnectionStatus') === ConnectionStatus.connected;
  const isDhcp = configuration.get('DHCPEnabled') === true;
  const addresses = textsOf(configuration.get('IPAddress')).map((address, at) => asAddress(address, subnets[at] ?? ''));
  return {
    index,
    alias: adapter.getString('NetConnectionID') ?? adapter.getString('Name') ?? '',
    luid: (ETHERNET << 48n) | (BigInt(luidIndexOf(index)) << 24n),
    ...{ isConnected, isDhcp, mtu: MTU },
    metric: Number(configuration.get('IPConnectionMetric') ?? 25),
    // A lease is a matter of a server that can be reached.
    addresses: addresses.filter(({ family }) => isConnected || !isDhcp || family === Family.v6),
    gateways: textsOf(configuration.get('DefaultIPGateway')).map((address, at) => ({
      address,
      metric: Number(Array.isArray(metrics) ? (metrics[at] ?? 0) : 0),
    })),
    servers: textsOf(configuration.get('DNSServerSearchOrder')),
    configuration,
  };
}

function asAddress(address: string, subnet: string): InterfaceAddress {
  return isIPv4(address)
    ? { address, prefixLength: prefixLengthOf(subnet) ?? 24, family: Family.v4 }
    : { address, prefixLength: Number(subnet) || 64, family: Family.v6 };
}
