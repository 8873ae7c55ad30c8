import { isIPv4 } from 'node:net';
import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMV2 } from '../namespaces.js';
import { CONFIGURATION_CLASS, isIpEnabled } from '../network/connection.js';
import { networkOf, prefixLengthOf } from '../network/ip-address.js';

/** An address of a computer. */
export interface NetworkAddress {
  readonly address: string;
  /** `255.255.255.0`, or the length of an IPv6 prefix. */
  readonly mask: string;
  /** Whether the adapter that has it is connected. */
  readonly isConnected: boolean;
}

/** The addresses of a computer, those of IPv4 first. */
export async function addressesOf(store: InstanceReader): Promise<readonly NetworkAddress[]> {
  const found: NetworkAddress[] = [];
  for await (const one of store.scan(CIMV2, CONFIGURATION_CLASS)) {
    const isConnected = await isIpEnabled(one, { store });
    const masks = texts(one.get('IPSubnet'));
    for (const [at, address] of texts(one.get('IPAddress')).entries())
      found.push({ address, mask: masks[at] ?? '', isConnected });
  }
  return [...found.filter(({ address }) => isIPv4(address)), ...found.filter(({ address }) => !isIPv4(address))];
}

/** Whether a computer calls itself so: by its name, or that with its domain. */
export async function isNamed(store: InstanceReader, name: string): Promise<boolean> {
  const system = await systemOf(store);
  const own = [system?.getString('Name'), system?.getString('DNSHostName')].flatMap((one) => one ?? []);
  const domain = system?.getString('Domain');
  return own.some((one) => sameName(one, name) || (domain !== undefined && sameName(`${one}.${domain}`, name)));
}

/** What a computer is called where addresses are resolved: with its domain. */
export async function fullName(store: InstanceReader): Promise<string> {
  const system = await systemOf(store);
  const name = system?.getString('DNSHostName') ?? system?.getString('Name') ?? '';
  return system?.get('PartOfDomain') === true ? `${name}.${system.getString('Domain')}` : name;
}

async function systemOf(store: InstanceReader): Promise<CimInstance | undefined> {
  for await (const one of store.scan(CIMV2, 'Win32_ComputerSystem')) return one;
  return undefined;
}

/** Whether an IPv4 address lies in the network of another. */
export function isInNetwork(address: string, { address: own, mask }: NetworkAddress): boolean {
  const length = prefixLengthOf(mask);
  if (!isIPv4(address) || !isIPv4(own) || length === undefined) return false;
  return networkOf(address, length) === networkOf(own, length);
}

function texts(value: CimValue): readonly string[] {
  return isCimArray(value) ? value.map(String) : [];
}
