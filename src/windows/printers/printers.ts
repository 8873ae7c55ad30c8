import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodImplementation, Provider } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { note } from '../notes.js';
import { onInstance, type StoredInstance, stored } from '../on-instance.js';
import type { LabNetwork } from '../reachability/lab-network.js';
import { isAdministrator } from '../security/is-administrator.js';
import { createPrinter, deletePrinter, modifyPrinter } from './create-printer.js';
import { advance, continuePrinting, dropJob, stopJob, stopPrinting } from './print-queue.js';
import { checkMayManage, checkSpooler, DONE, PrintCode } from './printer-code.js';
import { connectPrinter } from './printer-connection.js';
import { printerDrivers } from './printer-drivers.js';
import { printerPorts } from './printer-ports.js';
import {
  allPrinters,
  CONFIGURATION_CLASS,
  JOB_CLASS,
  JobMask,
  jobsOf,
  nameOf,
  PRINTER_CLASS,
  printerOf,
} from './printer-rows.js';
import { getPrinterSecurity, setPrinterSecurity } from './printer-security.js';
import { jobStatus, printerStatus } from './printer-status.js';
import { renamePrinter } from './rename-printer.js';
import { submitJob } from './submit-job.js';

const TEST_PAGE = { title: 'Test Page', pages: 1, size: 70_244 };

type Act = (instance: StoredInstance, context: MethodContext) => Promise<void>;

/** A method for who manages printers, while the spooler runs. */
function managing(act: Act): MethodImplementation {
  return refusing(
    onInstance(async (instance, _input, context) => {
      await checkMayManage(context);
      await act(instance, context);
      return DONE;
    }),
  );
}

async function pause(printer: StoredInstance, context: MethodContext): Promise<void> {
  const name = nameOf(printer);
  // What is printed by now is printed.
  await advance(context, name);
  await note(context, 'CIMULATOR_PrinterNote', { IsPaused: true }, name);
  await stopPrinting(context, name);
}

async function resume(printer: StoredInstance, context: MethodContext): Promise<void> {
  await note(context, 'CIMULATOR_PrinterNote', { IsPaused: false }, nameOf(printer));
  await continuePrinting(context, nameOf(printer));
}

async function cancelAll(printer: StoredInstance, context: MethodContext): Promise<void> {
  for (const job of await jobsOf(context, nameOf(printer))) await dropJob(context, job);
}

/** The computer's: there is one default printer for whoever calls. */
async function makeDefault(printer: StoredInstance, context: MethodContext): Promise<void> {
  for (const one of await allPrinters(context)) {
    const Default = sameName(nameOf(one), nameOf(printer));
    if (one.get('Default') !== Default) await context.store.put(one.with({ Default }));
  }
}

/** Win32_Printer. Reset and SetPowerState are not available: its page says that they are not implemented. */
function printersOn(network: LabNetwork | undefined): Provider {
  return defineProvider(PRINTER_CLASS, {
    methods: {
      Pause: managing(pause),
      Resume: managing(resume),
      CancelAllJobs: managing(cancelAll),
      PrintTestPage: managing(async (printer, context) => void (await submitJob(printer, TEST_PAGE, context))),
      RenamePrinter: refusing(
        onInstance(async (printer, { NewPrinterName }, context) => {
          await checkMayManage(context);
          await renamePrinter(printer, NewPrinterName, context);
          return DONE;
        }),
      ),
      SetDefaultPrinter: refusing(
        onInstance(async (printer, _input, context) => {
          await checkSpooler(context);
          await makeDefault(printer, context);
          return DONE;
        }),
      ),
      AddPrinterConnection: refusing(async ({ Name }, context) => {
        await checkMayManage(context);
        await connectPrinter(Name, network, context);
        return DONE;
      }),
      GetSecurityDescriptor: getPrinterSecurity,
      SetSecurityDescriptor: setPrinterSecurity,
    },
    instances: { create: createPrinter, modify: modifyPrinter, delete: deletePrinter },
    derived: printerStatus,
  });
}

/** A job of his own everybody may hold up. @throws MethodRefusal */
async function checkMayHold(job: StoredInstance, context: MethodContext): Promise<void> {
  const isOwn = context.user !== undefined && sameName(job.getString('Owner') ?? '', context.user);
  if (!isOwn && !(await isAdministrator(context)))
    throw new MethodRefusal(PrintCode.accessDenied, `the job is that of ${job.getString('Owner')}`);
  await checkSpooler(context);
}

function holding(isHeld: boolean): MethodImplementation {
  return refusing(
    onInstance(async (job, _input, context) => {
      await checkMayHold(job, context);
      const printer = printerOf(job);
      await continuePrinting(context, printer);
      const current = (await jobsOf(context, printer)).find((one) => one.path.equals(job.path));
      if (!current) return DONE;
      const mask = Number(current.get('StatusMask') ?? 0);
      const StatusMask = isHeld ? mask | JobMask.paused : mask & ~JobMask.paused;
      if (isHeld) await stopJob(context, current);
      await context.store.put(current.with({ StatusMask }));
      await continuePrinting(context, printer);
      return DONE;
    }),
  );
}

const jobs = defineProvider(JOB_CLASS, {
  methods: { Pause: holding(true), Resume: holding(false) },
  instances: {
    delete: async (job, context) => {
      const printer = printerOf(job);
      if (job.path) await dropJob(context, stored(job));
      await continuePrinting(context, printer);
    },
  },
  derived: jobStatus,
});

/** Printers, what is printed on them, and what they are made of. */
export function printers(network: LabNetwork | undefined): readonly Provider[] {
  return [
    ...[printersOn(network), jobs, printerPorts, printerDrivers],
    defineProvider(CONFIGURATION_CLASS, { methods: {}, instances: {} }),
  ];
}
