import { isIPv4 } from 'node:net';
import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMULATOR } from '../namespaces.js';
import { isAddress } from '../network/ip-address.js';
import type { LabComputer, LabNetwork } from './lab-network.js';
import { addressesOf, fullName, isInNetwork, isNamed, type NetworkAddress } from './network-addresses.js';

/** `Win32_PingStatus.StatusCode`, as far as a lab knows them. */
export const PingCode = {
  success: 0,
  hostUnreachable: 11003,
  packetTooBig: 11009,
  timedOut: 11010,
  generalFailure: 11050,
} as const;

/** What comes of asking for an address. */
export interface Reached {
  /** Whether the name could be resolved. */
  readonly isResolved: boolean;
  /** The address that was asked, where there is one. */
  readonly address?: string;
  /** What it is called. */
  readonly name?: string;
  readonly code?: number;
  /** The computer itself. */
  readonly isOwn?: boolean;
}

const UNRESOLVED: Reached = { isResolved: false };

/**
 * Asks for a computer or a device of the lab, by name or address, as a ping from a computer does. Nothing is sent: computers answer when they run
 * and their adapters are connected, devices (`CIMULATOR_NetworkDevice`) when the lab says that they do.
 *
 * @param store the state of the computer that asks
 */
export async function reach(asked: string, store: InstanceReader, network: LabNetwork | undefined): Promise<Reached> {
  if (sameName(asked, 'localhost')) return { isResolved: true, address: '::1', code: PingCode.success, isOwn: true };
  if (asked === '::1' || (isIPv4(asked) && asked.startsWith('127.')))
    return { isResolved: true, address: asked, code: PingCode.success, isOwn: true };
  const own = await addressesOf(store);
  const name = await fullName(store);
  const isOwn = own.some((one) => sameName(one.address, asked)) || (await isNamed(store, asked));
  if (isOwn) return { isResolved: true, address: ownAddress(own, asked), name, code: PingCode.success, isOwn };
  const isConnected = own.some((one) => one.isConnected);
  const others = network?.computers() ?? [];
  if (isAddress(asked)) return atAddress(asked, own, isConnected, { store, others });
  // Names are asked for on the network, too.
  const address = isConnected ? await resolve(asked, { store, others }) : undefined;
  return address === undefined ? UNRESOLVED : atAddress(address, own, isConnected, { store, others });
}

interface Around {
  readonly store: InstanceReader;
  readonly others: readonly LabComputer[];
}

function ownAddress(own: readonly NetworkAddress[], asked: string): string {
  return own.find((one) => sameName(one.address, asked))?.address ?? own[0]?.address ?? '::1';
}

async function resolve(asked: string, { store, others }: Around): Promise<string | undefined> {
  for (const one of others) {
    if (!one.isCalled(asked) && !(await isNamed(one.store, asked))) continue;
    const [first] = await addressesOf(one.store);
    if (first) return first.address;
  }
  for await (const device of store.scan(CIMULATOR, 'CIMULATOR_NetworkDevice'))
    if (sameName(device.getString('HostName') ?? '', asked)) return device.getString('Address');
  return undefined;
}

async function atAddress(
  address: string,
  own: readonly NetworkAddress[],
  isConnected: boolean,
  { store, others }: Around,
): Promise<Reached> {
  const found = { isResolved: true, address };
  if (!isConnected) return { ...found, code: PingCode.generalFailure };
  for (const one of others) {
    const its = (await addressesOf(one.store)).find((each) => sameName(each.address, address));
    if (!its) continue;
    const answers = one.isUp() && its.isConnected;
    return { ...found, name: await fullName(one.store), code: answers ? PingCode.success : PingCode.timedOut };
  }
  for await (const device of store.scan(CIMULATOR, 'CIMULATOR_NetworkDevice')) {
    if (!sameName(device.getString('Address') ?? '', address)) continue;
    const answers = device.get('IsReachable') !== false;
    const name = device.getString('HostName');
    return { ...found, ...(name !== undefined && { name }), code: answers ? PingCode.success : PingCode.timedOut };
  }
  const isNear = own.some((one) => one.isConnected && isInNetwork(address, one));
  return { ...found, code: isNear ? PingCode.hostUnreachable : PingCode.timedOut };
}
