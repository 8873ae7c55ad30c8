import { defineProvider } from '../../cim/contracts/define-provider.js';
import type {
  DerivationContext,
  DerivedValue,
  MethodContext,
  MethodInput,
  MethodOutput,
  Provider,
} from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { CIMV2 } from '../namespaces.js';
import { timestampOf } from '../timestamp.js';
import { readTaskXml } from './read-task-xml.js';
import {
  checkMayChange,
  definitionIn,
  definitionOf,
  enableTask,
  principalOf,
  registerTask,
  setTask,
} from './register-task.js';
import { forgetTask, startTask, stopTask } from './run-task.js';
import { taskError } from './task-error.js';
import { RunResult } from './task-outcome.js';
import {
  newAction,
  newDailyTrigger,
  newGroupPrincipal,
  newLogonTrigger,
  newOnceTrigger,
  newSettings,
  newStartupTrigger,
  newUserPrincipal,
  newWeeklyTrigger,
  usualPrincipal,
} from './task-parts.js';
import {
  findTask,
  INFO_CLASS,
  placeIn,
  placeOf,
  placeOfInstance,
  TASK_CLASS,
  type TaskPlace,
  taskPath,
} from './task-rows.js';
import { isEnabled, runsOf, TaskState } from './task-runs.js';
import { writeTaskXml } from './write-task-xml.js';

/** What Windows says of a task that has never run: the midnight with which this day begins where the computer is. */
const NEVER = Date.UTC(1999, 10, 30);

type Work = (
  input: MethodInput,
  context: MethodContext,
) => Promise<CimInstance | string | undefined> | CimInstance | string;

/** A method that answers 0 and its output, or ends with an error; nothing works while the service is not running. */
function answering(work: Work) {
  return async (input: MethodInput, context: MethodContext): Promise<MethodOutput> => {
    await checkService(context);
    const cmdletOutput = await work(input, context);
    return cmdletOutput === undefined ? { ReturnValue: 0 } : { ReturnValue: 0, cmdletOutput };
  };
}

async function checkService({ store }: MethodContext): Promise<void> {
  const service = await store.get(
    new InstancePath({ namespace: CIMV2, className: 'Win32_Service', keys: { Name: 'Schedule' } }),
  );
  if (service && service.get('State') !== 'Running') throw taskError('serviceNotRunning');
}

const named = ({ TaskName, TaskPath }: MethodInput) => placeOf(TaskName, TaskPath);
const given = ({ InputObject }: MethodInput) => placeOfInstance(InputObject);

/** The same for a task that is named and for one that is given. */
function both(
  name: string,
  input: 'Name' | 'Path',
  work: (place: TaskPlace, context: MethodContext) => ReturnType<Work>,
) {
  return {
    [`${name}By${input}`]: answering((values, context) => work(named(values), context)),
    [`${name}ByObject`]: answering((values, context) => work(given(values), context)),
  };
}

/** Where a task is registered that is given as a whole: as the caller says, else as the definition does. */
function placeFor({ TaskName, TaskPath }: MethodInput, definition: CimInstance, newUuid: () => string): TaskPlace {
  if (typeof TaskName === 'string' && TaskName !== '') return placeOf(TaskName, TaskPath);
  const own = definition.getString('URI') ?? definition.getString('TaskName');
  if (own === undefined || own === '') return placeOf(`{${newUuid().toUpperCase()}}`, TaskPath);
  return placeOf(own, TaskPath ?? (definition.getString('URI') ? undefined : definition.get('TaskPath')));
}

const isForced = ({ Force }: MethodInput) => Force === true;
/** With the account of the caller's choice in place of the definition's. */
function withUser(definition: CimInstance, input: MethodInput, context: MethodContext): CimInstance {
  return typeof input.User === 'string' && input.User !== ''
    ? definition.with({ Principal: principalOf(input, context) })
    : definition;
}

const registering = {
  RegisterByPrincipal: answering((input, context) =>
    registerTask(
      definitionOf(input, (input.Principal as CimInstance | null) ?? usualPrincipal(context.user ?? 'SYSTEM', false)),
      ...([named(input), isForced(input), context] as const),
    ),
  ),
  RegisterByUser: answering((input, context) =>
    registerTask(definitionOf(input, principalOf(input, context)), named(input), isForced(input), context),
  ),
  RegisterByObject: answering((input, context) => {
    const definition = withUser(definitionIn(input.InputObject), input, context);
    const source = input.InputObject as CimInstance;
    return registerTask(definition, placeFor(input, source, context.newUuid), isForced(input), context);
  }),
  RegisterByXml: answering((input, context) => {
    const read = readTaskXml(typeof input.Xml === 'string' ? input.Xml : '');
    const place = placeFor(input, read, context.newUuid);
    return registerTask(withUser(read, input, context), place, isForced(input), context);
  }),
};

