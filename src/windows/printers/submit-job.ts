import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { onlyOne, putNew, type WorkingContext } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';
import { findNote, note } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';
import { continuePrinting } from './print-queue.js';
import { CONFIGURATION_CLASS, JOB_CLASS, jobName, nameOf, pathOf } from './printer-rows.js';

/** A document for a printer. */
export interface PrintedDocument {
  readonly title: string;
  readonly pages: number;
  /** In bytes. */
  readonly size: number;
}

/** The first number of a print job, as Windows gives it. */
const FIRST_JOB = 2;
const COLOR = 2;
/** Lowest and usual. */
const PRIORITY = 1;

/** Puts a document into a printer's queue, which begins with it when nothing is before it. @returns the number of the job */
export async function submitJob(
  printer: StoredInstance,
  { title, pages, size }: PrintedDocument,
  context: WorkingContext & { readonly user: string | undefined },
): Promise<number> {
  const name = nameOf(printer);
  // What is printed by now is before it.
  await continuePrinting(context, name);
  const id = await nextNumber(context);
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  const configuration = await context.store.get(pathOf(CONFIGURATION_CLASS, { Name: name }));
  const computer = printer.getString('SystemName') ?? '';
  await putNew(context, JOB_CLASS, {
    ...{ Name: jobName(name, id), Caption: jobName(name, id), Description: jobName(name, id), JobId: id },
    ...{ Document: title, TotalPages: pages, PagesPrinted: 0, Size: size, StatusMask: 0 },
    ...{ Owner: context.user ?? 'SYSTEM', Notify: context.user ?? 'SYSTEM', HostPrintQueue: `\\\\${computer}` },
    ...{ DriverName: printer.get('DriverName'), PrintProcessor: printer.get('PrintProcessor') },
    ...{ DataType: printer.get('PrintJobDataType'), Parameters: '', Priority: priorityOf(printer) },
    ...paperOf(configuration),
    TimeSubmitted: await machineTimestamp(context, Number(system?.get('CurrentTimeZone') ?? 0)),
    ElapsedTime: CimDateTime.parse('00000000000000.000000:000'),
  });
  const count = Number(printer.get('JobCountSinceLastReset') ?? 0);
  await context.store.put(printer.with({ JobCountSinceLastReset: count + 1 }));
  await continuePrinting(context, name);
  return id;
}

function priorityOf(printer: CimInstance): number {
  return Math.max(PRIORITY, Number(printer.get('DefaultPriority') ?? 0));
}

function paperOf(configuration: CimInstance | undefined) {
  return {
    Color: configuration?.get('Color') === COLOR ? 'Color' : 'Monochrome',
    PaperSize: configuration?.get('PaperSize') ?? null,
    PaperLength: configuration?.get('PaperLength') ?? null,
    PaperWidth: configuration?.get('PaperWidth') ?? null,
  };
}

async function nextNumber(context: WorkingContext): Promise<number> {
  const last = Number((await findNote(context, 'CIMULATOR_MachineNote'))?.get('LastPrintJob') ?? FIRST_JOB - 1);
  await note(context, 'CIMULATOR_MachineNote', { LastPrintJob: last + 1 });
  return last + 1;
}
