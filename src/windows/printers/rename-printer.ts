import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import type { MachineContext, WorkingContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { moveInstance } from '../move-instance.js';
import { dropNote, findNote, note } from '../notes.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { dropSecurity, notedSecurity, noteSecurity } from '../security/noted-security.js';
import { advance, continuePrinting, stopPrinting } from './print-queue.js';
import { PrintCode } from './printer-code.js';
import {
  CONFIGURATION_CLASS,
  findPrinter,
  JOB_CLASS,
  jobName,
  jobsOf,
  nameOf,
  PRINTER_CLASS,
  pathOf,
} from './printer-rows.js';
import { printShareOf, sharedAs } from './printer-share.js';

const LONGEST_NAME = 220;

/** Whether a printer may be called so: the name of a job ends with a comma and a number, and a backslash is of a server. */
export function isPrinterName(given: CimValue | undefined): given is string {
  return typeof given === 'string' && given !== '' && given.length <= LONGEST_NAME && !/[\\,!\p{Cc}]/u.test(given);
}

/** Gives a printer another name, and all that goes by its name. @throws MethodRefusal */
export async function renamePrinter(
  printer: StoredInstance,
  given: CimValue | undefined,
  context: WorkingContext,
): Promise<void> {
  if (!isPrinterName(given))
    throw new MethodRefusal(PrintCode.invalidName, `no printer may be called '${shorten(String(given), 200)}'`);
  const before = nameOf(printer);
  const other = await findPrinter(context, given);
  if (other && !sameName(given, before))
    throw new MethodRefusal(PrintCode.alreadyExists, `there is a printer ${given} already`);
  // What is printed by now is printed; what has begun begins anew, since whoever waits for it knows the old name.
  await advance(context, before);
  await stopPrinting(context, before);
  await renameJobs(before, given, context);
  const share = await printShareOf(printer, context);
  const called = { DeviceID: given, Name: given, Caption: given };
  await moveInstance(printer, printer.with(called).at(pathOf(PRINTER_CLASS, { DeviceID: given })), context);
  if (share) await context.store.put(share.with(renamedShare(share, before, given)));
  const configuration = await context.store.get(pathOf(CONFIGURATION_CLASS, { Name: before }));
  if (configuration)
    await moveInstance(
      stored(configuration),
      configuration
        .with({ Name: given, Caption: given, Description: given, DeviceName: given, SettingID: given })
        .at(pathOf(CONFIGURATION_CLASS, { Name: given })),
      context,
    );
  await moveNotes(before, given, context);
  await continuePrinting(context, given);
}

/** A share that is described by the name of its printer is so by the new one. */
function renamedShare(share: StoredInstance, before: string, name: string) {
  const isDescribed = sameName(share.getString('Description') ?? '', before);
  return { Path: sharedAs(name), ...(isDescribed && { Caption: name, Description: name }) };
}

async function renameJobs(before: string, name: string, context: MachineContext): Promise<void> {
  for (const job of await jobsOf(context, before)) {
    const Name = jobName(name, Number(job.get('JobId')));
    await context.store.delete(job.path);
    await context.store.put(job.with({ Name, Caption: Name, Description: Name }).at(pathOf(JOB_CLASS, { Name })));
  }
}

async function moveNotes(before: string, name: string, context: MachineContext): Promise<void> {
  const noted = await findNote(context, 'CIMULATOR_PrinterNote', before);
  if (noted) {
    await dropNote(context, 'CIMULATOR_PrinterNote', before);
    await note(context, 'CIMULATOR_PrinterNote', { IsPaused: noted.get('IsPaused') }, name);
  }
  const security = await notedSecurity(context.store, `printer ${before}`);
  if (!security) return;
  await dropSecurity(context.store, `printer ${before}`);
  await noteSecurity(context.store, `printer ${name}`, security);
}