function partsOf({ Action, Trigger, Settings }: MethodInput) {
  return { Actions: Action, Triggers: Trigger, Settings };
}

const setting = {
  SetByObject: answering((input, context) => {
    const definition = withUser(definitionIn(input.InputObject), input, context);
    return setTask(given(input), Object.fromEntries(definition.properties), context);
  }),
  SetByPrincipal: answering((input, context) =>
    setTask(named(input), { ...partsOf(input), Principal: input.Principal }, context),
  ),
  SetByUser: answering((input, context) => {
    const Principal = typeof input.User === 'string' ? principalOf(input, context) : undefined;
    return setTask(named(input), { ...partsOf(input), Principal }, context);
  }),
};

const running = {
  ...both('Start', 'Path', async (place, context) => {
    await checkMayChange(context);
    await startTask(await findTask(context.store, place), context);
    return undefined;
  }),
  ...both('Stop', 'Path', async (place, context) => {
    await checkMayChange(context);
    await stopTask(await findTask(context.store, place), context);
    return undefined;
  }),
};

const making = {
  New: answering((input, context) =>
    definitionOf(input, (input.Principal as CimInstance | null) ?? usualPrincipal(context.user ?? 'SYSTEM', false)),
  ),
  NewActionByExec: answering(newAction),
  NewPrincipalByGroup: answering(newGroupPrincipal),
  NewPrincipalByUser: answering(newUserPrincipal),
  NewSettings: answering(newSettings),
  NewTriggerByDaily: answering(newDailyTrigger),
  NewTriggerByLogon: answering(newLogonTrigger),
  NewTriggerByOnce: answering(newOnceTrigger),
  NewTriggerByStartup: answering(newStartupTrigger),
  NewTriggerByWeekly: answering(newWeeklyTrigger),
};

/** PS_ScheduledTask: what Windows' cmdlets for scheduled tasks call. Nothing is ever run: a task that runs is a state, and a row of a process. */
const methods = defineProvider('PS_ScheduledTask', {
  methods: {
    ...registering,
    ...setting,
    ...running,
    ...making,
    ...both('Enable', 'Name', (place, context) => enableTask(place, true, context)),
    ...both('Disable', 'Name', (place, context) => enableTask(place, false, context)),
    ...both('GetInfo', 'Name', async (place, { store }) => {
      const task = await findTask(store, place);
      return store.get(taskPath(placeIn(task), INFO_CLASS));
    }),
    ...both('Export', 'Name', async (place, { store }) => writeTaskXml(await findTask(store, place))),
  },
});

const stateOf: DerivedValue = async (task, context) => {
  if ((await runsOf(task, context)).isRunning) return TaskState.running;
  return isEnabled(task) ? TaskState.ready : TaskState.disabled;
};

const tasks = defineProvider(TASK_CLASS, {
  methods: {},
  instances: {
    async delete(task: CimInstance, context) {
      await checkMayChange(context as MethodContext);
      await forgetTask(task, context);
      await context.store.delete(taskPath(placeIn(task), INFO_CLASS));
    },
  },
  derived: { State: stateOf },
});

type OfTask = (runs: Awaited<ReturnType<typeof runsOf>>) => ReturnType<DerivedValue>;

/** What is known of the runs of the task that an instance is of; null of one that is not there. */
function ofRuns(value: OfTask): DerivedValue {
  return async (info: CimInstance, context: DerivationContext) => {
    const task = await context.store.get(taskPath(placeIn(info)));
    return task ? value(await runsOf(task, context)) : null;
  };
}

const infos = defineProvider(INFO_CLASS, {
  methods: {},
  instances: {},
  derived: {
    LastRunTime: ofRuns(({ last, zone }) => timestampOf(last?.began ?? NEVER - zone * 60_000, zone)),
    LastTaskResult: ofRuns(({ last, isRunning }) =>
      isRunning ? RunResult.running : (last?.result ?? RunResult.hasNotRun),
    ),
    NextRunTime: ofRuns(({ next, zone }) => (next === undefined ? null : timestampOf(next, zone))),
    NumberOfMissedRuns: ofRuns(({ missed }) => missed),
  },
});

/** The behaviour of the classes of root/Microsoft/Windows/TaskScheduler. */
export function taskProviders(): readonly Provider[] {
  return [methods, tasks, infos];
}
