import type { MethodInput } from '../../cim/contracts/provider.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { isSystemAccount } from './task-accounts.js';
import { taskError } from './task-error.js';
import { durationText, momentText } from './task-time.js';

type Values = Readonly<Record<string, CimValue>>;

/** What New-ScheduledTaskSettingsSet has for a caller who says nothing. */
const USUAL = { limit: 'PT72H', priority: 7, multipleInstances: 2, compatibility: 2 } as const;

export const LogonType = { none: 0, password: 1, s4u: 2, interactive: 3, group: 4, service: 5 } as const;

/** What Windows calls the principal of a task, and the context of its actions. */
const AUTHOR = 'Author';

export function part(className: string, values: Values): CimInstance {
  return new CimInstance(className, Object.entries(values));
}

function text(given: CimValue | undefined): string | null {
  return typeof given === 'string' && given !== '' ? given : null;
}

export function newAction(input: MethodInput): CimInstance {
  const Execute = text(input.Execute);
  if (Execute === null) throw taskError('invalidParameter');
  return part('MSFT_TaskExecAction', {
    ...{ Id: text(input.Id), Arguments: text(input.Argument), Execute },
    WorkingDirectory: text(input.WorkingDirectory),
  });
}

export function newGroupPrincipal(input: MethodInput): CimInstance {
  const GroupId = text(input.GroupId);
  if (GroupId === null) throw taskError('invalidParameter');
  return principal(input, { GroupId, UserId: null, LogonType: LogonType.group });
}

export function newUserPrincipal(input: MethodInput): CimInstance {
  const UserId = text(input.UserId);
  if (UserId === null) throw taskError('invalidParameter');
  const usual = isSystemAccount(UserId) ? LogonType.service : LogonType.none;
  return principal(input, { UserId, GroupId: null, LogonType: input.LogonType ?? usual });
}

function principal(input: MethodInput, who: Values): CimInstance {
  return part('MSFT_TaskPrincipal2', {
    ...{ DisplayName: null, Id: text(input.Id) ?? AUTHOR, RunLevel: input.RunLevel ?? 0, ...who },
    ...{ ProcessTokenSidType: input.ProcessTokenSidType ?? 2, RequiredPrivilege: input.RequiredPrivilege ?? null },
  });
}

/** Who runs a task of which nobody says it. */
export function usualPrincipal(user: string, hasPassword: boolean, RunLevel: CimValue = 0): CimInstance {
  const logon = hasPassword ? LogonType.password : LogonType.interactive;
  return newUserPrincipal({ UserId: user, LogonType: isSystemAccount(user) ? LogonType.service : logon, RunLevel });
}

export function newSettings(input: MethodInput): CimInstance {
  const is = (name: string) => input[name] === true;
  const period = durationText(input.MaintenancePeriod);
  const Deadline = durationText(input.MaintenanceDeadline);
  return part('MSFT_TaskSettings3', {
    ...{ AllowDemandStart: !is('DisallowDemandStart'), AllowHardTerminate: !is('DisallowHardTerminate') },
    Compatibility: input.Compatibility ?? USUAL.compatibility,
    DeleteExpiredTaskAfter: durationText(input.DeleteExpiredTaskAfter),
    ...{ DisallowStartIfOnBatteries: !is('AllowStartIfOnBatteries'), Enabled: !is('Disable') },
    ...{ ExecutionTimeLimit: durationText(input.ExecutionTimeLimit) ?? USUAL.limit, Hidden: is('Hidden') },
    IdleSettings: part('MSFT_TaskIdleSettings', {
      ...{ IdleDuration: durationText(input.IdleDuration), RestartOnIdle: is('RestartOnIdle') },
      ...{ StopOnIdleEnd: !is('DontStopOnIdleEnd'), WaitTimeout: durationText(input.IdleWaitTimeout) },
    }),
    MultipleInstances: input.MultipleInstances ?? USUAL.multipleInstances,
    NetworkSettings: part('MSFT_TaskNetworkSettings', { Id: text(input.NetworkId), Name: text(input.NetworkName) }),
    ...{ Priority: input.Priority ?? USUAL.priority, RestartCount: input.RestartCount ?? 0 },
    ...{ RestartInterval: durationText(input.RestartInterval), RunOnlyIfIdle: is('RunOnlyIfIdle') },
    RunOnlyIfNetworkAvailable: is('RunOnlyIfNetworkAvailable'),
    ...{ StartWhenAvailable: is('StartWhenAvailable'), StopIfGoingOnBatteries: !is('DontStopIfGoingOnBatteries') },
    ...{ WakeToRun: is('WakeToRun'), DisallowStartOnRemoteAppSession: is('DisallowStartOnRemoteAppSession') },
    UseUnifiedSchedulingEngine: false,
    MaintenanceSettings:
      period === null && Deadline === null
        ? null
        : part('MSFT_TaskMaintenanceSettings', { Deadline, Exclusive: is('MaintenanceExclusive'), Period: period }),
    Volatile: false,
  });
}

function trigger(kind: string, values: Values, repetition: Values = {}): CimInstance {
  return part(`MSFT_Task${kind}Trigger`, {
    ...{ Enabled: true, EndBoundary: null, ExecutionTimeLimit: null, Id: null },
    Repetition: part('MSFT_TaskRepetitionPattern', {
      ...{ Duration: null, Interval: null, StopAtDurationEnd: false, ...repetition },
    }),
    ...{ StartBoundary: null, ...values },
  });
}

/** @throws HresultError where there is no moment to begin at */
function atOf({ At }: MethodInput): string {
  const moment = At instanceof CimDateTime ? momentText(At) : null;
  if (moment === null) throw taskError('invalidParameter');
  return moment;
}

const delayOf = ({ RandomDelay }: MethodInput) => durationText(RandomDelay);

export function newOnceTrigger(input: MethodInput): CimInstance {
  const [Interval, Duration] = [durationText(input.RepetitionInterval), durationText(input.RepetitionDuration)];
  return trigger('Time', { StartBoundary: atOf(input), RandomDelay: delayOf(input) }, { Interval, Duration });
}

export function newDailyTrigger(input: MethodInput): CimInstance {
  const days = Number(input.DaysInterval ?? 1);
  if (days < 1 || days > 32_767) throw taskError('invalidParameter');
  return trigger('Daily', { StartBoundary: atOf(input), DaysInterval: days, RandomDelay: delayOf(input) });
}

/** Days are counted from Sunday, which is 0, and kept as bits. @throws HresultError for none, or one that there is not */
export function newWeeklyTrigger(input: MethodInput): CimInstance {
  const days = Array.isArray(input.DaysOfWeek) ? input.DaysOfWeek.map(Number) : [];
  const weeks = Number(input.WeeksInterval ?? 1);
  if (days.length === 0 || days.some((day) => day < 0 || day > 6) || weeks < 1 || weeks > 65_535)
    throw taskError('invalidParameter');
  const DaysOfWeek = [...new Set(days)].reduce((mask, day) => mask + 2 ** day, 0);
  return trigger('Weekly', {
    ...{ StartBoundary: atOf(input), DaysOfWeek, WeeksInterval: weeks, RandomDelay: delayOf(input) },
  });
}

export function newLogonTrigger(input: MethodInput): CimInstance {
  return trigger('Logon', { Delay: delayOf(input), UserId: text(input.User) });
}

export function newStartupTrigger(input: MethodInput): CimInstance {
  return trigger('Boot', { Delay: delayOf(input) });
}
