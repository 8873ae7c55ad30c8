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
  portState,
  runningSpooler,
} from './printer-rows.js';

/** How long a page takes, in milliseconds. */
export const PAGE_MS = 2000;

/**
 * What has become of a printer's queue by now: jobs whose time is over are printed, and gone unless the printer keeps them, and the next one
 * has begun when that before it ended. A printer prints one at a time.
 *
 * @returns when the job that is being printed is done; undefined when none is
 */
export async function advance(context: MachineContext, printer: string): Promise<number | undefined> {
  const found = await findPrinter(context, printer);
  if (!found || !(await canPrint(context, found))) {
    await stopPrinting(context, printer);
    return undefined;
  }
  let from = context.now();
  for (;;) {
    const waiting = (await jobsOf(context, printer)).filter((one) => !hasMask(one, JobMask.printed));
    const begun = await firstBegun(context, waiting);
    const job = begun?.job ?? waiting.find((one) => !hasMask(one, JobMask.paused));
    if (!job) return undefined;
    const due = begun?.due ?? (await begin(context, job, from));
    if (due > context.now()) return due;
    await finish(context, found, job);
    from = due;
  }
}

async function canPrint(context: MachineContext, printer: StoredInstance): Promise<boolean> {
  if (!(await runningSpooler(context)) || (await isPaused(context, nameOf(printer)))) return false;
  return printer.get('WorkOffline') !== true && (await portState(context, printer)) === 'answers';
}

async function firstBegun(context: MachineContext, jobs: readonly StoredInstance[]) {
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
  await dropNote(context, 'CIMULATOR_PrintJobNote', String(job.get('JobId')));
  if (printer.get('KeepPrintedJobs') !== true) await context.store.delete(job.path);
  else await context.store.put(job.with({ StatusMask: JobMask.printed, PagesPrinted: job.get('TotalPages') }));
}

/** What is being printed begins anew when the printer goes on. */
export async function stopPrinting(context: MachineContext, printer: string): Promise<void> {
  for (const job of await jobsOf(context, printer))
    await dropNote(context, 'CIMULATOR_PrintJobNote', String(job.get('JobId')));
}

/** Takes a job out of its queue. */
export async function dropJob(context: MachineContext, job: StoredInstance): Promise<void> {
  await dropNote(context, 'CIMULATOR_PrintJobNote', String(job.get('JobId')));
  await context.store.delete(job.path);
}

/** Goes on with a queue by itself, on the endpoint's clock, for as long as something is being printed. */
export async function continuePrinting(context: WorkingContext, printer: string): Promise<void> {
  if ((await advance(context, printer)) !== undefined) printLater(context, printer);
}

function printLater({ namespace, schema, now, job }: WorkingContext, printer: string): void {
  job(async ({ transaction, signal }) => {
    for (;;) {
      const due = await transaction((store) => advance({ namespace, schema, store, now }, printer));
      if (due === undefined) return;
      await until(due, now, signal);
    }
  });
}
