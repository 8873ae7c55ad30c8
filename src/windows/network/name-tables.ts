import type { MethodTable } from '../method-table.js';
import { gone, LEASED, ofAdapter, ofAll, STATIC } from './configuration-table.js';
import { CONFIGURATION_CLASS } from './connection.js';

const servers = (...DNSServerSearchOrder: readonly string[]) => ({ DNSServerSearchOrder });
const wins = (WINSPrimaryServer: string, WINSSecondaryServer: string) => ({ WINSPrimaryServer, WINSSecondaryServer });
const permit = (port: string) => ({
  ...{ IPSecPermitTCPPorts: [port], IPSecPermitUDPPorts: [], IPSecPermitIPProtocols: ['6'] },
});
const metric = (IPConnectionMetric: number) => ({ IPConnectionMetric });
const wanted = { DNSEnabledForWINSResolution: true, WINSEnableLMHostsLookup: false };

function registry(sValueName: string, sValue: string) {
  const sSubKeyName = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
  return {
    call: { method: 'GetStringValue', on: 'StdRegProv', input: { sSubKeyName, sValueName } },
    answers: { sValue },
  };
}

/** How names are found, and what is let through. */
export const nameTables: readonly MethodTable[] = [
  ofAdapter('SetDNSServerSearchOrder', servers('192.0.2.3'), [
    {
      code: 0,
      when: 'IP is enabled on the adapter',
      input: servers('192.0.2.3', '2001:db8::3'),
      shows: [{ get: STATIC, has: servers('192.0.2.3', '2001:db8::3') }],
    },
    {
      code: 0,
      when: 'none is given: they are those that the DHCP server says',
      on: LEASED,
      given: [{ call: { method: 'SetDNSServerSearchOrder', on: LEASED, input: servers('192.0.2.3') } }],
      shows: [{ get: LEASED, has: servers('192.0.2.2') }],
    },
    { code: 70, when: 'one is no address', input: servers('dns') },
  ]),
  ofAdapter('SetDNSDomain', { DNSDomain: 'storage.lab.example' }, [
    {
      code: 0,
      when: 'it is a domain, or empty',
      input: { DNSDomain: 'storage.lab.example' },
      shows: [{ get: STATIC, has: { DNSDomain: 'storage.lab.example' } }],
    },
    { code: 68, when: 'none is given', input: {} },
    { code: 73, when: 'it is none', input: { DNSDomain: 'lab..example' } },
  ]),
  ofAdapter('SetDynamicDNSRegistration', { FullDNSRegistrationEnabled: true }, [
    {
      code: 0,
      when: 'IP is enabled on the adapter',
      input: { FullDNSRegistrationEnabled: true, DomainDNSRegistrationEnabled: true },
      shows: [{ get: STATIC, has: { FullDNSRegistrationEnabled: true, DomainDNSRegistrationEnabled: true } }],
    },
    { code: 68, when: 'FullDNSRegistrationEnabled is missing', input: {} },
  ]),
  ofAdapter('SetWINSServer', wins('192.0.2.4', ''), [
    {
      code: 0,
      when: 'they are addresses; both empty: there are none',
      input: wins('192.0.2.4', '192.0.2.5'),
      shows: [{ get: STATIC, has: wins('192.0.2.4', '192.0.2.5') }],
    },
    { code: 70, when: 'one is no address', input: wins('wins', '') },
    { code: 75, when: 'there is a secondary server and no primary one', input: wins('', '192.0.2.5') },
  ]),
  ofAdapter('SetIPConnectionMetric', metric(30), [
    { code: 0, when: 'it is in 1 to 9999', input: metric(30), shows: [{ get: STATIC, has: metric(30) }] },
    { code: 68, when: 'it is missing', input: {} },
    { code: 90, when: 'it is not', input: metric(0) },
  ]),
  ofAdapter('EnableIPSec', permit('443'), [
    {
      code: 0,
      when: 'numbers of ports and protocols are',
      input: permit('443'),
      shows: [{ get: STATIC, has: permit('443') }],
    },
    { code: 68, when: 'a list is missing', input: {} },
    { code: 79, when: 'one is no number, or too large', input: permit('65536') },
  ]),
  ofAdapter('DisableIPSec', {}, [
    {
      code: 0,
      when: 'IP is enabled on the adapter: everything is let through',
      given: [{ call: { method: 'EnableIPSec', on: STATIC, input: permit('443') } }],
      shows: [{ get: STATIC, has: { IPSecPermitTCPPorts: ['0'], IPSecPermitUDPPorts: ['0'] } }],
    },
  ]),
  ofAll('EnableDNS', { DNSHostName: 'files' }, [
    {
      code: 0,
      when: 'always; what is left out stays',
      input: {
        ...{ DNSHostName: 'files', DNSDomain: 'files.example', ...servers('192.0.2.9') },
        DNSDomainSuffixSearchOrder: ['files.example', 'lab.example'],
      },
      shows: [
        { get: STATIC, has: { DNSHostName: 'files', DNSDomain: 'files.example', ...servers('192.0.2.9') } },
        { get: LEASED, has: { DNSHostName: 'files', DNSDomainSuffixSearchOrder: ['files.example', 'lab.example'] } },
        registry('Hostname', 'files'),
      ],
    },
    { code: 68, when: 'nothing is given', input: {} },
    { code: 70, when: 'a server is no address', input: servers('dns') },
    { code: 73, when: 'the domain is none', input: { DNSDomain: '-.example' } },
    { code: 74, when: 'the host is none', input: { DNSHostName: 'a b' } },
  ]),
  ofAll('SetDNSSuffixSearchOrder', { DNSDomainSuffixSearchOrder: ['lab.example'] }, [
    {
      code: 0,
      when: 'they are domains; none: there are none',
      input: { DNSDomainSuffixSearchOrder: ['lab.example', 'example'] },
      shows: [
        { get: STATIC, has: { DNSDomainSuffixSearchOrder: ['lab.example', 'example'] } },
        registry('SearchList', 'lab.example,example'),
      ],
    },
    { code: 73, when: 'one is none', input: { DNSDomainSuffixSearchOrder: ['lab example'] } },
  ]),
  ofAll('SetDatabasePath', { DatabasePath: 'C:\\Tools' }, [
    {
      code: 0,
      when: 'it is an absolute path, or one below %SystemRoot%',
      input: { DatabasePath: '%SystemRoot%\\hosts' },
      shows: [{ get: STATIC, has: { DatabasePath: '%SystemRoot%\\hosts' } }],
    },
    { code: 77, when: 'it is none', input: { DatabasePath: 'hosts' } },
  ]),
  ofAll('EnableWINS', wanted, [
    {
      code: 0,
      when: 'always',
      input: { ...wanted, WINSHostLookupFile: 'C:\\Tools\\labtool.exe', WINSScopeID: 'LAB' },
      shows: [
        { get: STATIC, has: { ...wanted, WINSHostLookupFile: 'C:\\Tools\\labtool.exe', WINSScopeID: 'LAB' } },
        registry('ScopeID', 'LAB'),
      ],
    },
    { code: 68, when: 'one of the two switches is missing', input: {} },
    { code: 76, when: 'the lab has no such file', input: { ...wanted, WINSHostLookupFile: 'C:\\None\\lmhosts' } },
  ]),
  gone('SetMTU', CONFIGURATION_CLASS, 'always: its page says that it is not supported', { MTU: 1500 }),
  gone('SetIPXFrameTypeNetworkPairs', STATIC, 'always: Windows has no IPX any more', {
    IPXNetworkNumber: ['1'],
    IPXFrameType: [255],
  }),
  gone('SetIPXVirtualNetworkNumber', STATIC, 'always: Windows has no IPX any more', { IPXVirtualNetNumber: '1' }),
];
