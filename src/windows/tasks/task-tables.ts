import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { TASK_SCHEDULER } from '../namespaces.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { makingTables } from './making-tables.js';
import { TaskError } from './task-error.js';
import { newAction, newStartupTrigger, newUserPrincipal, part } from './task-parts.js';
import { INFO_CLASS, TASK_CLASS } from './task-rows.js';

const CLASS = `${TASK_SCHEDULER}:PS_ScheduledTask`;
const table = tablesOn('PS_ScheduledTask', CLASS, TASK_SCHEDULER);

const COPY = { TaskPath: '\\Lab\\', TaskName: 'Nightly copy' };
const OLD = { TaskPath: '\\Lab\\', TaskName: 'Old report' };
const at = (place: Readonly<Record<string, string>>, className: string = TASK_CLASS) =>
  objectPath(`${TASK_SCHEDULER}:${className}`, place);

/** A task as it is given to methods: what it is called is enough to find it. */
const object = (place: TableValues) => new CimInstance(TASK_CLASS, Object.entries(place));
const none = { TaskPath: '\\Lab\\', TaskName: 'None' };

function error(name: keyof typeof TaskError, when: string, more: Partial<ReachedCode> = {}): ReachedCode {
  return { code: TaskError[name], isError: true, when, ...more };
}

/** How a method is told of which task: by name and folder, or by the task itself. */
interface Way {
  readonly suffix: string;
  input(place: TableValues): TableValues;
}
const ways = (byName: string): readonly Way[] => [
  { suffix: byName, input: (place) => place },
  { suffix: 'Object', input: (place) => ({ InputObject: object(place) }) },
];

/** Errors of every method that is told of a task. */
function notThere(input: (place: TableValues) => TableValues): readonly ReachedCode[] {
  return [
    error('fileNotFound', 'there is no such task', { input: input(none) }),
    error('pathNotFound', 'there is no such folder', { input: input({ ...none, TaskPath: '\\None\\' }) }),
    error('invalidParameter', 'the task has no name', { input: input({ TaskName: '' }) }),
    error('invalidName', 'the name has a character that none may have', { input: input({ TaskName: 'a:b' }) }),
  ];
}

const stopped: Arrangement = { set: 'Win32_Service.Name="Schedule"', to: { State: 'Stopped' } };

function refused(input: TableValues): readonly ReachedCode[] {
  return [
    error('accessDenied', 'the caller is no administrator', { given: [NO_ADMINISTRATORS], input }),
    error('serviceNotRunning', 'the service Schedule does not run', { given: [stopped], input }),
  ];
}

const started: Arrangement = { call: { method: 'StartByPath', on: CLASS, input: COPY } };
const PROCESS = 'Win32_Process.Handle="3024"';

const running = [
  ...ways('Path').map(({ suffix, input }) =>
    table(`Start${suffix === 'Path' ? 'ByPath' : 'ByObject'}`, [
      {
        ...{ code: 0, when: 'the task is enabled: it runs, and so does its program', input: input(COPY) },
        shows: [
          { get: at(COPY), has: { State: 4 } },
          { get: at(COPY, INFO_CLASS), has: { LastTaskResult: 0x41301 } },
          { get: PROCESS, has: { Name: 'labtool.exe', CommandLine: 'C:\\Tools\\labtool.exe --copy D:\\Data' } },
        ],
      },
      {
        ...{
          code: 0,
          when: 'it runs already: the request is ignored, as MultipleInstances 2 says',
          input: input(COPY),
        },
        ...{ given: [started], shows: [{ get: at(COPY), has: { State: 4 } }, { gone: 'Win32_Process.Handle="3028"' }] },
      },
      error('disabled', 'it is disabled', { input: input(OLD) }),
      error('noDemandStart', 'its settings do not let it start on demand', {
        given: [{ set: at(COPY), to: { Settings: part('MSFT_TaskSettings3', { AllowDemandStart: false }) } }],
        input: input(COPY),
      }),
      ...[...notThere(input), ...refused(input(COPY))],
    ]),
  ),
  ...ways('Path').map(({ suffix, input }) =>
    table(`Stop${suffix === 'Path' ? 'ByPath' : 'ByObject'}`, [
      {
        ...{ code: 0, when: 'it runs: it is over, and its program ends', input: input(COPY), given: [started] },
        shows: [
          { get: at(COPY), has: { State: 3 } },
          { get: at(COPY, INFO_CLASS), has: { LastTaskResult: 0x41306 } },
          { gone: PROCESS },
        ],
      },
      {
        ...{ code: 0, when: 'it does not run: nothing becomes otherwise', input: input(COPY) },
        shows: [{ get: at(COPY), has: { State: 3 } }],
      },
      ...[...notThere(input), ...refused(input(COPY))],
    ]),
  ),
];

