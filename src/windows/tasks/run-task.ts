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
import { isEnabled, runsOf } from './task-runs.js';

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
  const waits = isRunning && rule === Multiple.queue && last ? last.ends - (await machineNow(context)) : 0;
  await begin(task, outcome, waits, context);
}

/** @param waits milliseconds until the run before it is over */
async function begin(task: CimInstance, outcome: Outcome, waits: number, context: WorkingContext): Promise<void> {
  const now = await machineNow(context);
  const ProcessId = outcome.program ? await beginProgram(task, outcome.program, context) : 0;
  const [Began, Ends] = [moment(now), moment(now + waits + outcome.time)];
  await note(context, NOTE, { Began, Ends, Result: outcome.result, ProcessId }, uriOf(task));
  if (ProcessId === 0) return;
  const due = context.now() + waits + outcome.time;
  const { namespace, schema, now: clock } = context;
  context.job(async ({ transaction, signal }) => {
    await until(due, clock, signal);
    await transaction((store) => endProgram(ProcessId, { namespace, schema, store, now: clock }));
  });
}

/** The process of the task's program: the scheduler's service began it, as whom the task says. @returns its id */
async function beginProgram(
  task: CimInstance,
  { path, commandLine }: NonNullable<Outcome['program']>,
  context: WorkingContext,
): Promise<number> {
  const machine = machineOf(context);
  if (!(await onlyOne(machine, PROCESS_CLASS))) return 0;
  const scheduler = await context.store.get(pathIn(machine, 'Win32_Service', { Name: 'Schedule' }));
  const parent = Number(scheduler?.get('ProcessId') ?? 0) || (await processIdOf(machine, 'services.exe'));
  return beginProcess(machine, {
    executablePath: path,
    commandLine,
    parent,
    owner: await principalAccount(task, context),
  });
}

async function endProgram(id: number, context: MachineContext): Promise<void> {
  if (id > 0) await endProcess(machineOf(context), id);
}

/** Ends a task that runs; of one that does not nothing becomes otherwise. */
export async function stopTask(task: CimInstance, context: WorkingContext): Promise<void> {
  const { isRunning, now } = await settle(task, context);
  if (!isRunning) return;
  const noted = await findNote(context, NOTE, uriOf(task));
  await endProgram(Number(noted?.get('ProcessId') ?? 0), context);
  await note(context, NOTE, { Ends: moment(now), Result: RunResult.terminated, ProcessId: 0 }, uriOf(task));
}

/** Notes what a task's triggers have done so far, so that it stays so when they change; what ran and is over has no process any more. */
export async function settle(task: CimInstance, context: MachineContext) {
  const runs = await runsOf(task, context);
  const { last, isRunning } = runs;
  if (!last) return runs;
  const noted = await findNote(context, NOTE, uriOf(task));
  const ProcessId = Number(noted?.get('ProcessId') ?? 0);
  if (!isRunning) await endProgram(ProcessId, context);
  const run = { Began: moment(last.began), Ends: moment(last.ends), Result: last.result };
  await note(context, NOTE, { ...run, ProcessId: isRunning ? ProcessId : 0 }, uriOf(task));
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
  await endProgram(Number(noted?.get('ProcessId') ?? 0), context);
  await dropNote(context, NOTE, uriOf(task));
  return noted;
}
