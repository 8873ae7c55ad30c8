import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { TASK_SCHEDULER } from '../namespaces.js';
import { tablesOn } from '../table-paths.js';
import { TaskError } from './task-error.js';
import { newAction, part } from './task-parts.js';

const table = tablesOn('PS_ScheduledTask', `${TASK_SCHEDULER}:PS_ScheduledTask`, TASK_SCHEDULER);
const At = CimDateTime.parse('20261201030000.000000+060');
const START = '2026-12-01T03:00:00+01:00';
const interval = (seconds: bigint) => CimDateTime.interval(seconds * 1_000_000n);

const stopped: ReachedCode = {
  ...{ code: TaskError.serviceNotRunning, isError: true, when: 'the service Schedule does not run' },
  given: [{ set: 'Win32_Service.Name="Schedule"', to: { State: 'Stopped' } }],
};

function made(className: string, values: TableValues): NonNullable<ReachedCode['shows']> {
  return [{ answers: { cmdletOutput: part(className, values) } }];
}

function making(
  method: string,
  input: TableValues,
  shows: NonNullable<ReachedCode['shows']>,
  wrong?: { readonly input: TableValues; readonly when: string },
): MethodTable {
  return table(method, [
    { code: 0, when: 'always: the part is made, and nothing is registered', input, shows },
    ...(wrong ? [{ code: TaskError.invalidParameter, isError: true as const, ...wrong }] : []),
    { ...stopped, input },
  ]);
}

const noMoment = (input: TableValues) => ({ input, when: 'At is missing, or no moment' });

/** Methods that make a part of a definition, and change nothing. */
export const makingTables: readonly MethodTable[] = [
  making(
    'New',
    { Action: [newAction({ Execute: 'cmd.exe' })], Description: 'New' },
    made('MSFT_ScheduledTask', { Description: 'New' }),
  ),
  making(
    'NewActionByExec',
    { Execute: 'cmd.exe', Argument: '/c dir' },
    made('MSFT_TaskExecAction', { Execute: 'cmd.exe', Arguments: '/c dir' }),
    { input: {}, when: 'Execute is missing' },
  ),
  making(
    'NewPrincipalByGroup',
    { GroupId: 'BUILTIN\\Users' },
    made('MSFT_TaskPrincipal2', { GroupId: 'BUILTIN\\Users', LogonType: 4, RunLevel: 0 }),
    { input: {}, when: 'GroupId is missing' },
  ),
  making(
    'NewPrincipalByUser',
    { UserId: 'SYSTEM', RunLevel: 1 },
    made('MSFT_TaskPrincipal2', { UserId: 'SYSTEM', LogonType: 5, RunLevel: 1 }),
    { input: {}, when: 'UserId is missing' },
  ),
  making(
    'NewSettings',
    { StartWhenAvailable: true, ExecutionTimeLimit: interval(5400n), RestartInterval: interval(86_460n) },
    made('MSFT_TaskSettings3', {
      ...{ AllowDemandStart: true, Compatibility: 2, MultipleInstances: 2, Priority: 7, StartWhenAvailable: true },
      ...{ ExecutionTimeLimit: 'PT1H30M', RestartInterval: 'P1DT1M' },
    }),
  ),
  making(
    'NewTriggerByOnce',
    { Once: true, At, RepetitionInterval: interval(300n) },
    made('MSFT_TaskTimeTrigger', {
      ...{ Enabled: true, StartBoundary: START },
      Repetition: part('MSFT_TaskRepetitionPattern', { Interval: 'PT5M', StopAtDurationEnd: false }),
    }),
    noMoment({ Once: true }),
  ),
  making(
    'NewTriggerByDaily',
    { Daily: true, At, DaysInterval: 3, RandomDelay: interval(0n) },
    made('MSFT_TaskDailyTrigger', { Enabled: true, StartBoundary: START, DaysInterval: 3, RandomDelay: 'PT0S' }),
    noMoment({ Daily: true, DaysInterval: 1 }),
  ),
  making(
    'NewTriggerByWeekly',
    { Weekly: true, At, DaysOfWeek: [0, 6], WeeksInterval: 2 },
    made('MSFT_TaskWeeklyTrigger', { StartBoundary: START, DaysOfWeek: 65, WeeksInterval: 2 }),
    { input: { Weekly: true, At, DaysOfWeek: [7] }, when: 'a day is none, or there is no day, or At is missing' },
  ),
  making('NewTriggerByLogon', { AtLogOn: true, User: 'lab' }, made('MSFT_TaskLogonTrigger', { UserId: 'lab' })),
  making(
    'NewTriggerByStartup',
    { AtStartup: true, RandomDelay: interval(60n) },
    made('MSFT_TaskBootTrigger', { Delay: 'PT1M' }),
  ),
];
