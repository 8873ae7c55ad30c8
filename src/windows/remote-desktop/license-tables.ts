import type { Arrangement, MethodTable, ReachedCode, Shown } from '../method-table.js';
import { WmiError } from '../wmi-error.js';
import { byPolicy, denied, ofServer, registry, SERVER } from './remote-desktop-tables.js';

const NAME = 'licences.lab.example';
const named = { LicenseServerName: NAME };
const list = (...SpecifiedLSList: readonly string[]): Shown => ({
  ...{ call: { method: 'GetSpecifiedLicenseServerList', on: SERVER }, answers: { SpecifiedLSList } },
});
const withServers = (...SpecifiedLSList: readonly string[]): Arrangement => ({
  call: { method: 'SetSpecifiedLicenseServerList', on: SERVER, input: { SpecifiedLSList } },
});
const applicationServer: Arrangement = { set: SERVER, to: { TerminalServerMode: 1 } };

/** Of the methods that change the list by one name. */
const ofOne = (method: string, ...more: readonly ReachedCode[]): MethodTable =>
  ofServer(method, [
    ...more,
    { code: WmiError.invalidParameter, when: 'it is no name', input: { LicenseServerName: 'a b' } },
    denied(named),
    byPolicy('ConfiguredLicenseServers', SERVER, named),
  ]);

/** What a Remote Desktop Session Host wants of licences. */
export const licenseTables: readonly MethodTable[] = [
  ofServer('SetSpecifiedLicenseServerList', [
    {
      ...{ code: WmiError.none, when: 'always', input: { SpecifiedLSList: [NAME, 'srv02'] } },
      shows: [list(NAME, 'srv02')],
    },
    { code: WmiError.invalidParameter, when: 'the list is missing, or one of them is no name' },
    denied({ SpecifiedLSList: [NAME] }),
    byPolicy('ConfiguredLicenseServers', SERVER, { SpecifiedLSList: [NAME] }),
  ]),
  ofOne(
    'AddLSToSpecifiedLicenseServerList',
    {
      ...{ code: WmiError.none, when: 'it is not in the list: it is the last then', input: named },
      ...{ given: [withServers('srv02')], shows: [list('srv02', NAME)] },
    },
    {
      ...{ code: WmiError.alreadyExists, when: 'it is in the list', input: named },
      given: [withServers(NAME.toUpperCase())],
    },
  ),
  ofOne(
    'RemoveLSFromSpecifiedLicenseServerList',
    {
      ...{ code: WmiError.none, when: 'it is in the list', input: named },
      ...{ given: [withServers(NAME, 'srv02')], shows: [list('srv02')] },
    },
    { code: WmiError.notFound, when: 'it is not', input: named },
  ),
  ofOne('SetPrimaryLicenseServer', {
    ...{ code: WmiError.none, when: 'always: it is the first then', input: named },
    ...{ given: [withServers('srv02', NAME)], shows: [list(NAME, 'srv02')] },
  }),
  ofServer('EmptySpecifiedLicenseServerList', [
    { code: WmiError.none, when: 'always', given: [withServers(NAME)], shows: [list()] },
    denied(),
    byPolicy('ConfiguredLicenseServers', SERVER, {}),
  ]),
  ofServer('GetSpecifiedLicenseServerList', [
    {
      ...{ code: WmiError.none, when: 'always', given: [withServers(NAME)] },
      shows: [{ answers: { SpecifiedLSList: [NAME] } }],
    },
  ]),
  ofServer('GetRegisteredLicenseServerList', [
    {
      ...{ code: WmiError.none, when: 'always: the directory has none' },
      shows: [{ answers: { RegisteredLSList: [] } }],
    },
  ]),
  ofServer('FindLicenseServers', [
    {
      ...{ code: WmiError.none, when: 'always: those of the list, of which none answers', given: [withServers(NAME)] },
      shows: [{ answers: { Count: 1 } }],
    },
  ]),
  ofServer('GetTStoLSConnectivityStatus', [
    {
      ...{ code: WmiError.none, when: 'always: nobody of a model gives licences', input: { ServerName: NAME } },
      shows: [{ answers: { TStoLSConnectivityStatus: 6 } }],
    },
    { code: WmiError.invalidParameter, when: 'it is no name' },
  ]),
  ofServer('ChangeMode', [
    {
      ...{ code: WmiError.none, when: 'it is a type of the TerminalServerMode: 0, 1 of one that administrates alone' },
      ...{ given: [applicationServer], input: { LicensingType: 4 } },
      shows: [
        { get: SERVER, has: { LicensingType: 4, LicensingName: 'Per User' } },
        registry('\\RCM\\Licensing Core', 'LicensingMode', 4),
      ],
    },
    { code: WmiError.invalidOperation, when: 'it is of the other', input: { LicensingType: 2 } },
    { code: WmiError.invalidParameter, when: 'there is no such type', input: { LicensingType: 3 } },
    denied({ LicensingType: 1 }),
    byPolicy('LicensingType', SERVER, { LicensingType: 1 }),
  ]),
  ofServer('GetGracePeriodDays', [
    {
      ...{ code: WmiError.none, when: 'TerminalServerMode is 1: 120 days begin with the InstallDate of the system' },
      ...{ given: [applicationServer], shows: [{ answers: { DaysLeft: 0 } }] },
    },
    { code: WmiError.invalidOperation, when: 'it is 0: no licences are needed' },
  ]),
  ofServer('GetDomain', [
    {
      ...{ code: WmiError.none, when: 'the computer is in a domain' },
      given: [{ set: 'Win32_ComputerSystem.Name="SRV01"', to: { PartOfDomain: true, Domain: 'lab.example' } }],
      shows: [{ answers: { Domain: 'lab.example' } }],
    },
    {
      ...{ code: WmiError.notFound, when: 'it is in none' },
      given: [{ set: 'Win32_ComputerSystem.Name="SRV01"', to: { PartOfDomain: false } }],
    },
  ]),
];
