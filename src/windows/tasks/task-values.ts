import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { DerivationContext, DerivedValue, Provider } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { timestampOf } from '../timestamp.js';
import { checkMayChange } from './register-task.js';
import { forgetTask } from './run-task.js';
import { RunResult } from './task-outcome.js';
import { INFO_CLASS, placeIn, TASK_CLASS, taskPath } from './task-rows.js';
import { isEnabled, runsOf, TaskState } from './task-runs.js';

/** What Windows says of a task that has never run: the midnight with which this day begins where the computer is. */
const NEVER = Date.UTC(1999, 10, 30);

const stateOf: DerivedValue = async (task, context) => {
  if ((await runsOf(task, context)).isRunning) return TaskState.running;
  return isEnabled(task) ? TaskState.ready : TaskState.disabled;
};

/** MSFT_ScheduledTask: made and changed by methods, deleted by anybody who may. */
const tasks = defineProvider(TASK_CLASS, {
  methods: {},
  instances: {
    async delete(task: CimInstance, context) {
      await checkMayChange(context);
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

/** Tasks, and what is told of their runs. */
export const taskClasses: readonly Provider[] = [tasks, infos];
