import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodInput, Provider } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { answering, both, given, named } from './answering.js';
import { readTaskXml } from './read-task-xml.js';
import {
  checkMayChange,
  definitionIn,
  definitionOf,
  enableTask,
  instanceIn,
  principalOf,
  registerTask,
  setTask,
} from './register-task.js';
import { startTask, stopTask } from './run-task.js';
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
import { findTask, INFO_CLASS, placeIn, placeOf, type TaskPlace, taskPath } from './task-rows.js';
import { taskClasses } from './task-values.js';
import { writeTaskXml } from './write-task-xml.js';

/** Where a task is registered that is given as a whole: as the caller says, else as the definition does. */
function placeFor({ TaskName, TaskPath }: MethodInput, definition: CimInstance, context: MethodContext): TaskPlace {
  if (typeof TaskName === 'string' && TaskName !== '') return placeOf(TaskName, TaskPath);
  const own = definition.getString('URI') ?? definition.getString('TaskName');
  if (own === undefined || own === '') return placeOf(`{${context.newUuid().toUpperCase()}}`, TaskPath);
  return placeOf(own, TaskPath ?? (definition.getString('URI') ? undefined : definition.get('TaskPath')));
}

/** Who is to run a task: as the caller says, else himself. */
function principalIn({ Principal }: MethodInput, { user = 'SYSTEM' }: MethodContext): CimInstance {
  return Principal instanceof CimInstance ? Principal : usualPrincipal(user, false);
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
    registerTask(definitionOf(input, principalIn(input, context)), named(input), isForced(input), context),
  ),
  RegisterByUser: answering((input, context) =>
    registerTask(definitionOf(input, principalOf(input, context)), named(input), isForced(input), context),
  ),
  RegisterByObject: answering((input, context) => {
    const definition = withUser(definitionIn(input), input, context);
    return registerTask(definition, placeFor(input, instanceIn(input), context), isForced(input), context);
  }),
  RegisterByXml: answering((input, context) => {
    const read = readTaskXml(typeof input.Xml === 'string' ? input.Xml : '');
    const place = placeFor(input, read, context);
    return registerTask(withUser(read, input, context), place, isForced(input), context);
  }),
};

/** Parts that are given; what is null is not. */
function partsOf({ Action, Trigger, Settings }: MethodInput) {
  return { Actions: Action ?? undefined, Triggers: Trigger ?? undefined, Settings: Settings ?? undefined };
}

const setting = {
  SetByObject: answering((input, context) => {
    const definition = withUser(definitionIn(input), input, context);
    return setTask(given(input), Object.fromEntries(definition.properties), context);
  }),
  SetByPrincipal: answering((input, context) =>
    setTask(named(input), { ...partsOf(input), Principal: input.Principal ?? undefined }, context),
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
  New: answering((input, context) => definitionOf(input, principalIn(input, context))),
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

/** The behaviour of the classes of root/Microsoft/Windows/TaskScheduler. */
export function taskProviders(): readonly Provider[] {
  return [methods, ...taskClasses];
}
