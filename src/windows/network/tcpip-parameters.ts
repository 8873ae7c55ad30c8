import type { DerivedValue, MethodImplementation } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { createKey, findValue, putValue } from '../registry/registry.js';
import { type KeyPath, RegistryType } from '../registry/registry-key.js';
import { ofComputer } from './configuring.js';
import { neededBoolean, neededNumber } from './read-parameters.js';

/** Where Windows keeps what is said of TCP/IP as a whole. */
export const PARAMETERS: KeyPath = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';

/** A setting of TCP/IP: its method, its property, and the value of the registry that has it, by which both are one. */
export interface TcpipParameter {
  readonly method: string;
  readonly property: string;
  readonly value: string;
  /** The least and the most; of a switch none. */
  readonly range?: readonly [number, number];
}

const UINT32 = 0xffffffff;
/** What the adapters of the lab carry in a packet, in bytes. */
const MTU = 1500;

function parameter(property: string, range?: TcpipParameter['range'], value = property): TcpipParameter {
  return { method: `Set${property}`, property, value, ...(range && { range }) };
}

function named(method: string, one: TcpipParameter): TcpipParameter {
  return { ...one, method };
}

/** Names, places and ranges as the pages of the class have them. */
export const tcpipParameters: readonly TcpipParameter[] = [
  parameter('ArpAlwaysSourceRoute'),
  parameter('ArpUseEtherSNAP'),
  named('SetDeadGWDetect', parameter('DeadGWDetectEnabled', undefined, 'EnableDeadGWDetect')),
  named('EnableIPFilterSec', parameter('IPFilterSecurityEnabled')),
  parameter('IPUseZeroBroadcast', undefined, 'UseZeroBroadcast'),
  named('SetPMTUBHDetect', parameter('PMTUBHDetectEnabled', undefined, 'EnablePMTUBHDetect')),
  named('SetPMTUDiscovery', parameter('PMTUDiscoveryEnabled', undefined, 'EnablePMTUDiscovery')),
  parameter('TcpUseRFC1122UrgentPointer'),
  parameter('DefaultTOS', [0, 255]),
  parameter('DefaultTTL', [1, 255]),
  parameter('ForwardBufferMemory', [MTU, UINT32 - 1]),
  parameter('IGMPLevel', [0, 2]),
  parameter('KeepAliveInterval', [1, UINT32]),
  parameter('KeepAliveTime', [1, UINT32]),
  parameter('NumForwardPackets', [1, UINT32 - 1]),
  parameter('TcpMaxConnectRetransmissions', [0, UINT32]),
  parameter('TcpMaxDataRetransmissions', [0, UINT32]),
  parameter('TcpNumConnections', [0, 0xfffffe]),
  parameter('TcpWindowSize', [0, 0xffff]),
];

function setting({ property, value, range }: TcpipParameter): MethodImplementation {
  return ofComputer(async (input, { store }) => {
    const given = input[property];
    const number = range ? neededNumber(given, property, range) : Number(neededBoolean(given, property));
    await createKey(store, PARAMETERS);
    await putValue(store, PARAMETERS, { name: value, type: RegistryType.dword, data: BigInt(number) });
  });
}

/** A number of the registry; null where it has none, as it is until somebody sets one. */
export function registryNumber(name: string, as: (number: number) => CimValue): DerivedValue {
  return async (_configuration, { store }) => {
    const found = (await findValue(store, PARAMETERS, name))?.data;
    return typeof found === 'bigint' ? as(Number(found)) : null;
  };
}

/** A text of the registry. */
export function registryText(name: string): DerivedValue {
  return async (_configuration, { store }) => {
    const found = (await findValue(store, PARAMETERS, name))?.data;
    return typeof found === 'string' ? found : null;
  };
}

export const tcpipMethods: Readonly<Record<string, MethodImplementation>> = Object.fromEntries(
  tcpipParameters.map((one) => [one.method, setting(one)]),
);

/** What somebody wrote into the registry that is out of range is as if it were not there: the property could not hold it. */
export const tcpipValues: Readonly<Record<string, DerivedValue>> = Object.fromEntries(
  tcpipParameters.map(({ property, value, range }) => [
    property,
    registryNumber(value, (number) =>
      range ? (number >= range[0] && number <= range[1] ? number : null) : number !== 0,
    ),
  ]),
);