const enabling = ways('Name').flatMap(({ suffix, input }) => [
  table(`EnableBy${suffix}`, [
    {
      ...{ code: 0, when: 'there is the task', input: input(OLD) },
      shows: [{ get: at(OLD), has: { State: 3 } }],
    },
    ...[...notThere(input), ...refused(input(OLD))],
  ]),
  table(`DisableBy${suffix}`, [
    {
      ...{ code: 0, when: 'there is the task', input: input(COPY) },
      shows: [
        { get: at(COPY), has: { State: 1 } },
        { get: at(COPY, INFO_CLASS), has: { NextRunTime: null } },
        { call: { method: `GetInfoBy${suffix}`, on: CLASS, input: input(COPY) }, answers: { ReturnValue: 0 } },
      ],
    },
    ...[...notThere(input), ...refused(input(COPY))],
  ]),
]);

const [, offline] = refused({});
const asking = ways('Name').flatMap(({ suffix, input }) => [
  table(`GetInfoBy${suffix}`, [
    {
      ...{ code: 0, when: 'there is the task', input: input(COPY) },
      shows: [
        {
          answers: {
            cmdletOutput: part(INFO_CLASS, {
              ...{ ...COPY, NumberOfMissedRuns: 0, LastTaskResult: 0 },
              LastRunTime: CimDateTime.parse('20261130020000.000000+000'),
              NextRunTime: CimDateTime.parse('20261201020000.000000+000'),
            }),
          },
        },
      ],
    },
    ...notThere(input),
    ...(offline ? [{ ...offline, input: input(COPY) }] : []),
  ]),
  table(`ExportBy${suffix}`, [
    {
      ...{ code: 0, when: 'there is the task: its definition in XML', input: input(COPY) },
      shows: [{ answers: { ReturnValue: 0 } }],
    },
    ...notThere(input),
    ...(offline ? [{ ...offline, input: input(COPY) }] : []),
  ]),
]);

const NEW = { TaskPath: '\\Lab\\', TaskName: 'New one' };
const Action = [newAction({ Execute: 'C:\\Tools\\labtool.exe', Argument: '--new' })];
const Trigger = [newStartupTrigger({})];
const Principal = newUserPrincipal({ UserId: 'NT AUTHORITY\\SYSTEM', RunLevel: 1 });
const definition = part(TASK_CLASS, { Actions: Action, Triggers: Trigger, Principal, Description: 'New' });
const xml = (command: string) =>
  '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers><BootTrigger /></Triggers>' +
  '<Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals>' +
  `<Actions Context="Author"><Exec>${command}</Exec></Actions></Task>`;
const COMMAND = '<Command>C:\\Tools\\labtool.exe</Command>';

/** What each of the four ways to register a task is given. */
const registrations = {
  RegisterByPrincipal: { Action, Trigger, Principal },
  RegisterByUser: { Action, Trigger, User: 'SYSTEM', RunLevel: 1 },
  RegisterByObject: { InputObject: definition },
  RegisterByXml: { Xml: xml(COMMAND) },
} satisfies Readonly<Record<string, TableValues>>;

