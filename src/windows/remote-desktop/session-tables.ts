import type { MethodTable, ReachedCode, Shown, TableValues } from '../method-table.js';
import { objectPath, tablesOn } from '../table-paths.js';
import { WmiError } from '../wmi-error.js';
import { byPolicy, denied, registry, type SettingRow, settingTable } from './remote-desktop-tables.js';

const NAMESPACE = 'root/cimv2/TerminalServices';
const ofListener = (name: string, value: number) => registry('\\WinStations\\RDP-Tcp', name, value);

/** The setting of a class for the listener, and what makes tables of its methods. */
function on(className: string) {
  const path = objectPath(`${NAMESPACE}:${className}`, { TerminalName: 'RDP-Tcp' });
  const table = tablesOn(className, path, NAMESPACE);
  return {
    path,
    setting: (row: SettingRow) => settingTable(table, path, row),
    method: (
      method: string,
      input: TableValues,
      has: TableValues,
      wrong: TableValues,
      more: readonly ReachedCode[],
      shows: readonly Shown[] = [],
    ) =>
      table(method, [
        { code: WmiError.none, when: 'always', input, shows: [{ get: path, has }, ...shows] },
        denied(input),
        { code: WmiError.invalidParameter, when: 'something is missing, or there is no such value', input: wrong },
        ...more,
      ]),
  };
}

const logon = on('Win32_TSLogonSetting');
const session = on('Win32_TSSessionSetting');
const environment = on('Win32_TSEnvironmentSetting');
const control = on('Win32_TSRemoteControlSetting');
const client = on('Win32_TSClientSetting');
const somebody = { UserName: 'kiosk', Domain: 'LAB', Password: 'secret' };
const idle = { SessionLimitType: 'IdleSessionLimit', ValueLimit: 900_000 };
const program = { InitialProgramPath: 'C:\\Tools\\labtool.exe', Startin: 'C:\\Tools' };
const mapping = { PropertyName: 'ClipboardMapping', Value: true };
const connection = { ConnectClientDrivesAtLogon: 0, ConnectPrinterAtLogon: 0, DefaultToClientPrinter: 1 };

/** Codes other than 0 are WMI's constants, to which the pages refer. */
export const sessionTables: readonly MethodTable[] = [
  logon.setting({
    ...{ method: 'SetPromptForPassword', input: { PromptForPassword: 1 }, wrong: { PromptForPassword: 2 } },
    inRegistry: ofListener('fPromptForPassword', 1),
  }),
  logon.method(
    ...(['ExplicitLogon', somebody, { UserName: 'kiosk', Domain: 'LAB', ClientLogonInfoPolicy: 1 }] as const),
    ...([
      { UserName: 'kiosk' },
      [byPolicy('UserName', logon.path, somebody), byPolicy('Domain', logon.path, somebody)],
    ] as const),
  ),
  session.setting({
    ...{ method: 'BrokenConnection', input: { BrokenConnectionAction: 1 }, wrong: { BrokenConnectionAction: 2 } },
    inRegistry: ofListener('fResetBroken', 1),
  }),
  session.method(
    ...(['TimeLimit', idle, { IdleSessionLimit: 900_000 }, { SessionLimitType: 'Other', ValueLimit: 1 }] as const),
    [byPolicy('IdleSessionLimit', session.path, idle)],
    [ofListener('MaxIdleTime', 900_000)],
  ),
  environment.setting({
    ...{ method: 'SetClientWallPaper', input: { ClientWallPaper: 0 }, wrong: { ClientWallPaper: 2 } },
  }),
  environment.method(...(['InitialProgram', program, program, { Startin: 'C:\\Tools' }] as const), [
    byPolicy('InitialProgramPath', environment.path, program),
    byPolicy('StartIn', environment.path, program),
  ]),
  control.setting({
    ...{ method: 'RemoteControl', input: { LevelOfControl: 2 }, wrong: { LevelOfControl: 5 } },
    inRegistry: ofListener('Shadow', 2),
  }),
  client.setting({ method: 'SetAllowDwm', input: { AllowDwm: 0 }, wrong: { AllowDwm: 2 } }),
  client.setting({
    ...{ method: 'SetColorDepth', input: { ColorDepth: 3 }, wrong: { ColorDepth: 6 } },
    inRegistry: ofListener('ColorDepth', 3),
  }),
  client.setting({ method: 'SetColorDepthPolicy', input: { ColorDepthPolicy: 0 }, wrong: { ColorDepthPolicy: 2 } }),
  client.setting({
    ...{ method: 'SetMaxMonitors', input: { MaxMonitors: 2 }, wrong: { MaxMonitors: 17 } },
    inRegistry: ofListener('MaxMonitors', 2),
  }),
  client.setting({
    ...{ method: 'SetMaxXResolution', input: { MaxXResolution: 1920 }, wrong: { MaxXResolution: 100 } },
    policy: 'MaxResolution',
  }),
  client.setting({
    ...{ method: 'SetMaxYResolution', input: { MaxYResolution: 1080 }, wrong: { MaxYResolution: 9000 } },
    policy: 'MaxResolution',
  }),
  client.method(
    ...(['SetClientProperty', mapping, { ClipboardMapping: 1 }, { PropertyName: 'Other', Value: true }] as const),
    [byPolicy('ClipboardMapping', client.path, mapping)],
  ),
  client.method('ConnectionSettings', connection, connection, { DefaultToClientPrinter: 1 }, [
    byPolicy('DefaultToClientPrinter', client.path, connection),
  ]),
];
