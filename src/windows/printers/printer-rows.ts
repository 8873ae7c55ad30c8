import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMULATOR, CIMV2 } from '../namespaces.js';
import { findNote } from '../notes.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { stateOf } from '../service/service-state.js';
import { millisecondsOf } from '../timestamp.js';

export const PRINTER_CLASS = 'Win32_Printer';
export const JOB_CLASS = 'Win32_PrintJob';
export const PORT_CLASS = 'Win32_TCPIPPrinterPort';
export const DRIVER_CLASS = 'Win32_PrinterDriver';
export const CONFIGURATION_CLASS = 'Win32_PrinterConfiguration';

/** Reads what belongs to printing. */
export type PrintReader = { readonly store: InstanceReader };

/** Bits of `Win32_PrintJob.StatusMask` that a job is stored with; others follow from what goes on. */
export const JobMask = { paused: 1, error: 2, printing: 16, offline: 32, printed: 128 } as const;

export function pathOf(className: string, keys: Readonly<Record<string, string>>): InstancePath {
  return new InstancePath({ namespace: CIMV2, className, keys });
}

export async function findPrinter({ store }: PrintReader, name: string): Promise<StoredInstance | undefined> {
  return stored(await store.get(pathOf(PRINTER_CLASS, { DeviceID: name })));
}

export async function allPrinters({ store }: PrintReader): Promise<readonly StoredInstance[]> {
  const found: StoredInstance[] = [];
  for await (const one of store.scan(CIMV2, PRINTER_CLASS)) found.push(stored(one));
  return found;
}

export function nameOf(printer: CimInstance): string {
  return printer.getString('DeviceID') ?? '';
}

/** The name of a print job: its printer's, and its number. */
export function jobName(printer: string, id: number): string {
  return `${printer}, ${id}`;
}

/** The printer that a job is for. */
export function printerOf(job: CimInstance): string {
  return (job.getString('Name') ?? '').replace(/, \d+$/, '');
}

/** The jobs of a printer that are not printed yet, and those that are kept: first those of a higher priority, then as they came. */
export async function jobsOf({ store }: PrintReader, printer: string): Promise<readonly StoredInstance[]> {
  const jobs: StoredInstance[] = [];
  for await (const one of store.scan(CIMV2, JOB_CLASS)) if (sameName(printerOf(one), printer)) jobs.push(stored(one));
  const rank = (job: CimInstance) => Number(job.get('Priority') ?? 0);
  return jobs.sort((a, b) => rank(b) - rank(a) || Number(a.get('JobId')) - Number(b.get('JobId')));
}

export function hasMask(job: CimInstance, bit: number): boolean {
  return (Number(job.get('StatusMask') ?? 0) & bit) !== 0;
}

/** The service that prints; undefined where there is none, or it does not run. */
export async function runningSpooler({ store }: PrintReader): Promise<CimInstance | undefined> {
  const spooler = await store.get(pathOf('Win32_Service', { Name: 'Spooler' }));
  return spooler && stateOf(spooler) === 'Running' ? spooler : undefined;
}

export async function isPaused(reader: PrintReader, printer: string): Promise<boolean> {
  return (await findNote(reader, 'CIMULATOR_PrinterNote', printer))?.get('IsPaused') === true;
}

/** When a job is printed, in milliseconds since 1970; undefined for one that is not being printed. */
export async function dueOf(reader: PrintReader, job: CimInstance): Promise<number | undefined> {
  const note = await findNote(reader, 'CIMULATOR_PrintJobNote', String(job.get('JobId')));
  const spooler = await runningSpooler(reader);
  if (!note || !spooler || note.get('SpoolerId') !== spooler.get('ProcessId')) return undefined;
  const due = note.get('Due');
  return due instanceof CimDateTime ? millisecondsOf(due) : undefined;
}

/** What the port of a printer is to somebody who prints: a port of the computer itself, or a device that answers, or does not. */
export async function portState(
  { store }: PrintReader,
  printer: CimInstance,
): Promise<'answers' | 'silent' | 'reported silent'> {
  const port = await store.get(pathOf(PORT_CLASS, { Name: printer.getString('PortName') ?? '' }));
  if (!port) return 'answers';
  for await (const device of store.scan(CIMULATOR, 'CIMULATOR_NetworkDevice')) {
    const names = [device.getString('Address'), device.getString('HostName')];
    const isMeant = names.some((one) => one !== undefined && sameName(one, port.getString('HostAddress') ?? ''));
    if (isMeant && device.get('IsReachable') !== false) return 'answers';
  }
  return port.get('SNMPEnabled') === true ? 'reported silent' : 'silent';
}
