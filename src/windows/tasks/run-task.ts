import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type MachineContext, onlyOne, pathIn, type WorkingContext } from '../machine.js';
import { machineNow } from '../machine-time.js';
import { dropNote, findNote, note } from '../notes.js';
import { beginProcess, endProcess, PROCESS_CLASS, processIdOf } from '../process/process-rows.js';
import { machineOf } from '../storage-management/in-namespace.js';
import { until } from '../until.js';
import { principalAccount } from './task-accounts.js';
import { taskError } from './task-error.js';
import { type Outcome, outcomeOf, RunResult } from './task-outcome.js';
import { embedded, uriOf } from './task-rows.js';
import { isEnabled, processIdsOf, type Run, runsOf } from './task-runs.js';

/** What happens when a task is started that runs (the page of MultipleInstances). */
const Multiple = { parallel: 0, queue: 1, ignore: 2, stopExisting: 3 } as const;

const NOTE = 'CIMULATOR_TaskNote';

export function moment(milliseconds: number): CimDateTime {
  return CimDateTime.fromDate(new Date(milliseconds));
}

/**
 * Runs a task, whatever its triggers say. It ends by itself on the endpoint's clock.
 *
 * @throws HresultError when it is disabled, or not to be started by hand
 */
export async function startTask(task: CimInstance, context: WorkingContext): Promise<void> {
  if (!isEnabled(task)) throw taskError('disabled');
  const settings = embedded(task, 'Settings');
  if (settings?.get('AllowDemandStart') === false) throw taskError('noDemandStart');
  const { isRunning, last } = await settle(task, context);
  const rule = Number(settings?.get('MultipleInstances') ?? Multiple.ignore);
  if (isRunning && rule === Multiple.ignore) {
    context.explain(`${uriOf(task)} runs already, and the request is ignored as it says`);
    return;
  }
  if (isRunning && rule === Multiple.stopExisting) await stopTask(task, context);
  const outcome = await outcomeOf(task, await findNote(context, NOTE, uriOf(task)), context.store);
  if (isRunning && last && rule === Multiple.queue) await append(task, last, outcome, context);
  else await begin(task, outcome, context);
}

async function begin(task: CimInstance, outcome: Outcome, context: WorkingContext): Promise<void> {
  const now = await machineNow(context);
  const before = processIdsOf(await findNote(context, NOTE, uriOf(task)));
  const id = outcome.program ? await beginProgram(task, outcome.program, context) : undefined;
  const ProcessIds = id === undefined ? before : [...before, id];
  const run = { Began: moment(now), Ends: moment(now + outcome.time), Result: outcome.result, ProcessIds };
  await note(context, NOTE, run, uriOf(task));
  if (id !== undefined) endLater(id, outcome.time, context);
}

/** A run that waits for the one before it: the two are shown as one that is longer, whose second half has no process. */
async function append(
  task: CimInstance,
  before: Run,
  { time, result }: Outcome,
  context: WorkingContext,
): Promise<void> {
  await note(context, NOTE, { Ends: moment(before.ends + time), Result: result }, uriOf(task));
}

/** When a run is over on the endpoint's clock its process ends. @param time in milliseconds */
function endLater(id: number, time: number, context: WorkingContext): void {
  const due = context.now() + time;
  const { namespace, schema, now } = context;
  context.job(async ({ transaction, signal }) => {
    await until(due, now, signal);
    await transaction((store) => endPrograms([id], { namespace, schema, store, now }));
  });
}

/** The process of the task's program: the scheduler's service began it, as whom the task says. @returns its id; undefined where nothing is known of processes */
async function beginProgram(
  task: CimInstance,
  { path, commandLine }: NonNullable<Outcome['program']>,
  context: WorkingContext,
): Promise<number | undefined> {
  const machine = machineOf(context);
  if (!(await onlyOne(machine, PROCESS_CLASS))) return undefined;
  const scheduler = await context.store.get(pathIn(machine, 'Win32_Service', { Name: 'Schedule' }));
  const parent = Number(scheduler?.get('ProcessId') ?? 0) || (await processIdOf(machine, 'services.exe'));
  return beginProcess(machine, {
    executablePath: path,
    commandLine,
    parent,
    owner: await principalAccount(task, context),
  });
}

async function endPrograms(ids: readonly number[], context: MachineContext): Promise<void> {
  for (const id of ids) await endProcess(machineOf(context), id);
}

/** Ends a task that runs; of one that does not nothing becomes otherwise. */
export async function stopTask(task: CimInstance, context: WorkingContext): Promise<void> {
  const { isRunning, now } = await settle(task, context);
  if (!isRunning) return;
  await endPrograms(processIdsOf(await findNote(context, NOTE, uriOf(task))), context);
  await note(context, NOTE, { Ends: moment(now), Result: RunResult.terminated, ProcessIds: [] }, uriOf(task));
}

/** Notes what a task's triggers have done so far, so that it stays so when they change; what ran and is over has no process any more. */
export async function settle(task: CimInstance, context: MachineContext) {
  const runs = await runsOf(task, context);
  const { last, isRunning } = runs;
  if (!last) return runs;
  const ids = processIdsOf(await findNote(context, NOTE, uriOf(task)));
  if (!isRunning) await endPrograms(ids, context);
  const run = { Began: moment(last.began), Ends: moment(last.ends), Result: last.result };
  await note(context, NOTE, { ...run, ProcessIds: isRunning ? [...ids] : [] }, uriOf(task));
  return runs;
}

/** What a task's triggers would have done before this moment does not count. @param isRegistered it is new, or changed */
export async function countFromNow(task: CimInstance, context: MachineContext, isRegistered: boolean): Promise<void> {
  const now = moment(await machineNow(context));
  await note(context, NOTE, { Since: now, ...(isRegistered && { Registered: now }) }, uriOf(task));
}

/** Forgets what a task did: another one takes its place. Its program ends; how long it runs stays as the lab has it. */
export async function forgetRuns(task: CimInstance, context: MachineContext): Promise<void> {
  const noted = await forgetTask(task, context);
  const [RunSeconds, ExitCode] = [noted?.get('RunSeconds') ?? null, noted?.get('ExitCode') ?? null];
  if (RunSeconds !== null || ExitCode !== null) await note(context, NOTE, { RunSeconds, ExitCode }, uriOf(task));
}

/** Forgets a task that is deleted; its program ends. @returns what was noted of it */
export async function forgetTask(task: CimInstance, context: MachineContext): Promise<CimInstance | undefined> {
  const noted = await findNote(context, NOTE, uriOf(task));
  await endPrograms(processIdsOf(noted), context);
  await dropNote(context, NOTE, uriOf(task));
  return noted;
}
