import type { MethodTable, ReachedCode, TableValues } from '../../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../../table-paths.js';
import { addressKeys } from './address-rows.js';
import { NetError } from './net-error.js';
import { routeKey } from './routes.js';
import { STANDARD } from './rows.js';
import { NET_ADAPTER, NET_ADDRESS, NET_ROUTE } from './show-network.js';

const adapter = (number: number) =>
  objectPath(`${STANDARD}:${NET_ADAPTER.className}`, {
    CreationClassName: 'MSFT_NetAdapter',
    DeviceID: `{00000000-0000-0000-0000-00000000000${number}}`,
    SystemCreationClassName: 'CIM_NetworkPort',
    SystemName: 'srv01.lab.example',
  });
const address = (text: string, index: number) =>
  objectPath(
    `${STANDARD}:${NET_ADDRESS.className}`,
    addressKeys({ address: text }, { index }) as Readonly<Record<string, string>>,
  );
const route = (prefix: string, interfaceIndex: number, nextHop: string) =>
  objectPath(`${STANDARD}:${NET_ROUTE.className}`, { InstanceID: routeKey({ prefix, interfaceIndex, nextHop }) });

const ETHERNET = adapter(1);
const OLD = 'Win32_NetworkAdapter.DeviceID="1"';
const LEASED = 'Win32_NetworkAdapterConfiguration.Index=1';
const STATIC = 'Win32_NetworkAdapterConfiguration.Index=2';

const ofAdapter = tablesOn(NET_ADAPTER.className, ETHERNET, STANDARD);
const ofAddress = tablesOn(NET_ADDRESS.className, `${STANDARD}:${NET_ADDRESS.className}`, STANDARD);
const ofRoute = tablesOn(NET_ROUTE.className, `${STANDARD}:${NET_ROUTE.className}`, STANDARD);

function denied(input: TableValues = {}): ReachedCode {
  return { code: NetError.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS], input };
}

const locked: ReachedCode = {
  code: NetError.accessDenied,
  when: 'the adapter is locked',
  given: [{ call: { method: 'Lock', on: ETHERNET } }],
  input: {},
};
const gone: ReachedCode = {
  code: NetError.notFound,
  when: 'the adapter is one of a seed, which root/cimv2 does not have',
  given: [{ add: adapter(9), with: { InterfaceIndex: 99 } }],
  on: adapter(9),
  input: {},
};
const named = (NewName: string) => ({ NewName });

const made = (more: TableValues = {}): TableValues => ({
  ...{ InterfaceAlias: 'Storage', IPAddress: '198.51.100.20', PrefixLength: 24 },
  ...more,
});
const routed = (more: TableValues = {}): TableValues => ({
  ...{ InterfaceIndex: 12, DestinationPrefix: '203.0.113.0/24', NextHop: '198.51.100.1', RouteMetric: 10 },
  ...more,
});

