import type { MethodTable, ReachedCode, Shown, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { WmiError } from '../wmi-error.js';

const NAMESPACE = 'root/cimv2/TerminalServices';
export const SERVER = objectPath(`${NAMESPACE}:Win32_TerminalServiceSetting`, { ServerName: 'SRV01' });
const LISTENER = objectPath(`${NAMESPACE}:Win32_TSGeneralSetting`, { TerminalName: 'RDP-Tcp' });
export const ofServer = tablesOn('Win32_TerminalServiceSetting', SERVER, NAMESPACE);
const ofListener = tablesOn('Win32_TSGeneralSetting', LISTENER, NAMESPACE);

export function registry(below: string, sValueName: string, uValue: number): Shown {
  const sSubKeyName = `SYSTEM\\CurrentControlSet\\Control\\Terminal Server${below}`;
  return {
    call: { method: 'GetDWORDValue', on: 'StdRegProv', input: { sSubKeyName, sValueName } },
    answers: { uValue },
  };
}

/** What every method for administrators may answer. */
export function denied(input?: TableValues): ReachedCode {
  return {
    ...{ code: WmiError.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
    ...(input && { input }),
  };
}

/** The setting is one of a group policy. */
export function byPolicy(property: string, on: string, input: TableValues): ReachedCode {
  return {
    ...{ code: WmiError.invalidOperation, when: `PolicySource${property} is 1: a group policy has set it` },
    given: [{ set: on, to: { [`PolicySource${property}`]: 1 } }],
    input,
  };
}

/** A setting and what it is to be, a wrong value, and where the registry has it. */
export interface SettingRow {
  readonly method: string;
  readonly input: TableValues;
  readonly wrong: TableValues;
  /** What `PolicySource…` calls it, where that is something else. */
  readonly policy?: string;
  readonly inRegistry?: Shown;
}

export function settingTable(
  table: typeof ofServer,
  on: string,
  { method, input, wrong, policy, inRegistry }: SettingRow,
  more: readonly ReachedCode[] = [],
): MethodTable {
  const [[property = '', value = null] = []] = Object.entries(input);
  const shows: readonly Shown[] = [
    { get: on, has: { [property]: value } },
    ...(inRegistry === undefined ? [] : [inRegistry]),
  ];
  return table(method, [
    { code: WmiError.none, when: 'always', input, shows },
    denied(input),
    { code: WmiError.invalidParameter, when: 'there is no such value', input: wrong },
    byPolicy(policy ?? property, on, input),
    ...more,
  ]);
}

const serverSettings: readonly SettingRow[] = [
  {
    method: 'SetAllowTSConnections',
    input: { AllowTSConnections: 0, ModifyFirewallException: 0 },
    wrong: { AllowTSConnections: 2 },
    inRegistry: registry('', 'fDenyTSConnections', 1),
  },
  {
    method: 'SetSingleSession',
    input: { SingleSession: 0 },
    wrong: { SingleSession: 2 },
    inRegistry: registry('', 'fSingleSessionPerUser', 0),
  },
  { method: 'SetTimeZoneRedirection', input: { TimeZoneRedirection: 1 }, wrong: { TimeZoneRedirection: 2 } },
  {
    method: 'SetFallbackPrintDriverType',
    input: { FallbackPrintDriverType: 4 },
    wrong: { FallbackPrintDriverType: 5 },
  },
  { method: 'SetProfilePath', input: { ProfilePath: '\\\\srv02\\profiles' }, wrong: {} },
  { method: 'SetHomeDirectory', input: { HomeDirectory: '\\\\srv02\\home' }, wrong: {} },
];

const tooLow: ReachedCode = {
  ...{ code: WmiError.invalidParameter, when: 'it is 2, and MinEncryptionLevel is 1' },
  given: [{ call: { method: 'SetEncryptionLevel', on: LISTENER, input: { MinEncryptionLevel: 1 } } }],
  input: { SecurityLayer: 2 },
};

/** Codes other than 0 are WMI's constants, which the pages refer to. */
export const remoteDesktopTables: readonly MethodTable[] = [
  ...serverSettings.map((row) => settingTable(ofServer, SERVER, row)),
  ofServer('SetPolicyPropertyName', [
    {
      ...{ code: WmiError.none, when: 'it is DeleteTempFolders or UseTempFolders' },
      input: { PropertyName: 'DeleteTempFolders', Value: false },
      shows: [{ get: SERVER, has: { DeleteTempFolders: 0 } }, registry('', 'DeleteTempDirsOnExit', 0)],
    },
    denied({ PropertyName: 'UseTempFolders', Value: false }),
    {
      ...{ code: WmiError.invalidParameter, when: 'there is no such property' },
      input: { PropertyName: 'AllowTSConnections', Value: true },
    },
    { code: WmiError.notSupported, when: 'it is Help', input: { PropertyName: 'Help', Value: true } },
    byPolicy('UseTempFolders', SERVER, { PropertyName: 'UseTempFolders', Value: false }),
  ]),
  ofServer('SetDisableForcibleLogoff', [
    { code: WmiError.notSupported, when: 'always: Windows has it no more', input: { DisableForcibleLogoff: 1 } },
  ]),
  settingTable(ofListener, LISTENER, {
    method: 'SetUserAuthenticationRequired',
    input: { UserAuthenticationRequired: 0 },
    wrong: { UserAuthenticationRequired: 2 },
    inRegistry: registry('\\WinStations\\RDP-Tcp', 'UserAuthentication', 0),
  }),
  settingTable(
    ofListener,
    LISTENER,
    {
      method: 'SetSecurityLayer',
      input: { SecurityLayer: 1 },
      wrong: { SecurityLayer: 3 },
      inRegistry: registry('\\WinStations\\RDP-Tcp', 'SecurityLayer', 1),
    },
    [tooLow],
  ),
  settingTable(ofListener, LISTENER, {
    method: 'SetEncryptionLevel',
    input: { MinEncryptionLevel: 3 },
    wrong: { MinEncryptionLevel: 5 },
    inRegistry: registry('\\WinStations\\RDP-Tcp', 'MinEncryptionLevel', 3),
  }),
];
