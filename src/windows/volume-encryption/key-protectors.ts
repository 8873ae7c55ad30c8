import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import type { MachineContext } from '../machine.js';
import { dropNote, findNote, note } from '../notes.js';
import { ProtectorType } from './encryption-code.js';
import type { EncryptionState } from './encryption-state.js';

const NOTE = 'CIMULATOR_KeyProtectorNote';

/** Those that need the TPM, a PIN, or a key that lies in a file. */
export const TPM_TYPES: readonly number[] = [
  ...[ProtectorType.tpm, ProtectorType.tpmAndPin],
  ...[ProtectorType.tpmAndStartupKey, ProtectorType.tpmAndPinAndStartupKey],
];
export const PIN_TYPES: readonly number[] = [ProtectorType.tpmAndPin, ProtectorType.tpmAndPinAndStartupKey];
export const KEY_TYPES: readonly number[] = [
  ...[ProtectorType.externalKey, ProtectorType.tpmAndStartupKey, ProtectorType.tpmAndPinAndStartupKey],
];

/** A key protector, as it is noted: `Name` is its identifier, `Type` one of {@link ProtectorType}. */
export type KeyProtector = CimInstance;

export function idOf(protector: KeyProtector): string {
  return protector.getString('Name') ?? '';
}

export function typeOf(protector: KeyProtector): number {
  return Number(protector.get('Type') ?? 0);
}

/** An external key, bytes of a profile or of a public key. */
export function bytesIn(protector: KeyProtector, name: string): readonly number[] | undefined {
  const value = protector.get(name);
  return isCimArray(value) ? value.map(Number) : undefined;
}

/** The key protectors of a volume, all or those of some types, in the order in which they were made. */
export async function protectorsOf(
  context: { readonly store: Pick<InstanceReader, 'get'> },
  state: EncryptionState | undefined,
  types?: readonly number[],
): Promise<readonly KeyProtector[]> {
  const found: KeyProtector[] = [];
  for (const id of state?.protectors ?? []) {
    const one = await findNote(context, NOTE, id);
    if (one && (types === undefined || types.includes(typeOf(one)))) found.push(one);
  }
  return found;
}

/** A key protector of a volume by its identifier, in any case of the letters. */
export async function findProtector(
  context: { readonly store: Pick<InstanceReader, 'get'> },
  state: EncryptionState,
  id: CimValue | undefined,
): Promise<KeyProtector | undefined> {
  const known = typeof id === 'string' ? state.protectors.find((one) => sameName(one, id)) : undefined;
  return known === undefined ? undefined : findNote(context, NOTE, known);
}

/** Writes a key protector down, a new one or what has changed of one. */
export async function putProtector(
  context: MachineContext,
  id: string,
  values: Readonly<Record<string, CimValue>>,
): Promise<void> {
  await note(context, NOTE, values, id);
}

export async function dropProtector(context: MachineContext, id: string): Promise<void> {
  await dropNote(context, NOTE, id);
}