/** The same with a definition that is wrong, or an account that there is not. */
const wrong: Readonly<Record<keyof typeof registrations, readonly ReachedCode[]>> = {
  RegisterByPrincipal: [
    error('missingNode', 'it has no action', { input: { ...NEW, Principal } }),
    error('unexpectedNode', 'an action is of a class of something else', {
      input: { ...NEW, Action: Trigger, Principal },
    }),
    error('invalidValue', 'a value of a trigger is none', {
      input: { ...NEW, Action, Trigger: [part('MSFT_TaskBootTrigger', { Delay: 'soon' })] },
    }),
    error('noSuchAccount', 'nobody is called like its principal', {
      input: { ...NEW, Action, Principal: newUserPrincipal({ UserId: 'nobody' }) },
    }),
    error('tooManyNodes', 'it has more than 32 actions', {
      input: { ...NEW, Action: Array.from({ length: 33 }, () => newAction({ Execute: 'cmd.exe' })) },
    }),
  ],
  RegisterByUser: [
    error('missingNode', 'it has no action', { input: { ...NEW, User: 'SYSTEM' } }),
    error('noSuchAccount', 'nobody is called like that', { input: { ...NEW, Action, User: 'nobody' } }),
  ],
  RegisterByObject: [
    error('missingNode', 'it has no action', { input: { ...NEW, InputObject: part(TASK_CLASS, {}) } }),
    error('noSuchAccount', 'nobody is called like that', {
      input: { ...NEW, InputObject: definition, User: 'nobody' },
    }),
  ],
  RegisterByXml: [
    error('malformedXml', 'the text is no XML, or has a document type', { input: { ...NEW, Xml: '<Task>' } }),
    error('unexpectedNode', 'an element is none that there is', { input: { ...NEW, Xml: xml('<Run />') } }),
    error('wrongNamespace', 'an element is in another namespace', {
      input: { ...NEW, Xml: xml(`<x xmlns="urn:x" />${COMMAND}`) },
    }),
    error('tooManyNodes', 'an element is there twice', { input: { ...NEW, Xml: xml(COMMAND + COMMAND) } }),
    error('missingNode', 'what an action runs is missing', { input: { ...NEW, Xml: xml('') } }),
    error('invalidValue', 'a value is none', {
      input: { ...NEW, Xml: xml(COMMAND).replace('<BootTrigger />', '<BootTrigger><Delay>soon</Delay></BootTrigger>') },
    }),
    error('noSuchAccount', 'nobody is called like its principal', {
      input: { ...NEW, Xml: xml(COMMAND).replace('S-1-5-18', 'nobody') },
    }),
  ],
};

const registering = Object.entries(registrations).map(([method, given]) => {
  const input: TableValues = { ...NEW, ...given };
  const again: TableValues = { ...COPY, ...given };
  return table(method, [
    {
      ...{ code: 0, when: 'there is no such task', input },
      shows: [
        { get: at(NEW), has: { State: 3, URI: '\\Lab\\New one' } },
        { get: at(NEW, INFO_CLASS), has: { LastTaskResult: 0x41303, NextRunTime: null } },
      ],
    },
    {
      ...{ code: 0, when: 'there is one, and Force has it replaced', input: { ...again, Force: true } },
      shows: [{ get: at(COPY), has: { State: 3, Author: null } }],
    },
    error('exists', 'there is one', { input: again }),
    error('invalidName', 'the name has a character that none may have', { input: { ...input, TaskName: 'a:b' } }),
    ...(method === 'RegisterByPrincipal' || method === 'RegisterByUser'
      ? [error('invalidParameter', 'it has no name', { input: given })]
      : []),
    ...wrong[method as keyof typeof registrations],
    ...refused(input),
  ]);
});

const RATED = part('MSFT_TaskSettings', { Priority: 11 });
const whole = (place: TableValues, more: TableValues = {}) =>
  part(TASK_CLASS, { ...place, Actions: Action, Principal, Description: 'Again', ...more });

/** What each of the three ways to change a task is given, and what of it stays. */
const changes: readonly {
  readonly method: string;
  readonly description: string;
  input(place: TableValues, Settings?: CimInstance): TableValues;
}[] = [
  {
    ...{ method: 'SetByPrincipal', description: 'Copies the shares of the lab.' },
    input: (place, Settings) => ({ ...place, Action, ...(Settings && { Settings }) }),
  },
  {
    ...{ method: 'SetByUser', description: 'Copies the shares of the lab.' },
    input: (place, Settings) => ({ ...place, Action, User: 'SYSTEM', ...(Settings && { Settings }) }),
  },
  {
    ...{ method: 'SetByObject', description: 'Again' },
    input: (place, Settings) => ({ InputObject: whole(place, { ...(Settings && { Settings }) }) }),
  },
];

const setting = changes.map(({ method, description, input }) =>
  table(method, [
    {
      ...{ code: 0, input: input(COPY) },
      when:
        method === 'SetByObject'
          ? 'there is the task: it is what the object says, from then on'
          : 'there is the task: what is given is otherwise, and the rest stays',
      shows: [{ get: at(COPY), has: { Actions: Action, Description: description, State: 3 } }],
    },
    error('invalidValue', 'a value is none', { input: input(COPY, RATED) }),
    ...notThere((place) => input(place)),
    ...refused(input(COPY)),
  ]),
);

/** The pages of the cmdlets document no codes: what goes wrong ends the call with an error of Windows or of the Task Scheduler. */
export const taskTables: readonly MethodTable[] = [
  ...[...registering, ...setting, ...running, ...enabling, ...asking],
  ...makingTables,
];
