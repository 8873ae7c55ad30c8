import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { MachineContext, WorkingContext } from '../machine.js';
import { dropNote, note } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';
import { until } from '../until.js';
import {
  dueOf,
  findPrinter,
  hasMask,
  isPaused,
  JobMask,
  jobsOf,
  nameOf,
  type PrintReader,
  portState,
  runningSpooler,
} from './printer-rows.js';

/** How long a page takes, in milliseconds. */
export const PAGE_MS = 2000;

/** What a look at a queue came to. */
export interface QueueProgress {
  /** When the job that is being printed is done; undefined when none is. */
  readonly due: number | undefined;
  /** Whether that job has begun with this look: whoever looked waits for it, and nobody else does. */
  readonly hasBegun: boolean;
}

const STANDING: QueueProgress = { due: undefined, hasBegun: false };

/**
 * What has become of a printer's queue by now: jobs whose time is over are printed, and gone unless the printer keeps them, and the next one
 * has begun when that before it ended. A printer prints one at a time.
 */
export async function advance(context: MachineContext, printer: string): Promise<QueueProgress> {
  const found = await findPrinter(context, printer);
  if (!found || !(await canPrint(context, found))) {
    await stopPrinting(context, printer);
    return STANDING;
  }
  const waiting = (await jobsOf(context, printer)).filter((one) => !hasMask(one, JobMask.printed));
  const begun = await firstBegun(context, waiting);
  const following = waiting.filter((one) => one !== begun?.job && !hasMask(one, JobMask.paused));
  let from = context.now();
  for (const job of begun ? [begun.job, ...following] : following) {
    const hasBegun = job !== begun?.job;
    const due = hasBegun ? await begin(context, job, from) : begun.due;
    if (due > context.now()) return { due, hasBegun };
    await finish(context, found, job);
    from = due;
  }
  return STANDING;
}

async function canPrint(context: MachineContext, printer: StoredInstance): Promise<boolean> {
  if (!(await runningSpooler(context)) || (await isPaused(context, nameOf(printer)))) return false;
  return printer.get('WorkOffline') !== true && (await portState(context, printer)) === 'answers';
}

/** The job that is being printed, and when it is done. */
export async function firstBegun(context: PrintReader, jobs: readonly StoredInstance[]) {
  for (const job of jobs) {
    const due = await dueOf(context, job);
    if (due !== undefined) return { job, due };
  }
  return undefined;
}

async function begin(context: MachineContext, job: StoredInstance, from: number): Promise<number> {
  const due = from + PAGE_MS * Math.max(1, Number(job.get('TotalPages') ?? 1));
  const SpoolerId = Number((await runningSpooler(context))?.get('ProcessId') ?? 0);
  const Due = CimDateTime.fromDate(new Date(due));
  await note(context, 'CIMULATOR_PrintJobNote', { Due, SpoolerId }, String(job.get('JobId')));
  return due;
}

async function finish(context: MachineContext, printer: StoredInstance, job: StoredInstance): Promise<void> {
  await stopJob(context, job);
  if (printer.get('KeepPrintedJobs') !== true) await context.store.delete(job.path);
  else await context.store.put(job.with({ StatusMask: JobMask.printed, PagesPrinted: job.get('TotalPages') }));
}

/** What is being printed begins anew when the printer goes on. */
export async function stopPrinting(context: MachineContext, printer: string): Promise<void> {
  for (const job of await jobsOf(context, printer)) await stopJob(context, job);
}

/** The same of one job, if it is being printed. */
export async function stopJob(context: MachineContext, job: StoredInstance): Promise<void> {
  await dropNote(context, 'CIMULATOR_PrintJobNote', String(job.get('JobId')));
}

/** Takes a job out of its queue. */
export async function dropJob(context: MachineContext, job: StoredInstance): Promise<void> {
  await stopJob(context, job);
  await context.store.delete(job.path);
}

/** Goes on with a queue by itself, on the endpoint's clock, for as long as something is being printed. */
export async function continuePrinting(context: WorkingContext, printer: string): Promise<void> {
  const { due, hasBegun } = await advance(context, printer);
  if (due !== undefined && hasBegun) printFrom(context, printer, due);
}

/** What somebody needs who waits. */
export type QueueWaiter = Pick<WorkingContext, 'namespace' | 'schema' | 'now' | 'job'>;

/** Looks at a queue at a time, and then whenever a job is done that has begun with that. @param time milliseconds since 1970 */
export function printFrom(
  { namespace, schema, now, job }: QueueWaiter,
  printer: string,
  time: number,
  before: (context: MachineContext) => Promise<unknown> = async () => {},
): void {
  job(async ({ transaction, signal }) => {
    let next: number | undefined = time;
    while (next !== undefined) {
      await until(next, now, signal);
      const { due, hasBegun } = await transaction(async (store) => {
        const context = { namespace, schema, store, now };
        await before(context);
        return advance(context, printer);
      });
      next = hasBegun ? due : undefined;
    }
  });
}