/** The pages document no codes: these are of WinError.h, as public records show them. */
export const standardTables: readonly MethodTable[] = [
  ofAdapter('Disable', [
    {
      code: 0,
      when: 'the adapter is not locked',
      shows: [
        { get: ETHERNET, has: { State: 3, InterfaceAdminStatus: 2, InterfaceOperationalStatus: 6, Speed: 0n } },
        { get: OLD, has: { NetEnabled: false, ConfigManagerErrorCode: 22 } },
        { gone: address('192.0.2.11', 11) },
        { gone: route('0.0.0.0/0', 11, '192.0.2.1') },
      ],
    },
    denied(),
    locked,
    gone,
  ]),
  ofAdapter('Enable', [
    {
      code: 0,
      when: 'the adapter is not locked',
      given: [{ call: { method: 'Disable', on: ETHERNET } }],
      shows: [
        { get: ETHERNET, has: { State: 2, InterfaceOperationalStatus: 1, Speed: 10_000_000_000n } },
        { get: OLD, has: { NetEnabled: true } },
        { get: address('192.0.2.11', 11), has: { PrefixLength: 24, PrefixOrigin: 3 } },
      ],
    },
    denied(),
    locked,
    gone,
  ]),
  ofAdapter('Restart', [
    {
      code: 0,
      when: 'the adapter is not locked',
      given: [{ call: { method: 'Disable', on: ETHERNET } }],
      shows: [
        { get: ETHERNET, has: { State: 2, InterfaceOperationalStatus: 1 } },
        { get: OLD, has: { NetEnabled: true } },
      ],
    },
    denied(),
    locked,
    gone,
  ]),
  ofAdapter('Rename', [
    {
      code: 0,
      when: 'no other connection is called so',
      input: named('Front'),
      shows: [
        { get: ETHERNET, has: { Name: 'Front' } },
        { get: OLD, has: { NetConnectionID: 'Front' } },
        { get: address('192.0.2.11', 11), has: { InterfaceAlias: 'Front' } },
      ],
    },
    denied(named('Front')),
    { ...locked, input: named('Front') },
    { code: NetError.invalidParameter, when: 'no connection may be called so', input: named('a/b') },
    { ...gone, input: named('Front') },
    { code: NetError.exists, when: 'another connection is called so', input: named('storage') },
  ]),
  ofAdapter('Lock', [{ code: 0, when: 'always', shows: [{ get: ETHERNET, has: { AdminLocked: true } }] }, denied()]),
  ofAdapter('Unlock', [
    {
      code: 0,
      when: 'always',
      given: [{ call: { method: 'Lock', on: ETHERNET } }],
      shows: [{ get: ETHERNET, has: { AdminLocked: false } }],
    },
    denied(),
  ]),
  ofAddress('Create', [
    {
      code: 0,
      when: 'there is the interface, and not the address',
      input: made({ DefaultGateway: '198.51.100.1', SkipAsSource: true }),
      shows: [
        { get: address('198.51.100.20', 12), has: { PrefixOrigin: 1, AddressState: 4, SkipAsSource: true } },
        { get: STATIC, has: { IPAddress: ['198.51.100.11', '198.51.100.20'], DefaultIPGateway: ['198.51.100.1'] } },
        { get: route('198.51.100.20/32', 12, '0.0.0.0'), has: { Protocol: 2 } },
        {
          get: 'Win32_IP4RouteTable.Destination="0.0.0.0",InterfaceIndex=12,Mask="0.0.0.0",NextHop="198.51.100.1"',
          has: { Type: 4 },
        },
      ],
    },
    {
      code: 0,
      when: 'the interface had its address by DHCP: that ends',
      input: made({ InterfaceAlias: 'Ethernet', IPAddress: '192.0.2.20' }),
      shows: [
        { get: LEASED, has: { DHCPEnabled: false, IPAddress: ['192.0.2.20', '2001:db8::11'], DHCPServer: null } },
      ],
    },
    {
      code: 0,
      when: 'the address is of IPv6',
      input: made({ IPAddress: '2001:DB8:0::20', PrefixLength: 64 }),
      shows: [
        { get: address('2001:db8::20', 12), has: { AddressFamily: 23, IPv6Address: '2001:db8::20' } },
        { get: route('2001:db8::/64', 12, '::'), has: { AddressFamily: 23 } },
      ],
    },
    denied(made()),
    {
      code: NetError.invalidParameter,
      when: 'it is no address of an interface',
      input: made({ IPAddress: '127.0.0.9' }),
    },
    { code: NetError.notFound, when: 'there is no such interface', input: made({ InterfaceAlias: 'None' }) },
    { code: NetError.exists, when: 'the interface has the address', input: made({ IPAddress: '198.51.100.11' }) },
  ]),
  ofRoute('Create', [
    {
      code: 0,
      when: 'there is the interface, and not the route',
      input: routed(),
      shows: [
        { get: route('203.0.113.0/24', 12, '198.51.100.1'), has: { RouteMetric: 10, Protocol: 3 } },
        {
          get: 'Win32_IP4RouteTable.Destination="203.0.113.0",InterfaceIndex=12,Mask="255.255.255.0",NextHop="198.51.100.1"',
          has: { Metric1: 10, Protocol: 3, Type: 4 },
        },
      ],
    },
    {
      code: 0,
      when: 'it leads anywhere: it is a gateway',
      input: routed({ DestinationPrefix: '0.0.0.0/0' }),
      shows: [{ get: STATIC, has: { DefaultIPGateway: ['198.51.100.1'], GatewayCostMetric: [10] } }],
    },
    denied(routed()),
    { code: NetError.invalidParameter, when: 'it is no prefix', input: routed({ DestinationPrefix: '203.0.113.0' }) },
    { code: NetError.notFound, when: 'there is no such interface', input: routed({ InterfaceIndex: 99 }) },
    {
      code: NetError.exists,
      when: 'there is this route',
      input: routed({ InterfaceIndex: 11, DestinationPrefix: '0.0.0.0/0', NextHop: '192.0.2.1' }),
    },
  ]),
  ofRoute('Find', [
    {
      code: 0,
      when: 'a route leads there',
      input: { RemoteIPAddress: '198.51.100.77' },
      shows: [{ answers: { ReturnValue: 0 } }],
    },
    { code: NetError.invalidParameter, when: 'it is no address', input: { RemoteIPAddress: 'none' } },
    {
      code: NetError.unreachable,
      when: 'none does',
      input: { RemoteIPAddress: '203.0.113.1', InterfaceIndex: 12 },
    },
  ]),
];
