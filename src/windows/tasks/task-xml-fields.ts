/** What an element of a task's XML says of a property of the class: text, a value of another type, or one of several words. */
export interface XmlField {
  readonly element: string;
  readonly property: string;
  readonly kind: 'text' | 'boolean' | 'number' | readonly string[];
  /** What is not written, since it is meant where nothing is said. */
  readonly usual?: string | number | boolean;
  /** Of a list: the element that each value has inside of this one. */
  readonly each?: string;
}

function field(element: string, kind: XmlField['kind'], property = element, usual?: XmlField['usual']): XmlField {
  return { element, property, kind, ...(usual !== undefined && { usual }) };
}

export const TASK_NAMESPACE = 'http://schemas.microsoft.com/windows/2004/02/mit/task';

/** Versions of the schema, by what a task is compatible with (the page of Compatibility): 2 is Windows Vista. */
export const xmlVersions = ['1.1', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6'];
export const USUAL_VERSION = '1.2';

export const registrationFields: readonly XmlField[] = [
  ...['Date', 'Author', 'Version', 'Description', 'Documentation', 'Source', 'SecurityDescriptor', 'URI'].map((name) =>
    field(name, 'text'),
  ),
];

const LOGON_TYPES = ['', 'Password', 'S4U', 'InteractiveToken', '', '', 'InteractiveTokenOrPassword'];

export const principalFields: readonly XmlField[] = [
  ...[field('UserId', 'text'), field('GroupId', 'text'), field('LogonType', LOGON_TYPES)],
  ...[field('DisplayName', 'text'), field('RunLevel', ['LeastPrivilege', 'HighestAvailable'], 'RunLevel', 0)],
  field('ProcessTokenSidType', ['None', 'Unrestricted', 'Default'], 'ProcessTokenSidType', 2),
  { ...field('RequiredPrivileges', 'text', 'RequiredPrivilege'), each: 'Privilege' },
];

export const settingsFields: readonly XmlField[] = [
  field('AllowStartOnDemand', 'boolean', 'AllowDemandStart', true),
  field('MultipleInstancesPolicy', ['Parallel', 'Queue', 'IgnoreNew', 'StopExisting'], 'MultipleInstances'),
  ...[field('DisallowStartIfOnBatteries', 'boolean'), field('StopIfGoingOnBatteries', 'boolean')],
  field('AllowHardTerminate', 'boolean', 'AllowHardTerminate', true),
  field('StartWhenAvailable', 'boolean', 'StartWhenAvailable', false),
  field('RunOnlyIfNetworkAvailable', 'boolean', 'RunOnlyIfNetworkAvailable', false),
  field('WakeToRun', 'boolean', 'WakeToRun', false),
  ...[field('Enabled', 'boolean', 'Enabled', true), field('Hidden', 'boolean', 'Hidden', false)],
  ...[field('DeleteExpiredTaskAfter', 'text'), field('ExecutionTimeLimit', 'text', 'ExecutionTimeLimit', 'PT72H')],
  ...[field('Priority', 'number', 'Priority', 7), field('RunOnlyIfIdle', 'boolean', 'RunOnlyIfIdle', false)],
  field('DisallowStartOnRemoteAppSession', 'boolean', 'DisallowStartOnRemoteAppSession', false),
  field('UseUnifiedSchedulingEngine', 'boolean', 'UseUnifiedSchedulingEngine', false),
  field('Volatile', 'boolean', 'Volatile', false),
];

/** Elements inside of Settings that have some of their own; each is an instance that is embedded, but for RestartOnFailure. */
export const restartFields: readonly XmlField[] = [
  field('Interval', 'text', 'RestartInterval'),
  field('Count', 'number', 'RestartCount'),
];
export const idleFields: readonly XmlField[] = [
  ...[field('Duration', 'text', 'IdleDuration'), field('WaitTimeout', 'text')],
  ...[field('StopOnIdleEnd', 'boolean'), field('RestartOnIdle', 'boolean')],
];
export const networkFields: readonly XmlField[] = [field('Name', 'text'), field('Id', 'text')];
export const maintenanceFields: readonly XmlField[] = [
  ...[field('Period', 'text'), field('Deadline', 'text'), field('Exclusive', 'boolean', 'Exclusive', false)],
];

export const repetitionFields: readonly XmlField[] = [
  ...[field('Interval', 'text'), field('Duration', 'text')],
  field('StopAtDurationEnd', 'boolean', 'StopAtDurationEnd', false),
];

const anyTrigger = [
  ...[field('StartBoundary', 'text'), field('EndBoundary', 'text'), field('ExecutionTimeLimit', 'text')],
  field('Enabled', 'boolean', 'Enabled', true),
];
const delay = field('Delay', 'text');
const randomDelay = field('RandomDelay', 'text');
const userId = field('UserId', 'text');
const STATE_CHANGES = [
  ...['', 'ConsoleConnect', 'ConsoleDisconnect', 'RemoteConnect', 'RemoteDisconnect', '', '', 'SessionLock'],
  'SessionUnlock',
];

/** A kind of trigger: its element, its class, what is said in it, and for calendars the element inside of it that says which days. */
export interface XmlTrigger {
  readonly element: string;
  readonly className: string;
  readonly fields: readonly XmlField[];
  readonly schedule?: { readonly element: string; readonly fields: readonly XmlField[] };
}

function kind(name: string, fields: readonly XmlField[], schedule?: XmlTrigger['schedule']): XmlTrigger {
  const element = schedule ? 'CalendarTrigger' : `${name}Trigger`;
  return {
    element,
    className: `MSFT_Task${name}Trigger`,
    fields: [...anyTrigger, ...fields],
    ...(schedule && { schedule }),
  };
}

/** Days, weeks and months, which classes keep as bits; elements that are read by {@link bitNames}. */
export const xmlTriggers: readonly XmlTrigger[] = [
  ...[kind('Boot', [delay]), kind('Registration', [delay]), kind('Idle', []), kind('Time', [randomDelay])],
  ...[kind('Logon', [userId, delay]), kind('Event', [field('Subscription', 'text'), delay])],
  kind('SessionStateChange', [field('StateChange', STATE_CHANGES), userId, delay]),
  kind('Daily', [randomDelay], { element: 'ScheduleByDay', fields: [field('DaysInterval', 'number')] }),
  kind('Weekly', [randomDelay], { element: 'ScheduleByWeek', fields: [field('WeeksInterval', 'number')] }),
  kind('Monthly', [randomDelay], { element: 'ScheduleByMonth', fields: [] }),
  kind('MonthlyDOW', [randomDelay], { element: 'ScheduleByMonthDayOfWeek', fields: [] }),
];

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November'],
  'December',
];

