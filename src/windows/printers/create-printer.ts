import type { CreateRule, DeleteRule, InstanceContext, ModifyRule } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { onlyOne, putNew, removeWithTies, tie } from '../machine.js';
import { dropNote } from '../notes.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { dropSecurity } from '../security/noted-security.js';
import { continuePrinting, dropJob } from './print-queue.js';
import { findDriver } from './printer-drivers.js';
import {
  allPrinters,
  CONFIGURATION_CLASS,
  jobsOf,
  nameOf,
  PORT_CLASS,
  PRINTER_CLASS,
  pathOf,
  runningSpooler,
} from './printer-rows.js';
import { dropPrintShare, printShareOf, showPrintShare } from './printer-share.js';
import { isPrinterName } from './rename-printer.js';

/** Ports that a computer has by itself. */
const OWN_PORTS = /^(PORTPROMPT|FILE|NUL|XPSPort|SHRFAX|LPT[1-3]|COM[1-4]):?$/i;
/** A printer can print to a file as well. */
const FILE_PORT = /^[a-z]:\\/i;

/** What a new printer is like where nobody says otherwise. */
const USUAL: Readonly<Record<string, CimValue>> = {
  ...{ Availability: null, AveragePagesPerMinute: 0, Comment: null, Location: null, DefaultPriority: 0, Priority: 1 },
  ...{ Direct: false, DoCompleteFirst: false, EnableBIDI: false, EnableDevQueryPrint: false, Hidden: false },
  ...{ KeepPrintedJobs: false, Published: false, Queued: false, RawOnly: false, Shared: false, WorkOffline: false },
  ...{ PrintProcessor: 'winprint', PrintJobDataType: 'RAW', SpoolEnabled: true, JobCountSinceLastReset: 0 },
  ...{ HorizontalResolution: 600, VerticalResolution: 600, Capabilities: [4], CapabilityDescriptions: ['Copies'] },
  ...{ PaperSizesSupported: [7, 21], PrinterPaperNames: ['Letter', 'A4'] },
};

/** @throws CimError Failed: nobody makes printers while the spooler does not run */
async function checkServed(context: InstanceContext): Promise<void> {
  if (!(await runningSpooler(context))) throw new CimError('Failed', 'The service Spooler does not run.');
}

/** @throws CimError InvalidParameter */
async function checkParts(printer: CimInstance, context: InstanceContext): Promise<void> {
  const [driver, port] = [printer.getString('DriverName') ?? '', printer.getString('PortName') ?? ''];
  if (!(await findDriver(driver, context)))
    throw new CimError('InvalidParameter', `DriverName: there is no driver '${shorten(driver, 200)}'.`);
  const isThere = OWN_PORTS.test(port) || FILE_PORT.test(port) || printer.get('Network') === true;
  if (!isThere && !(await context.store.get(pathOf(PORT_CLASS, { Name: port }))))
    throw new CimError('InvalidParameter', `PortName: there is no port '${shorten(port, 200)}'.`);
}

/** A printer that a client describes: with a driver and a port that are there. */
export const createPrinter: CreateRule = async (given, context) => {
  await checkServed(context);
  const name = given.getString('DeviceID') ?? '';
  if (!isPrinterName(name))
    throw new CimError('InvalidParameter', `DeviceID: no printer may be called '${shorten(name, 200)}'.`);
  await checkParts(given, context);
  return describePrinter(name, given, context);
};

/** Puts what belongs to a printer in place: its configuration and its share. @returns the printer, which is to be stored */
export async function describePrinter(
  name: string,
  given: CimInstance,
  context: InstanceContext,
): Promise<CimInstance> {
  const computer = await onlyOne(context, 'Win32_ComputerSystem');
  const isFirst = (await allPrinters(context)).length === 0;
  const values: Record<string, CimValue> = { ...USUAL };
  for (const [property, value] of given.properties) if (value !== null) values[property] = value;
  const path = pathOf(PRINTER_CLASS, { DeviceID: name });
  const printer = given.at(path).with({
    ...values,
    ...{ DeviceID: name, Name: name, Caption: name, CreationClassName: PRINTER_CLASS, Default: isFirst },
    ...{ SystemCreationClassName: 'Win32_ComputerSystem', SystemName: computer?.get('Name') ?? null },
    Local: given.get('Network') !== true,
    Network: given.get('Network') === true,
  });
  const Setting = await putNew(context, CONFIGURATION_CLASS, {
    ...{ Name: name, Caption: name, Description: name, DeviceName: name, SettingID: name },
    ...{ Collate: false, Color: 1, Copies: 1, Duplex: false, DriverVersion: 1536, FormName: 'A4' },
    ...{ HorizontalResolution: 600, VerticalResolution: 600, XResolution: 600, YResolution: 600 },
    ...{ Orientation: 1, PaperSize: 'A4', PaperLength: 2970, PaperWidth: 2100, PrintQuality: 600, Scale: 100 },
    ...{ SpecificationVersion: 1025, MediaType: 1, TTOption: 3 },
  });
  await tie(context, 'Win32_PrinterSetting', { Element: path, Setting });
  await showPrintShare(stored(printer), undefined, context);
  return printer;
}

/** What a client changes: a printer that goes off line stops, and one that is shared has a share. */
export const modifyPrinter: ModifyRule = async (instance, before, context) => {
  await checkServed(context);
  const changed = stored(before.with(Object.fromEntries(instance.properties)).at(stored(before).path));
  if (
    !sameName(changed.getString('DriverName') ?? '', before.getString('DriverName') ?? '') ||
    changed.get('PortName') !== before.get('PortName')
  )
    await checkParts(changed, context);
  await context.store.put(changed);
  await showPrintShare(changed, before, context);
  await continuePrinting(context, nameOf(changed));
  return changed;
};

/** Its jobs, its configuration and its share go with it; another printer becomes the default one. */
export const deletePrinter: DeleteRule = async (printer, context) => {
  await checkServed(context);
  await dropParts(stored(printer), context);
  if (printer.get('Default') !== true) return;
  const other = (await allPrinters(context)).find((one) => !sameName(nameOf(one), nameOf(printer)));
  if (other) await context.store.put(other.with({ Default: true }));
};

async function dropParts(printer: StoredInstance, context: InstanceContext): Promise<void> {
  const name = nameOf(printer);
  for (const job of await jobsOf(context, name)) await dropJob(context, job);
  const share = await printShareOf(printer, context);
  if (share) await dropPrintShare(share, context);
  await removeWithTies(context, pathOf(CONFIGURATION_CLASS, { Name: name }));
  const ties = await context.store.referencing(printer.path);
  await context.store.deleteMany(ties.flatMap(({ path }) => path ?? []));
  await dropNote(context, 'CIMULATOR_PrinterNote', name);
  await dropSecurity(context.store, `printer ${name}`);
}
