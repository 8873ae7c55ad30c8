import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../../../src/cim/model/cim-value.js';
import { newSettings, part, usualPrincipal } from '../../../src/windows/tasks/task-parts.js';
import { INFO_CLASS, TASK_CLASS, taskPath } from '../../../src/windows/tasks/task-rows.js';

type Values = Readonly<Record<string, CimValue>>;

/** A task of the labs, in few words. */
interface LabTask {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly CimInstance[];
  readonly triggers?: readonly CimInstance[];
  readonly settings?: Values;
  readonly user?: string;
  readonly group?: string;
  readonly highest?: boolean;
  readonly isDisabled?: boolean;
  /** How many hours ago it ran, of one whose triggers do not say it. */
  readonly hoursAgo?: number;
  readonly more?: Values;
}

const WINDOWS = '\\Microsoft\\Windows\\';
const com = (ClassId: string, Data: string | null = null) => part('MSFT_TaskComHandlerAction', { ClassId, Data });
const exec = (Execute: string, Arguments: string) => part('MSFT_TaskExecAction', { Execute, Arguments });

const repetition = (values: Values = {}) => part('MSFT_TaskRepetitionPattern', { StopAtDurationEnd: false, ...values });
function trigger(kind: string, values: Values = {}, repeated: Values = {}): CimInstance {
  return part(`MSFT_Task${kind}Trigger`, { Enabled: true, Repetition: repetition(repeated), ...values });
}
const daily = (StartBoundary: string, RandomDelay: string | null = null) =>
  trigger('Daily', { StartBoundary, DaysInterval: 1, RandomDelay });
const weekly = (StartBoundary: string, DaysOfWeek: number) =>
  trigger('Weekly', { StartBoundary, DaysOfWeek, WeeksInterval: 1 });
const boot = (Delay: string | null = null) => trigger('Boot', { Delay });

/** What automatic maintenance runs, which has no trigger of its own. */
const maintained = (Period: string, Deadline: string): Values => ({
  MaintenanceSettings: part('MSFT_TaskMaintenanceSettings', { Period, Deadline, Exclusive: false }),
});
const always: Values = { DisallowStartIfOnBatteries: false, StopIfGoingOnBatteries: false };

