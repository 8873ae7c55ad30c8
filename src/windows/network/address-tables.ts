import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { configuration, LEASED, ofAdapter, ofAll, STATIC } from './configuration-table.js';

const NO_SERVER = { remove: 'root/cimulator:CIMULATOR_DhcpOffer.MACAddress="02:00:00:00:01:01"' };
const NO_LEASE = { call: { method: 'ReleaseDHCPLease', on: LEASED } };
const WITHOUT_DHCP = { call: { method: 'EnableStatic', on: LEASED, input: addressed('192.0.2.50') } };

function addressed(address: string, mask = '255.255.255.0'): TableValues {
  return { IPAddress: [address], SubnetMask: [mask] };
}

function gateways(DefaultIPGateway: readonly string[], GatewayCostMetric?: readonly number[]): TableValues {
  return { DefaultIPGateway, ...(GatewayCostMetric && { GatewayCostMetric }) };
}

const released: ReachedCode['shows'] = [
  { get: LEASED, has: { IPAddress: ['2001:db8::11'], DHCPServer: null, DHCPLeaseExpires: null, DHCPEnabled: true } },
  { get: LEASED, has: { DefaultIPGateway: null, DNSServerSearchOrder: null } },
];
const renewed: ReachedCode['shows'] = [
  { get: LEASED, has: { IPAddress: ['192.0.2.11', '2001:db8::11'], DHCPServer: '192.0.2.2' } },
  { get: LEASED, has: { DefaultIPGateway: ['192.0.2.1'], DNSServerSearchOrder: ['192.0.2.2'] } },
];

const notLeased: ReachedCode = { code: 100, when: 'DHCPEnabled is false', on: STATIC };

/** Where the addresses of adapters are from. */
export const addressTables: readonly MethodTable[] = [
  ofAdapter('EnableStatic', addressed('198.51.100.12'), [
    {
      code: 0,
      when: 'the addresses may be those of an adapter, and there is a mask for each',
      input: { IPAddress: ['198.51.100.12', '198.51.100.13'], SubnetMask: ['255.255.255.0', '255.255.0.0'] },
      shows: [
        {
          get: STATIC,
          has: { IPAddress: ['198.51.100.12', '198.51.100.13'], IPSubnet: ['255.255.255.0', '255.255.0.0'] },
        },
      ],
    },
    {
      code: 0,
      when: 'DHCP was enabled: what it gave is gone',
      on: LEASED,
      input: addressed('192.0.2.50'),
      shows: [
        { get: LEASED, has: { DHCPEnabled: false, DHCPServer: null, DHCPLeaseObtained: null, DefaultIPGateway: null } },
        { get: LEASED, has: { IPAddress: ['192.0.2.50', '2001:db8::11'], IPSubnet: ['255.255.255.0', '64'] } },
      ],
    },
    { code: 66, when: 'a mask is none', input: addressed('198.51.100.12', '255.0.255.0') },
    { code: 68, when: 'there are not as many masks as addresses', input: { IPAddress: ['198.51.100.12'] } },
    { code: 70, when: 'no adapter may have the address', input: addressed('224.0.0.1') },
  ]),
  ofAdapter('SetGateways', gateways(['198.51.100.1']), [
    {
      code: 0,
      when: 'DHCPEnabled is false',
      input: gateways(['198.51.100.1', '198.51.100.2'], [5, 10]),
      shows: [{ get: STATIC, has: { DefaultIPGateway: ['198.51.100.1', '198.51.100.2'], GatewayCostMetric: [5, 10] } }],
    },
    {
      code: 0,
      when: 'the gateway is the adapter itself: it has none',
      given: [{ call: { method: 'SetGateways', on: STATIC, input: gateways(['198.51.100.1']) } }],
      input: gateways(['198.51.100.11']),
      shows: [{ get: STATIC, has: { DefaultIPGateway: null, GatewayCostMetric: null } }],
    },
    { code: 64, when: 'DHCP is enabled, and says it', on: LEASED, input: gateways(['192.0.2.9']) },
    { code: 68, when: 'no gateway is said', input: {} },
    {
      code: 69,
      when: 'there are more than five',
      input: gateways(['1', '2', '3', '4', '5', '6'].map((last) => `198.51.100.${last}`)),
    },
    { code: 71, when: 'it is no address', input: gateways(['gateway']) },
    { code: 90, when: 'a metric is not in 1 to 9999', input: gateways(['198.51.100.1'], [10_000]) },
  ]),
  ofAdapter('EnableDHCP', {}, [
    {
      code: 0,
      when: 'a server answers: the addresses are those that it has',
      on: LEASED,
      given: [WITHOUT_DHCP],
      shows: [{ get: LEASED, has: { DHCPEnabled: true } }, ...renewed],
    },
    {
      code: 0,
      when: 'none answers: the adapter gives itself an address',
      shows: [
        { get: STATIC, has: { DHCPEnabled: true, IPAddress: ['169.254.2.3'], IPSubnet: ['255.255.0.0'] } },
        { get: STATIC, has: { DHCPServer: null, DHCPLeaseObtained: null } },
      ],
    },
  ]),
  ofAdapter('ReleaseDHCPLease', {}, [
    { code: 0, when: 'there is a lease', on: LEASED, shows: released },
    { code: 83, when: 'there is none', on: LEASED, given: [NO_LEASE] },
    notLeased,
  ]),
  ofAll('ReleaseDHCPLeaseAll', {}, [
    { code: 0, when: 'all adapters with DHCP have a lease', shows: released },
    { code: 98, when: 'one has none', given: [NO_LEASE] },
    { code: 100, when: 'no adapter has DHCP', given: [WITHOUT_DHCP] },
  ]),
  ofAdapter('RenewDHCPLease', {}, [
    { code: 0, when: 'a server answers', on: LEASED, given: [NO_LEASE], shows: renewed },
    { code: 82, when: 'none answers', on: LEASED, given: [NO_SERVER] },
    notLeased,
  ]),
  ofAll('RenewDHCPLeaseAll', {}, [
    { code: 0, when: 'a server answers every adapter with DHCP', given: [NO_LEASE], shows: renewed },
    { code: 98, when: 'none answers one of them', given: [NO_SERVER] },
    { code: 100, when: 'no adapter has DHCP', given: [WITHOUT_DHCP] },
  ]),
  ofAdapter('SetTcpipNetbios', { TcpipNetbiosOptions: 1 }, [
    {
      code: 0,
      when: 'IP is enabled on the adapter',
      on: LEASED,
      input: { TcpipNetbiosOptions: 2 },
      shows: [{ get: LEASED, has: { TcpipNetbiosOptions: 2 } }],
    },
    { code: 68, when: 'TcpipNetbiosOptions is not 0, 1 or 2', input: { TcpipNetbiosOptions: 3 } },
    { code: 100, when: 'DHCP is to say it, and DHCPEnabled is false', input: { TcpipNetbiosOptions: 0 } },
  ]),
];

