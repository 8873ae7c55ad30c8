import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import type { Job, JobRun } from '../../cim/contracts/provider-host.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Caller } from '../caller-name.js';
import type { WorkingContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { dropNote, findNote, note } from '../notes.js';
import { millisecondsOf } from '../timestamp.js';
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

/** Win32Shutdown. @throws MethodRefusal */
export async function shutdownBy(
  flags: unknown,
  context: WorkingContext & Caller,
  hooks: MachineHooks,
): Promise<MethodOutput> {
  const what = actionOf(flags);
  if (what !== LOG_OFF) return leave(what === REBOOT ? 'restart' : 'shutdown', context, hooks);
  await logOff(context);
  return done;
}

/** Win32ShutdownTracker: the same, after `Timeout` seconds. @throws MethodRefusal */
export async function shutdownLater(
  { Timeout, Flags }: MethodInput,
  context: WorkingContext & Caller,
  hooks: MachineHooks,
): Promise<MethodOutput> {
  const seconds = Number(Timeout ?? 0);
  if (seconds === 0) return shutdownBy(Flags, context, hooks);
  // Flags that there are not are refused at once.
  actionOf(Flags);
  if (await findNote(context, 'CIMULATOR_MachineNote', SHUTDOWN))
    throw new MethodRefusal(SystemCode.ShutdownIsScheduled, 'the machine goes down already');
  const Due = CimDateTime.fromDate(new Date(context.now() + seconds * 1000));
  await note(context, 'CIMULATOR_MachineNote', { Flags: Flags ?? null, Due }, SHUTDOWN);
  await awaitShutdown(context, hooks);
  return done;
}

/** A shutdown that waits does not happen. */
export async function abortShutdown(context: WorkingContext): Promise<void> {
  await dropNote(context, 'CIMULATOR_MachineNote', SHUTDOWN);
}

/** What waits needs, besides what it began with. */
export type WaitingContext = Pick<WorkingContext, 'namespace' | 'schema' | 'now' | 'explain' | 'job'> &
  Caller & {
    readonly store: Pick<InstanceReader, 'get'>;
  };

/**
 * Has a shutdown that is noted happen when it is due: at once when that is over, as it may be for a process that finds it in its state.
 * Where none is noted, nothing is done.
 */
export async function awaitShutdown(context: WaitingContext, hooks: MachineHooks): Promise<void> {
  const noted = await findNote(context, 'CIMULATOR_MachineNote', SHUTDOWN);
  if (!noted) return;
  const due = dueOf(noted);
  const { now, explain, namespace, schema, user } = context;
  context.job(async (job) => {
    await until(due, now, job.signal);
    await inTransaction(job, async (store, jobs) => {
      const begun: WorkingContext['job'] = (run) => void jobs.push(run);
      const later: WorkingContext & Caller = { namespace, schema, store, now, explain, job: begun, user };
      // One that has happened meanwhile, or that somebody has put off, has taken the note away, or put another in its place.
      const still = await findNote(later, 'CIMULATOR_MachineNote', SHUTDOWN);
      if (!still || dueOf(still) !== due) return;
      await dropNote(later, 'CIMULATOR_MachineNote', SHUTDOWN);
      await shutdownBy(still.get('Flags'), later, hooks);
    });
  });
}

/** In milliseconds since 1970; long ago where nothing is said of it. */
function dueOf(noted: CimInstance): number {
  return millisecondsOf(noted.get('Due')) ?? 0;
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

/** What is done, without whether anybody is asked. @throws MethodRefusal InvalidParameter */
function actionOf(flags: unknown): number {
  const what = typeof flags === 'number' ? flags & ~FORCED : undefined;
  if (what === LOG_OFF || (what !== undefined && LEAVES.includes(what))) return what;
  throw new MethodRefusal(SystemCode.InvalidParameter, `Flags ${String(flags)} are none that there are`);
}
