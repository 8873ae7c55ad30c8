import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { MethodContext, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { instancesIn } from '../derived-rows.js';
import { type MachineContext, removeWithTies } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { STORAGE } from '../namespaces.js';
import { dropNote, findNote, note } from '../notes.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { takeTime } from '../storage/device-time.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink, storageObject } from '../storage-management/storage-objects.js';
import { millisecondsOf } from '../timestamp.js';
import { until } from '../until.js';
import { inJob } from './in-job.js';
import { computerOf } from './pool-disks.js';
import { tryWork } from './try-work.js';

export const JOB_CLASS = 'MSFT_StorageJob';
const JOB_NOTE = 'CIMULATOR_StorageJobNote';
/** `JobState`. */
export const JobState = { running: 4, completed: 7, terminated: 8, killed: 9, exception: 10 } as const;
/** How long a job is there when it is over, in milliseconds. */
const KEPT_MS = 900_000;

/** Work that takes its time. */
export interface Task {
  /** As the job is called: `Repair`. */
  readonly name: string;
  /** In milliseconds. */
  readonly time: number;
  /** What it is about, in the first place. */
  readonly about: readonly StoredInstance[];
  /** A call that is no job waits for it; one that is not long answers at once. */
  readonly isLong?: boolean;
}

/** What is needed to see how far a job is. */
interface Clocked {
  readonly store: Pick<InstanceTransaction, 'get'>;
  now(): number;
}

type Work = (context: MethodContext) => Promise<MethodOutput>;

/**
 * Does the work of a method, or begins a job for it when the call asks for one: what would keep the work from being done is found out before.
 *
 * @throws MethodRefusal
 */
export async function perform(
  input: MethodInput,
  context: MethodContext,
  task: Task,
  work: Work,
): Promise<MethodOutput> {
  if (input.RunAsJob !== true) {
    if (task.isLong) await takeTime(context, task.time);
    return work(context);
  }
  await tryWork(context, work);
  await removeOldJobs(context);
  const job = await putJob(task, context);
  const due = context.now() + task.time;
  context.job(async ({ transaction, signal }) => {
    await until(due, context.now, signal);
    await transaction((store) => finish(job.path, work, inJob(context, store, signal))).catch((error: unknown) => {
      if (!(error instanceof MethodRefusal)) throw error;
      const why = { ErrorCode: error.returnValue, ErrorDescription: error.message };
      return transaction((store) => endJob(job.path, JobState.exception, { store, now: context.now }, why));
    });
    await until(due + KEPT_MS, context.now, signal);
    await transaction((store) => removeJob(job.path, inJob(context, store, signal)));
  });
  return { ReturnValue: StorageCode.jobStarted, CreatedStorageJob: job.path };
}

async function putJob({ name, time, about }: Task, context: MethodContext): Promise<StoredInstance> {
  const { store } = context;
  const now = CimDateTime.fromDate(new Date(context.now()));
  const Due = CimDateTime.fromDate(new Date(context.now() + time));
  const id = `{${context.newUuid()}}`;
  const job = stored(
    storageObject(JOB_CLASS, await computerOf(context), 'SJ', id, {
      ...{ UniqueId: id, Name: name, Description: name, JobState: JobState.running, JobStatus: 'Running' },
      ...{ OperationalStatus: [2], StatusDescriptions: ['OK'], PercentComplete: 0, StartTime: now, TimeSubmitted: now },
      ...{ TimeOfLastStateChange: now, DeleteOnCompletion: true, IsBackgroundTask: false, LocalOrUtcTime: 2 },
      TimeBeforeRemoval: CimDateTime.interval(BigInt(KEPT_MS) * 1000n),
    }),
  );
  await store.put(job);
  await note(context, JOB_NOTE, { Due }, idOfJob(job.path));
  await store.putMany(
    about.map((one) =>
      storageLink('MSFT_StorageJobToAffectedStorageObject', { StorageJob: job, AffectedStorageObject: one }),
    ),
  );
  return job;
}

/** A job that nobody has ended does its work. @throws MethodRefusal if that cannot be done any more */
async function finish(path: InstancePath, work: Work, context: MethodContext): Promise<void> {
  if (!isRunning(await context.store.get(path))) return;
  await work(context);
  await endJob(path, JobState.completed, context);
}

/** Whether nobody has ended a job. */
export function isRunning(job: CimInstance | undefined): boolean {
  return job?.get('JobState') === JobState.running;
}

/** Whether a job goes on. One that is long overdue has lost the endpoint that was to do its work. */
export async function goesOn(job: CimInstance, context: Clocked): Promise<boolean> {
  return isRunning(job) && context.now() - (await dueOf(job, context)) < KEPT_MS;
}

const ENDED: Readonly<Record<number, { readonly JobStatus: string; readonly OperationalStatus: readonly number[] }>> = {
  [JobState.completed]: { JobStatus: 'Completed', OperationalStatus: [17, 2] },
  [JobState.terminated]: { JobStatus: 'Terminated', OperationalStatus: [10] },
  [JobState.killed]: { JobStatus: 'Killed', OperationalStatus: [14] },
  [JobState.exception]: { JobStatus: 'Exception', OperationalStatus: [17, 6] },
};

/** Ends a job, one way or another. */
export async function endJob(
  path: InstancePath,
  state: number,
  context: Pick<MethodContext, 'store' | 'now'>,
  values: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const job = await context.store.get(path);
  if (!job) return;
  const now = CimDateTime.fromDate(new Date(context.now()));
  const elapsed = CimDateTime.interval(BigInt(Math.max(0, Math.trunc(sinceStart(job, context.now())))) * 1000n);
  const percent = state === JobState.completed ? 100 : await percentOf(job, context);
  const ended = { ...ENDED[state], JobState: state, TimeOfLastStateChange: now, ElapsedTime: elapsed };
  await context.store.put(job.with({ ...ended, PercentComplete: percent, ...values }));
}

/** Milliseconds that a job has run by now. */
export function sinceStart(job: CimInstance, now: number): number {
  return now - (millisecondsOf(job.get('StartTime')) ?? now);
}

/** How much of a job that runs is done; all of it only when it has ended. */
export async function percentOf(job: CimInstance, context: Clocked): Promise<number> {
  const [passed, all] = [sinceStart(job, context.now()), sinceStart(job, await dueOf(job, context))];
  return all <= 0 ? 0 : Math.max(0, Math.min(99, Math.trunc((passed * 100) / all)));
}

/** When a job is done, in milliseconds since 1970; now for one that says nothing of it. */
async function dueOf(job: CimInstance, { store, now }: Clocked): Promise<number> {
  const due = (await findNote({ store }, JOB_NOTE, String(job.get('ObjectId'))))?.get('Due');
  return millisecondsOf(due) ?? now();
}

/** Jobs that are over long since, and whose end the endpoint did not live to see. */
async function removeOldJobs(context: MethodContext): Promise<void> {
  for (const job of await instancesIn(context.store, { namespace: STORAGE, className: JOB_CLASS })) {
    const changed = millisecondsOf(job.get('TimeOfLastStateChange')) ?? context.now();
    if (!isRunning(job) && job.path && context.now() - changed > KEPT_MS) await removeJob(job.path, context);
  }
}

async function removeJob(path: InstancePath, context: MachineContext): Promise<void> {
  await removeWithTies(context, path);
  await dropNote(context, JOB_NOTE, idOfJob(path));
}

function idOfJob(path: InstancePath): string {
  return String(path.keys.get('ObjectId'));
}