const ofWindows: readonly LabTask[] = [
  {
    ...{ path: '.NET Framework\\', name: '.NET Framework NGEN v4.0.30319', hoursAgo: 20 },
    ...{ description: 'Compiles assemblies to native images.', settings: { ...maintained('P1D', 'P14D') } },
    actions: [com('{84F0FAE1-C27B-4F6F-807B-28CF6F96287D}', '/RuntimeWide')],
  },
  {
    ...{ path: '.NET Framework\\', name: '.NET Framework NGEN v4.0.30319 64', hoursAgo: 20 },
    ...{ description: 'Compiles assemblies to native images.', settings: { ...maintained('P1D', 'P14D') } },
    actions: [com('{429BC048-379E-45E0-80E4-EB1977941B5C}', '/RuntimeWide')],
  },
  {
    ...{ path: '.NET Framework\\', name: '.NET Framework NGEN v4.0.30319 Critical', isDisabled: true },
    ...{ description: 'Compiles assemblies that cannot wait.', triggers: [trigger('Idle')] },
    actions: [com('{613FBA38-A3DF-4AB8-9674-5604984A299A}', '/RuntimeWide')],
  },
  {
    ...{ path: 'Autochk\\', name: 'Proxy', isDisabled: true, triggers: [boot('PT30M')] },
    description: 'Collects what the check of volumes at the start has found.',
    actions: [exec('%windir%\\system32\\rundll32.exe', '/d acproxy.dll,PerformAutochkOperations')],
  },
  {
    ...{ path: 'CertificateServicesClient\\', name: 'SystemTask', hoursAgo: 6, settings: always },
    ...{ description: 'Renews and archives certificates of the computer.', triggers: [boot()] },
    actions: [com('{58FB76B9-AC85-4E55-AC04-427593B1D060}', 'SYSTEM')],
  },
  {
    ...{ path: 'CertificateServicesClient\\', name: 'UserTask', group: 'Users', settings: always, hoursAgo: 30 },
    ...{ description: 'Renews and archives certificates of users.', triggers: [trigger('Logon')] },
    actions: [com('{58FB76B9-AC85-4E55-AC04-427593B1D060}', 'USER')],
  },
  {
    ...{ path: 'Chkdsk\\', name: 'ProactiveScan', hoursAgo: 44, settings: maintained('P7D', 'P1M') },
    description: 'Looks for errors of volumes.',
    actions: [com('{CF4270F5-2E43-4468-83B3-A8C45BB33EA1}')],
  },
  {
    ...{ path: 'Data Integrity Scan\\', name: 'Data Integrity Scan' },
    ...{ description: 'Looks for errors of volumes that can mend themselves.' },
    triggers: [weekly('2011-01-01T23:00:00', 64)],
    actions: [com('{DCFD3EA8-D960-4719-8206-490AE315F94F}', '-AppID')],
  },
  {
    ...{ path: 'Data Integrity Scan\\', name: 'Data Integrity Scan for Crash Recovery', triggers: [boot('PT5M')] },
    description: 'Looks for errors of volumes after a crash.',
    actions: [com('{DCFD3EA8-D960-4719-8206-490AE315F94F}', '-CrashRecovery')],
  },
  {
    ...{ path: 'Diagnosis\\', name: 'Scheduled', hoursAgo: 19, settings: maintained('P1D', 'P7D') },
    description: 'Looks for problems of the system.',
    actions: [com('{C1F85EF8-BCC2-4606-BB39-70C523715EB3}')],
  },
  {
    ...{ path: 'MemoryDiagnostic\\', name: 'ProcessMemoryDiagnosticEvents', group: 'Administrators', isDisabled: true },
    ...{ description: 'Plans a check of the memory after errors.', highest: true },
    actions: [com('{8168E74A-B39F-46D8-ADCD-7BED477B80A3}', 'Event')],
  },
  {
    ...{ path: 'Plug and Play\\', name: 'Device Install Reboot Required', isDisabled: true, group: 'Users' },
    description: 'Tells that a new device wants a restart.',
    actions: [com('{48794782-6A1F-47B9-BD52-1D5F95D49C1B}')],
  },
  {
    ...{ path: 'Registry\\', name: 'RegIdleBackup', hoursAgo: 20, settings: maintained('P10D', 'P14D') },
    description: 'Keeps a copy of the registry.',
    actions: [com('{CA767AA8-9157-4604-B64B-40747123D5F2}')],
  },
  {
    ...{ path: 'SoftwareProtectionPlatform\\', name: 'SvcRestartTask', user: 'NETWORK SERVICE' },
    ...{ description: 'Starts the service of licences again.', triggers: [daily('2026-01-05T09:10:00')] },
    actions: [com('{B1AEBB5D-EAD9-4476-B375-9C3ED9F32AFC}', 'timer')],
  },
  {
    ...{ path: 'Task Manager\\', name: 'Interactive', group: 'Users', settings: { Hidden: true } },
    description: 'Runs what a user starts from the list of tasks.',
    actions: [com('{855FEC53-D2E4-4999-9E87-3414E9CF0FF4}', '$(Arg0)')],
  },
  {
    ...{ path: 'TextServicesFramework\\', name: 'MsCtfMonitor', group: 'Users', hoursAgo: 30 },
    ...{ description: 'Watches the text services of a session.', triggers: [trigger('Logon')] },
    actions: [com('{01575CFE-9A55-4003-A5E1-F38D1EBDCBE1}')],
  },
  {
    ...{ path: 'Time Synchronization\\', name: 'ForceSynchronizeTime', user: 'LOCAL SERVICE' },
    description: 'Sets the clock by its servers.',
    actions: [com('{A31AD6C2-FF4C-43D4-8E90-7101023096F9}', 'TimeSyncTask')],
  },
  {
    ...{ path: 'Time Synchronization\\', name: 'SynchronizeTime', user: 'LOCAL SERVICE', highest: true },
    ...{ description: 'Keeps the clock by its servers.', triggers: [weekly('2005-01-01T01:00:00', 1)] },
    actions: [exec('%windir%\\system32\\sc.exe', 'start w32time task_started')],
  },
  {
    ...{ path: 'TPM\\', name: 'Tpm-Maintenance', settings: always, triggers: [boot()] },
    description: 'Readies the chip for keys.',
    actions: [com('{5014B7C8-934E-4262-9816-887FA745A6C4}', 'TpmTasks')],
  },
  {
    ...{ path: 'WDI\\', name: 'ResolutionHost', group: 'Users', hoursAgo: 90 },
    description: 'Lets a user solve what was diagnosed.',
    actions: [com('{900BE39D-6BE8-461A-BC4D-B0FA71F5ECB1}', '$(Arg0)')],
  },
  {
    ...{ path: 'WindowsUpdate\\', name: 'Scheduled Start', settings: { ...always, StartWhenAvailable: true } },
    ...{ description: 'Starts the service of updates.', triggers: [daily('2026-01-06T04:25:00', 'PT30M')] },
    actions: [exec('C:\\Windows\\system32\\sc.exe', 'start wuauserv')],
  },
  {
    ...{ path: 'Wininet\\', name: 'CacheTask', group: 'Users', triggers: [trigger('Logon')], hoursAgo: 30 },
    description: 'Keeps the cache of the network.',
    actions: [com('{0358B920-0AC7-461F-98F4-58E32CD89148}')],
  },
].map((task): LabTask => ({ ...task, path: `${WINDOWS}${task.path}` }));

