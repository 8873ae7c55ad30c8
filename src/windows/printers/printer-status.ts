import type { DerivationContext, Provider } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import {
  dueOf,
  findPrinter,
  hasMask,
  isPaused,
  JobMask,
  jobsOf,
  nameOf,
  portState,
  printerOf,
  runningSpooler,
} from './printer-rows.js';

/** What a printer is at, and what its properties say of it, by their value maps. An idle one says what one of Windows was seen to say. */
const SHOWN = {
  idle: { PrinterStatus: 3, ExtendedPrinterStatus: 2, PrinterState: 0, error: 0, Status: 'Unknown' },
  printing: { PrinterStatus: 4, ExtendedPrinterStatus: 4, PrinterState: 11, error: 2, Status: 'OK' },
  paused: { PrinterStatus: 1, ExtendedPrinterStatus: 8, PrinterState: 1, error: 0, Status: 'Unknown' },
  offline: { PrinterStatus: 7, ExtendedPrinterStatus: 7, PrinterState: 8, error: 9, Status: 'Error' },
  error: { PrinterStatus: 1, ExtendedPrinterStatus: 9, PrinterState: 2, error: 1, Status: 'Error' },
  unserved: { PrinterStatus: 2, ExtendedPrinterStatus: 11, PrinterState: 24, error: 0, Status: 'Unknown' },
} as const;

/** `ExtendedDetectedErrorState`: that nobody speaks for the printer has a number there, and being off line has none. */
const EXTENDED_ERRORS: Readonly<Record<number, number>> = { 9: 1 };
const SERVER_UNKNOWN = 15;

/** What keeps a printer from printing, whatever waits for it: `silent` when nobody sees it before something does. */
async function obstacle(printer: CimInstance, context: DerivationContext) {
  if (!(await runningSpooler(context))) return 'unserved';
  if (await isPaused(context, nameOf(printer))) return 'paused';
  const port = await portState(context, printer);
  if (printer.get('WorkOffline') === true || port === 'reported silent') return 'offline';
  return port === 'silent' ? 'silent' : undefined;
}

async function shown(printer: CimInstance, context: DerivationContext): Promise<keyof typeof SHOWN> {
  const hindered = await obstacle(printer, context);
  if (hindered !== undefined && hindered !== 'silent') return hindered;
  const jobs = (await jobsOf(context, nameOf(printer))).filter((one) => !hasMask(one, JobMask.printed));
  if (hindered === 'silent') return jobs.length > 0 ? 'error' : 'idle';
  for (const job of jobs) if ((await dueOf(context, job)) !== undefined) return 'printing';
  return 'idle';
}

/** Bits of `Attributes`, each by the property that says the same. */
const ATTRIBUTES = [
  ...['Queued', 'Direct', 'Default', 'Shared', 'Network', 'Hidden', 'Local', 'EnableDevQueryPrint'],
  ...['KeepPrintedJobs', 'DoCompleteFirst', 'WorkOffline', 'EnableBIDI', 'RawOnly', 'Published'],
];

/** Properties of Win32_Printer that follow from others, from its queue, its port and the spooler. */
export const printerStatus: NonNullable<Provider['derived']> = {
  PrinterStatus: async (printer, context) => SHOWN[await shown(printer, context)].PrinterStatus,
  ExtendedPrinterStatus: async (printer, context) => SHOWN[await shown(printer, context)].ExtendedPrinterStatus,
  PrinterState: async (printer, context) => SHOWN[await shown(printer, context)].PrinterState,
  DetectedErrorState: async (printer, context) => SHOWN[await shown(printer, context)].error,
  ExtendedDetectedErrorState: async (printer, context) => {
    const state = await shown(printer, context);
    const { error } = SHOWN[state];
    return state === 'unserved' ? SERVER_UNKNOWN : (EXTENDED_ERRORS[error] ?? error);
  },
  Status: async (printer, context) => SHOWN[await shown(printer, context)].Status,
  Attributes: (printer) =>
    ATTRIBUTES.reduce((bits, property, at) => (printer.get(property) === true ? bits + 2 ** at : bits), 0),
};

/** Properties of Win32_PrintJob that follow from the clock, and from what its printer is at. */
export const jobStatus: NonNullable<Provider['derived']> = {
  StatusMask: async (job, context) => Number(job.get('StatusMask') ?? 0) | (await maskNow(job, context)),
  JobStatus: async (job, context) => {
    const mask = Number(job.get('StatusMask') ?? 0) | (await maskNow(job, context));
    const words = MASK_WORDS.flatMap(([bit, word]) => ((mask & bit) !== 0 ? [word] : []));
    return words.length > 0 ? words.join(' | ') : null;
  },
  Status: async (job, context) => (((await maskNow(job, context)) & JobMask.error) === 0 ? 'OK' : 'Error'),
};

const MASK_WORDS = [
  ...([
    [JobMask.paused, 'Paused'],
    [JobMask.error, 'Error'],
    [JobMask.printing, 'Printing'],
  ] as const),
  ...([
    [JobMask.offline, 'Offline'],
    [JobMask.printed, 'Printed'],
  ] as const),
] as const;

async function maskNow(job: CimInstance, context: DerivationContext): Promise<number> {
  if (hasMask(job, JobMask.printed)) return 0;
  if ((await dueOf(context, job)) !== undefined) return JobMask.printing;
  const printer = await findPrinter(context, printerOf(job));
  if (!printer) return 0;
  // The rest of the queue is not looked at: of a long one every job is asked.
  const hindered = await obstacle(printer, context);
  if (hindered === 'offline') return JobMask.offline;
  return hindered === 'silent' ? JobMask.error : 0;
}
