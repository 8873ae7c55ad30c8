import type { MethodTable, ReachedCode, Shown, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { RemoteDesktopError } from './remote-desktop.js';

const NAMESPACE = 'root/cimv2/TerminalServices';
const SERVER = objectPath(`${NAMESPACE}:Win32_TerminalServiceSetting`, { ServerName: 'SRV01' });
const LISTENER = objectPath(`${NAMESPACE}:Win32_TSGeneralSetting`, { TerminalName: 'RDP-Tcp' });
const ofServer = tablesOn('Win32_TerminalServiceSetting', SERVER, NAMESPACE);
const ofListener = tablesOn('Win32_TSGeneralSetting', LISTENER, NAMESPACE);

function registry(below: string, sValueName: string, uValue: number): Shown {
  const sSubKeyName = `SYSTEM\\CurrentControlSet\\Control\\Terminal Server${below}`;
  return {
    call: { method: 'GetDWORDValue', on: 'StdRegProv', input: { sSubKeyName, sValueName } },
    answers: { uValue },
  };
}

function refused(input: TableValues, wrong: TableValues): readonly ReachedCode[] {
  return [
    {
      code: RemoteDesktopError.accessDenied,
      when: 'the caller is no administrator',
      given: [NO_ADMINISTRATORS],
      input,
    },
    { code: RemoteDesktopError.invalidParameter, when: 'there is no such value', input: wrong },
  ];
}

/** Codes other than 0 are WMI's constants, which the pages refer to. */
export const remoteDesktopTables: readonly MethodTable[] = [
  ofServer('SetAllowTSConnections', [
    {
      code: 0,
      when: 'always',
      input: { AllowTSConnections: 0, ModifyFirewallException: 0 },
      shows: [{ get: SERVER, has: { AllowTSConnections: 0 } }, registry('', 'fDenyTSConnections', 1)],
    },
    ...refused({ AllowTSConnections: 0 }, { AllowTSConnections: 2 }),
  ]),
  ofServer('SetSingleSession', [
    {
      code: 0,
      when: 'always',
      input: { SingleSession: 0 },
      shows: [{ get: SERVER, has: { SingleSession: 0 } }, registry('', 'fSingleSessionPerUser', 0)],
    },
    ...refused({ SingleSession: 0 }, { SingleSession: 2 }),
  ]),
  ofListener('SetUserAuthenticationRequired', [
    {
      code: 0,
      when: 'always',
      input: { UserAuthenticationRequired: 0 },
      shows: [
        { get: LISTENER, has: { UserAuthenticationRequired: 0 } },
        registry('\\WinStations\\RDP-Tcp', 'UserAuthentication', 0),
      ],
    },
    ...refused({ UserAuthenticationRequired: 0 }, { UserAuthenticationRequired: 2 }),
  ]),
  ofListener('SetSecurityLayer', [
    {
      code: 0,
      when: 'always',
      input: { SecurityLayer: 1 },
      shows: [{ get: LISTENER, has: { SecurityLayer: 1 } }, registry('\\WinStations\\RDP-Tcp', 'SecurityLayer', 1)],
    },
    ...refused({ SecurityLayer: 1 }, { SecurityLayer: 3 }),
    {
      code: RemoteDesktopError.invalidParameter,
      when: 'it is 2, and MinEncryptionLevel is 1',
      given: [{ call: { method: 'SetEncryptionLevel', on: LISTENER, input: { MinEncryptionLevel: 1 } } }],
      input: { SecurityLayer: 2 },
    },
  ]),
  ofListener('SetEncryptionLevel', [
    {
      code: 0,
      when: 'always',
      input: { MinEncryptionLevel: 3 },
      shows: [{ get: LISTENER, has: { MinEncryptionLevel: 3 } }],
    },
    ...refused({ MinEncryptionLevel: 3 }, { MinEncryptionLevel: 5 }),
  ]),
];