const own: readonly LabTask[] = [
  {
    ...{ path: '\\Lab\\', name: 'Nightly copy', highest: true, triggers: [daily('2026-01-05T02:00:00')] },
    ...{
      description: 'Copies the shares of the lab.',
      settings: { StartWhenAvailable: true, ExecutionTimeLimit: 'PT2H' },
    },
    actions: [exec('C:\\Tools\\labtool.exe', '--copy D:\\Data')],
    more: { Author: 'LAB\\lab', Date: '2026-01-05T09:00:00' },
  },
  {
    ...{ path: '\\Lab\\', name: 'Hourly check', settings: always },
    ...{ description: 'Asks the agents of the lab how they are.' },
    triggers: [trigger('Time', { StartBoundary: '2026-01-05T00:30:00' }, { Interval: 'PT1H' })],
    actions: [exec('powershell.exe', '-NoProfile -Command "Get-Service"')],
    more: { Author: 'LAB\\lab', Date: '2026-01-05T09:05:00' },
  },
  {
    ...{ path: '\\Lab\\', name: 'Warm up', triggers: [boot('PT1M')] },
    ...{ description: 'Readies the agents after a start.', settings: always },
    actions: [exec('C:\\Tools\\labtool.exe', '--warm-up')],
    more: { Author: 'LAB\\lab', Date: '2026-01-05T09:10:00' },
  },
  {
    ...{ path: '\\Lab\\', name: 'Old report', isDisabled: true, triggers: [weekly('2026-01-05T06:30:00', 2)] },
    ...{ description: 'Nobody reads it any more.', user: 'lab', hoursAgo: 2000 },
    actions: [exec('C:\\Tools\\labtool.exe', '--report')],
    more: { Author: 'LAB\\lab', Date: '2026-01-05T09:15:00' },
  },
];

/** The tasks that computers of the labs have, each with what is told of its runs. */
export const labTasks: readonly CimInstance[] = [...own, ...ofWindows].flatMap(instances);

function instances({ path, name, ...task }: LabTask): readonly CimInstance[] {
  const place = { TaskPath: path, TaskName: name };
  const ago = task.hoursAgo === undefined ? null : CimDateTime.interval(BigInt(task.hoursAgo) * 3_600_000_000n);
  const values: Values = {
    ...{ Actions: task.actions, Author: 'Microsoft Corporation', Description: task.description },
    ...{ Principal: principal(task), Settings: settings(task), Triggers: task.triggers ?? [] },
    ...{ ...place, URI: `${path}${name}`, ...task.more },
  };
  return [
    instance(TASK_CLASS, values).at(taskPath(place)),
    instance(INFO_CLASS, {
      ...{ ...place, LastRunTime: ago, LastTaskResult: ago && 0 },
    }).at(taskPath(place, INFO_CLASS)),
  ];
}

function principal({ user = 'SYSTEM', group, highest = false }: Omit<LabTask, 'path' | 'name'>): CimInstance {
  const found = usualPrincipal(user, false, highest ? 1 : 0);
  return group === undefined ? found : found.with({ UserId: null, GroupId: group, LogonType: 4 });
}

function settings({ settings: own = {}, isDisabled = false }: Omit<LabTask, 'path' | 'name'>): CimInstance {
  return newSettings({}).with({ ...own, Enabled: !isDisabled });
}

function instance(className: string, values: Values): CimInstance {
  return withoutNulls(new CimInstance(className, Object.entries(values)));
}

/** What is NULL need not be said. */
function withoutNulls(one: CimInstance): CimInstance {
  const scalar = (value: CimScalar | null) => (value instanceof CimInstance ? withoutNulls(value) : value);
  const set = Array.from(one.properties)
    .filter(([, value]) => value !== null)
    .map(([key, value]): [string, CimValue] => [key, isCimArray(value) ? value.map(scalar) : scalar(value)]);
  return new CimInstance(one.className, set, one.path);
}
