import type { MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import type { Job, JobRun } from '../../cim/contracts/provider-host.js';
import type { Caller } from '../caller-name.js';
import type { WorkingContext } from '../machine.js';
import { dropNote, findNote, note } from '../notes.js';
import { refusal } from '../on-instance.js';
import { until } from '../until.js';
import { logOff, noteStart, restartMachine, SHUTDOWN } from './restart.js';
import { tellInitiated } from './restart-events.js';
import type { MachineHooks } from './restart-hook.js';
import { SystemCode } from './system-code.js';

/** Flags of Win32Shutdown: what is done, and 4 beside it where nobody is asked. */
const FORCED = 4;
const LOG_OFF = 0;
const REBOOT = 2;
/** To shut down, to reboot, to power off. */
const LEAVES = [1, REBOOT, 8];

const done: MethodOutput = { ReturnValue: SystemCode.Success };

/** The machine goes down, and comes up again by itself or when somebody starts it. Its model is that after the start at once. */
export async function leave(
  way: 'restart' | 'shutdown',
  context: WorkingContext & Caller,
  hooks: MachineHooks,
): Promise<MethodOutput> {
  await tellInitiated(way, context);
  await restartMachine(context);
  const { namespace, schema, now } = context;
  context.job(({ transaction }) =>
    hooks.goDown?.(way, () => transaction((store) => noteStart({ namespace, schema, store, now }))),
  );
  return done;
}

/** Win32Shutdown. */
export async function shutdownBy(
  flags: unknown,
  context: WorkingContext & Caller,
  hooks: MachineHooks,
): Promise<MethodOutput> {
  const what = actionOf(flags);
  if (what === undefined) return unknownFlags(flags, context);
  if (what !== LOG_OFF) return leave(what === REBOOT ? 'restart' : 'shutdown', context, hooks);
  await logOff(context);
  return done;
}

/** Win32ShutdownTracker: the same, after `Timeout` seconds. */
export async function shutdownLater(
  { Timeout, Flags }: MethodInput,
  context: WorkingContext & Caller,
  hooks: MachineHooks,
): Promise<MethodOutput> {
  const seconds = Number(Timeout ?? 0);
  if (seconds === 0) return shutdownBy(Flags, context, hooks);
  if (actionOf(Flags) === undefined) return unknownFlags(Flags, context);
  if (await findNote(context, 'CIMULATOR_MachineNote', SHUTDOWN))
    return refusal(context, SystemCode.ShutdownIsScheduled, 'the machine goes down already');
  await note(context, 'CIMULATOR_MachineNote', { Flags: Flags ?? null }, SHUTDOWN);
  const due = context.now() + seconds * 1000;
  const { now, explain, namespace, schema, user } = context;
  context.job(async (job) => {
    await until(due, now, job.signal);
    await inTransaction(job, async (store, jobs) => {
      const begun: WorkingContext['job'] = (run) => void jobs.push(run);
      const later: WorkingContext & Caller = { namespace, schema, store, now, explain, job: begun, user };
      // One that has happened meanwhile has taken the note away.
      if (!(await findNote(later, 'CIMULATOR_MachineNote', SHUTDOWN))) return;
      await dropNote(later, 'CIMULATOR_MachineNote', SHUTDOWN);
      await shutdownBy(Flags, later, hooks);
    });
  });
  return done;
}

/** Work of a job, and then what it wants to go on. */
async function inTransaction(
  job: Job,
  work: (store: WorkingContext['store'], jobs: JobRun[]) => Promise<void>,
): Promise<void> {
  let begun: JobRun[] = [];
  await job.transaction(async (store) => {
    begun = [];
    await work(store, begun);
  });
  await Promise.all(begun.map((run) => run(job)));
}

function actionOf(flags: unknown): number | undefined {
  const what = typeof flags === 'number' ? flags & ~FORCED : undefined;
  return what === LOG_OFF || (what !== undefined && LEAVES.includes(what)) ? what : undefined;
}

function unknownFlags(flags: unknown, context: WorkingContext): MethodOutput {
  return refusal(context, SystemCode.InvalidParameter, `Flags ${String(flags)} are none that there are`);
}