/** Elements with one element for each bit of a property: by its name, or, with `each`, by its text. */
export interface XmlBits {
  readonly element: string;
  readonly property: string;
  readonly names: readonly string[];
  /** Elements that have the names as their text. */
  readonly each?: string;
  /** The property that is true for `Last`. */
  readonly last?: string;
}

const daysOfWeek: XmlBits = { element: 'DaysOfWeek', property: 'DaysOfWeek', names: DAYS };
const months: XmlBits = { element: 'Months', property: 'MonthOfYear', names: MONTHS };
const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at + 1));

export const xmlBits: Readonly<Record<string, readonly XmlBits[]>> = {
  ScheduleByWeek: [daysOfWeek],
  ScheduleByMonth: [
    {
      ...{ element: 'DaysOfMonth', property: 'DaysOfMonth', names: numbers(31), each: 'Day' },
      last: 'RunOnLastDayOfMonth',
    },
    months,
  ],
  ScheduleByMonthDayOfWeek: [
    {
      ...{ element: 'Weeks', property: 'WeeksOfMonth', names: numbers(4), each: 'Week' },
      last: 'RunOnLastWeekOfMonth',
    },
    ...[daysOfWeek, months],
  ],
};

/** A kind of action: its element, its class, and what is said in it. */
export const xmlActions = [
  {
    ...{ element: 'Exec', className: 'MSFT_TaskExecAction' },
    fields: [field('Command', 'text', 'Execute'), field('Arguments', 'text'), field('WorkingDirectory', 'text')],
  },
  {
    ...{ element: 'ComHandler', className: 'MSFT_TaskComHandlerAction' },
    fields: [field('ClassId', 'text'), field('Data', 'text')],
  },
] satisfies readonly Pick<XmlTrigger, 'element' | 'className' | 'fields'>[];
