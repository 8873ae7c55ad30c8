import type { InstanceReader } from '../cim/contracts/instance-store.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { MachineContext, MachineReader } from './machine.js';

/**
 * Where a machine keeps what Windows knows and no class of it shows: who began a process, which service is to be deleted when it has
 * stopped, the name that the computer gets at the next start. Beside the instances, so that state, reset and snapshots have it, too.
 */
export const NOTES_NAMESPACE = 'root/cimulator';

/** What is noted, by what it is about. */
export type NoteClass =
  | 'CIMULATOR_MachineNote'
  | 'CIMULATOR_ProcessNote'
  | 'CIMULATOR_ServiceNote'
  | 'CIMULATOR_VolumeNote'
  | 'CIMULATOR_AdapterNote'
  | 'CIMULATOR_TpmNote'
  | 'CIMULATOR_TaskNote'
  | 'CIMULATOR_StorageJobNote'
  | 'CIMULATOR_EncryptionNote'
  | 'CIMULATOR_KeyProtectorNote'
  | 'CIMULATOR_AutoUnlockNote'
  | 'CIMULATOR_FileNote'
  | 'CIMULATOR_PrinterNote'
  | 'CIMULATOR_PrintJobNote';

type Values = Readonly<Record<string, CimValue>>;

export function notePath(className: NoteClass, about: string): InstancePath {
  return new InstancePath({ namespace: NOTES_NAMESPACE, className, keys: { Name: about } });
}

/** @param about the name of the service, the handle of the process, the device of the volume, the whole path of the task or file, the printer, the number of the print job, the identifier of the key protector; of the machine, and of its TPM, there is one note */
export function findNote(
  { store }: { readonly store: Pick<InstanceReader, 'get'> },
  className: NoteClass,
  about = 'this',
): Promise<CimInstance | undefined> {
  return store.get(notePath(className, about));
}

/** Adds to a note, or begins it. */
export async function note(
  context: MachineContext,
  className: NoteClass,
  values: Values,
  about = 'this',
): Promise<void> {
  const path = notePath(className, about);
  const known = (await context.store.get(path)) ?? new CimInstance(className, [['Name', about]], path);
  await context.store.put(known.with(values));
}

export async function dropNote({ store }: MachineContext, className: NoteClass, about = 'this'): Promise<void> {
  await store.delete(notePath(className, about));
}

/** Milliseconds by which the machine's clock is ahead of the endpoint's, since somebody set it. */
export async function clockOffset(context: { readonly store: Pick<MachineReader['store'], 'get'> }): Promise<number> {
  return Number((await findNote(context, 'CIMULATOR_MachineNote'))?.get('ClockOffset') ?? 0n);
}