const adapter = (id: number) => `Win32_NetworkAdapter.DeviceID="${id}"`;

/** Adapters, which take what runs on them along. */
export const adapterTables: readonly MethodTable[] = [
  {
    namespace: 'root/cimv2',
    className: 'Win32_NetworkAdapter',
    method: 'Disable',
    on: adapter(1),
    codes: [
      {
        code: 0,
        when: 'always, also when it is disabled already',
        shows: [
          {
            get: adapter(1),
            has: { NetEnabled: false, NetConnectionStatus: 0, ConfigManagerErrorCode: 22 },
          },
          { get: LEASED, has: { IPEnabled: false, IPAddress: null, DefaultIPGateway: null, DHCPServer: null } },
          { associatorsOf: adapter(1), by: 'Win32_NetworkAdapterSetting', find: [configuration(1)] },
        ],
      },
    ],
  },
  {
    namespace: 'root/cimv2',
    className: 'Win32_NetworkAdapter',
    method: 'Enable',
    on: adapter(1),
    codes: [
      {
        code: 0,
        when: 'always: it is as it was before it was disabled',
        given: [{ call: { method: 'Disable', on: adapter(1) } }],
        shows: [
          { get: adapter(1), has: { NetEnabled: true, NetConnectionStatus: 2, ConfigManagerErrorCode: 0 } },
          { get: LEASED, has: { IPEnabled: true, IPAddress: ['192.0.2.11', '2001:db8::11'] } },
        ],
      },
      {
        code: 0,
        when: 'no cable is plugged in',
        on: adapter(3),
        given: [{ call: { method: 'Disable', on: adapter(3) } }],
        shows: [{ get: adapter(3), has: { NetEnabled: false, NetConnectionStatus: 7, ConfigManagerErrorCode: 0 } }],
      },
    ],
  },
];
