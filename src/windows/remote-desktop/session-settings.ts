import type { MethodImplementation, Provider } from '../../cim/contracts/provider.js';
import { shorten } from '../../cim/model/shorten.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import { WmiError } from '../wmi-error.js';
import { checkNoPolicy, derivedFrom, LISTENER_KEY, putSetting, type Setting, settingsProvider } from './setting.js';

const DONE = { ReturnValue: WmiError.none };
/** A flag of the listener. */
const FLAG = [0, 1] as const;
const registry = (value: string) => ({ key: LISTENER_KEY, value });

const ofLogon: readonly Setting[] = [
  {
    method: 'SetPromptForPassword',
    property: 'PromptForPassword',
    range: FLAG,
    registry: registry('fPromptForPassword'),
  },
];

/** Whoever connects is logged on as this account. The password is taken, and kept nowhere. */
const explicitLogon: MethodImplementation = forAdministrators(
  WmiError.accessDenied,
  async (setting, { UserName, Domain, Password }, context) => {
    for (const [name, given] of Object.entries({ UserName, Domain, Password }))
      if (typeof given !== 'string') throw new MethodRefusal(WmiError.invalidParameter, `${name} is missing`);
    checkNoPolicy(setting, 'Domain');
    await putSetting(setting, { property: 'UserName' }, String(UserName), context);
    const named = (await context.store.get(setting.path)) ?? setting;
    await context.store.put(named.with({ Domain: String(Domain), ClientLogonInfoPolicy: 1 }));
    return DONE;
  },
);

const ofSessions: readonly Setting[] = [
  {
    ...{ method: 'BrokenConnection', property: 'BrokenConnectionAction', range: FLAG },
    registry: registry('fResetBroken'),
  },
];

/** Limits of sessions, in milliseconds, by `SessionLimitType`. */
const LIMITS = {
  ActiveSessionLimit: registry('MaxConnectionTime'),
  DisconnectedSessionLimit: registry('MaxDisconnectionTime'),
  IdleSessionLimit: registry('MaxIdleTime'),
} as const;

const timeLimit: MethodImplementation = forAdministrators(
  WmiError.accessDenied,
  async (setting, { SessionLimitType, ValueLimit }, context) => {
    const property = Object.keys(LIMITS).find((one) => one === SessionLimitType) as keyof typeof LIMITS | undefined;
    if (property === undefined || typeof ValueLimit !== 'number')
      throw new MethodRefusal(
        WmiError.invalidParameter,
        `SessionLimitType ${shorten(String(SessionLimitType), 40)} or ValueLimit is none`,
      );
    await putSetting(setting, { property, registry: LIMITS[property] }, ValueLimit, context);
    return DONE;
  },
);

const ofEnvironment: readonly Setting[] = [{ method: 'SetClientWallPaper', property: 'ClientWallPaper', range: FLAG }];

const initialProgram: MethodImplementation = forAdministrators(
  WmiError.accessDenied,
  async (setting, { InitialProgramPath, Startin }, context) => {
    if (typeof InitialProgramPath !== 'string' || typeof Startin !== 'string')
      throw new MethodRefusal(WmiError.invalidParameter, 'InitialProgramPath or Startin is missing');
    checkNoPolicy(setting, 'StartIn');
    await putSetting(setting, { property: 'InitialProgramPath' }, InitialProgramPath, context);
    const named = (await context.store.get(setting.path)) ?? setting;
    await context.store.put(named.with({ Startin }));
    return DONE;
  },
);

const ofRemoteControl: readonly Setting[] = [
  { method: 'RemoteControl', property: 'LevelOfControl', range: [0, 4], registry: registry('Shadow') },
];

const ofClients: readonly Setting[] = [
  { method: 'SetAllowDwm', property: 'AllowDwm', range: FLAG },
  { method: 'SetColorDepth', property: 'ColorDepth', range: [1, 5], registry: registry('ColorDepth') },
  { method: 'SetColorDepthPolicy', property: 'ColorDepthPolicy', range: FLAG },
  { method: 'SetMaxMonitors', property: 'MaxMonitors', range: [1, 16], registry: registry('MaxMonitors') },
  { method: 'SetMaxXResolution', property: 'MaxXResolution', policy: 'MaxResolution', range: [200, 8192] },
  { method: 'SetMaxYResolution', property: 'MaxYResolution', policy: 'MaxResolution', range: [200, 8192] },
];

/** What is mapped for clients: 1 where it is not. */
const MAPPINGS: readonly string[] = [
  ...['LPTPortMapping', 'COMPortMapping', 'AudioMapping', 'ClipboardMapping', 'DriveMapping', 'WindowsPrinterMapping'],
  ...['PNPRedirection', 'AudioCaptureRedir', 'VideoPlaybackRedir'],
];

const setClientProperty: MethodImplementation = forAdministrators(
  WmiError.accessDenied,
  async (setting, { PropertyName, Value }, context) => {
    const property = MAPPINGS.find((one) => one === PropertyName);
    if (property === undefined || typeof Value !== 'boolean')
      throw new MethodRefusal(WmiError.invalidParameter, 'PropertyName or Value is none');
    await putSetting(setting, { property }, Number(Value), context);
    return DONE;
  },
);

const AT_LOGON = ['ConnectClientDrivesAtLogon', 'ConnectPrinterAtLogon', 'DefaultToClientPrinter'] as const;

const connectionSettings: MethodImplementation = forAdministrators(
  WmiError.accessDenied,
  async (setting, input, context) => {
    const values = AT_LOGON.map((name) => [name, input[name]] as const);
    if (!values.every(([, given]) => given === 0 || given === 1))
      throw new MethodRefusal(WmiError.invalidParameter, `${AT_LOGON.join(', ')} are each 0 or 1`);
    checkNoPolicy(setting, 'DefaultToClientPrinter');
    await context.store.put(setting.with(Object.fromEntries(values) as Record<string, number>));
    return DONE;
  },
);

/** What a listener of Remote Desktop does with those who connect. */
export function sessionSettings(): readonly Provider[] {
  const limits = Object.fromEntries(
    Object.entries(LIMITS).map(([property, place]) => [property, derivedFrom(property, place)]),
  );
  return [
    settingsProvider('Win32_TSLogonSetting', ofLogon, { methods: { ExplicitLogon: explicitLogon } }),
    settingsProvider('Win32_TSSessionSetting', ofSessions, { methods: { TimeLimit: timeLimit }, derived: limits }),
    settingsProvider('Win32_TSEnvironmentSetting', ofEnvironment, { methods: { InitialProgram: initialProgram } }),
    settingsProvider('Win32_TSRemoteControlSetting', ofRemoteControl),
    settingsProvider('Win32_TSClientSetting', ofClients, {
      methods: { SetClientProperty: setClientProperty, ConnectionSettings: connectionSettings },
    }),
  ];
}
