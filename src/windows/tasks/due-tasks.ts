import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { instancesIn } from '../derived-rows.js';
import type { MachineContext } from '../machine.js';
import { machineNow } from '../machine-time.js';
import { NOTES_NAMESPACE, notePath } from '../notes.js';
import { endProcess, PROCESS_NOTE } from '../process/process-rows.js';
import { machineOf } from '../storage-management/in-namespace.js';
import { millisecondsOf } from '../timestamp.js';
import { isNoted, settle } from './run-task.js';
import { embeddedAll, findTasks, uriOf } from './task-rows.js';
import { isEnabled, runsOf } from './task-runs.js';
import { isClockTrigger } from './trigger-times.js';

/** What the clock has done to processes. */
export interface DueTasks {
  /** Processes whose time is over. */
  readonly ended: readonly number[];
  /** Tasks that a trigger has begun, and that have no process yet. */
  readonly begun: readonly CimInstance[];
  /** When it is otherwise next, in milliseconds since 1970 by the endpoint's clock; infinite: never, as things are. */
  readonly next: number;
}

type Reader = Pick<MachineContext, 'now'> & { readonly store: InstanceReader };

/** What has become due by now, of processes that tasks have begun or are to begin. It reads, and writes nothing. */
export async function findDueTasks(context: Reader): Promise<DueTasks> {
  const { store } = context;
  const [notes, tasks, now] = await Promise.all([
    instancesIn(store, { namespace: NOTES_NAMESPACE, className: PROCESS_NOTE }),
    findTasks(store),
    machineNow(context),
  ]);
  const ends = notes.flatMap((note) => {
    const at = millisecondsOf(note.get('Ends'));
    return at === undefined ? [] : { id: Number(note.get('Name')), at };
  });
  const begun: CimInstance[] = [];
  const nexts = ends.filter(({ at }) => at > now).map(({ at }) => at);
  for (const task of tasks.filter(isTimed)) {
    const [{ last, isRunning, next }, note] = await Promise.all([
      runsOf(task, context),
      store.get(notePath('CIMULATOR_TaskNote', uriOf(task))),
    ]);
    if (last && isRunning && !isNoted(last, note)) begun.push(task);
    if (next !== undefined) nexts.push(next);
  }
  const ended = ends.filter(({ at }) => at <= now).map(({ id }) => id);
  return { ended, begun, next: Math.min(...nexts, Number.POSITIVE_INFINITY) - (now - context.now()) };
}

/**
 * Does what is due: a task that a trigger began gets its process, and processes whose time is over go. What began and ended since somebody
 * looked last leaves no trace but the times of its task.
 */
export async function carryOutDueTasks(context: MachineContext): Promise<void> {
  const { ended, begun } = await findDueTasks(context);
  for (const id of ended) await endProcess(machineOf(context), id);
  for (const task of begun) await settle(task, context);
}

/** Whether a task is begun by the clock: most have triggers that wait for something else, or none. */
function isTimed(task: CimInstance): boolean {
  return isEnabled(task) && embeddedAll(task, 'Triggers').some(isClockTrigger);
}
