import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type MachineContext, onlyOne, pathIn, type WorkingContext } from '../machine.js';
import { machineNow } from '../machine-time.js';
import { dropNote, findNote, note } from '../notes.js';
import { beginProcess, endProcess, PROCESS_CLASS, processIdOf, processPath } from '../process/process-rows.js';
import { machineOf } from '../storage-management/in-namespace.js';
import { millisecondsOf } from '../timestamp.js';
import { until } from '../until.js';
import { principalAccount } from './task-accounts.js';
import { taskError } from './task-error.js';
import { type Outcome, outcomeOf, RunResult } from './task-outcome.js';
import { embedded, uriOf } from './task-rows.js';
import { isEnabled, processIdsOf, type Run, runsOf, type TaskRuns } from './task-runs.js';

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
  const run = { began: now, ends: now + outcome.time, result: outcome.result };
  const id = outcome.program ? await beginProgram(task, outcome.program, run, context) : undefined;
  await noteRun(task, run, id === undefined ? before : [...before, id], context);
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

async function noteRun(
  task: CimInstance,
  { began, ends, result }: Run,
  ProcessIds: readonly number[],
  context: MachineContext,
): Promise<void> {
  await note(context, NOTE, { Began: moment(began), Ends: moment(ends), Result: result, ProcessIds }, uriOf(task));
}

/** The process of the task's program: the scheduler's service began it, as whom the task says. @returns its id; undefined where nothing is known of processes */
async function beginProgram(
  task: CimInstance,
  { path, commandLine }: NonNullable<Outcome['program']>,
  { began, ends }: Run,
  context: MachineContext,
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
    began,
    ends,
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

/**
 * Notes what a task's triggers have done so far, so that it stays so when they change: what they began and runs gets its process, what ran
 * and is over has none any more.
 */
export async function settle(task: CimInstance, context: MachineContext): Promise<TaskRuns> {
  const runs = await runsOf(task, context);
  const { last, isRunning } = runs;
  if (!last) return runs;
  const noted = await findNote(context, NOTE, uriOf(task));
  const ids = processIdsOf(noted);
  if (!isRunning) await endPrograms(ids, context);
  const isNew = isRunning && !isNoted(last, noted);
  const running = isNew ? await beginTriggered(task, last, noted, context) : ids;
  await noteRun(task, last, isRunning ? running : [], context);
  return runs;
}

/** Whether a run is that which the note of its task tells of. */
export function isNoted({ began }: Run, note: CimInstance | undefined): boolean {
  return millisecondsOf(note?.get('Began')) === began;
}

/** What a trigger began gets its process; what ran before goes on beside it, or not, as the task says. @returns ids of all that runs */
async function beginTriggered(
  task: CimInstance,
  run: Run,
  noted: CimInstance | undefined,
  context: MachineContext,
): Promise<readonly number[]> {
  const before = await runningOf(processIdsOf(noted), context);
  const rule = Number(embedded(task, 'Settings')?.get('MultipleInstances') ?? Multiple.ignore);
  if (before.length > 0 && (rule === Multiple.ignore || rule === Multiple.queue)) return before;
  if (rule === Multiple.stopExisting) await endPrograms(before, context);
  const { program } = await outcomeOf(task, noted, context.store);
  const id = program && (await beginProgram(task, program, run, context));
  return [...(rule === Multiple.parallel ? before : []), ...(id === undefined ? [] : [id])];
}

/** Those processes that are there. */
async function runningOf(ids: readonly number[], context: MachineContext): Promise<readonly number[]> {
  const found = await context.store.getMany(ids.map((id) => processPath(machineOf(context), id)));
  return ids.filter((_, at) => found[at] !== undefined);
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
