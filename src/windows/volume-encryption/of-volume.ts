import type { MethodContext, MethodImplementation, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { inCimv2 } from '../storage-management/in-namespace.js';
import { FveCode, VolumeType } from './encryption-code.js';
import { dropState, type EncryptionState, findState, hasNote, newState, putState } from './encryption-state.js';
import { findProtector, type KeyProtector } from './key-protectors.js';
import { newIdentifier, newKey } from './new-secrets.js';

/** What a method works with. */
export interface VolumeWork<S = EncryptionState | undefined> {
  /** `\\?\Volume{GUID}\` */
  readonly device: string;
  /** `D:`; null without a letter. */
  readonly drive: string | null;
  readonly type: number;
  /** At this moment; undefined of a plain volume. */
  readonly state: S;
  readonly input: MethodInput;
  /** For work in root/cimv2. */
  readonly machine: MethodContext;
  /** Notes a changed state. */
  put(state: EncryptionState): Promise<void>;
}

type Work<S> = (work: VolumeWork<S>) => MethodOutput | Promise<MethodOutput>;

/** A method for administrators, to whom the whole namespace is. What is left of a volume that has been decrypted is removed before. */
export function ofVolume(work: Work<EncryptionState | undefined>): MethodImplementation {
  return forAdministrators(FveCode.accessDenied, async (volume, input, context) => {
    const machine = inCimv2(context);
    const device = volume.getString('DeviceID') ?? '';
    const state = await findState(context, device);
    if (!state && (await hasNote(context, device))) await dropState(machine, device);
    const outputs = await work({
      ...{ device, drive: volume.getString('DriveLetter') ?? null, type: typeOfVolume(volume) },
      ...{ state, input, machine, put: (changed) => putState(machine, device, changed) },
    });
    return { ReturnValue: FveCode.success, ...outputs };
  });
}

function typeOfVolume(volume: StoredInstance): number {
  return Number(volume.get('VolumeType') ?? VolumeType.fixed);
}

/** Of a volume that is not locked. */
export function unlocked(work: Work<EncryptionState | undefined>): MethodImplementation {
  return ofVolume((one) => {
    checkUnlocked(one.state);
    return work(one);
  });
}

/** Of a volume that BitLocker has been brought to. */
export function activated(work: Work<EncryptionState>): MethodImplementation {
  return ofVolume((one) => work({ ...one, state: activeState(one.state) }));
}

/** Of one that is not locked as well. */
export function open(work: Work<EncryptionState>): MethodImplementation {
  return activated((one) => {
    checkUnlocked(one.state);
    return work(one);
  });
}

/** @throws MethodRefusal notActivated */
export function activeState(state: EncryptionState | undefined): EncryptionState {
  if (state) return state;
  throw new MethodRefusal(FveCode.notActivated, 'BitLocker is not enabled on the volume: it has no key protector');
}

/** @throws MethodRefusal lockedVolume */
export function checkUnlocked(state: EncryptionState | undefined): void {
  if (state?.isLocked === true) throw new MethodRefusal(FveCode.lockedVolume, 'the volume is locked');
}

/** @throws MethodRefusal notOsVolume */
export function checkSystem({ type }: Pick<VolumeWork, 'type'>): void {
  if (type !== VolumeType.system)
    throw new MethodRefusal(FveCode.notOsVolume, 'the running system is on another volume');
}

/** @throws MethodRefusal notDataVolume */
export function checkData({ type }: Pick<VolumeWork, 'type'>): void {
  if (type === VolumeType.system) throw new MethodRefusal(FveCode.notDataVolume, 'the running system is on the volume');
}

/** The state of a volume, or what it begins with when BitLocker is brought to it. */
export function begunState({ state, machine }: Pick<VolumeWork, 'state' | 'machine'>): EncryptionState {
  return state ?? newState(newIdentifier(machine), Buffer.from(newKey(machine)).toString('base64'));
}

/** What keeps an identifier from being that of a key protector that a method takes. */
export interface ProtectorCodes {
  readonly notFound: number;
  readonly otherType: number;
}

const INVALID: ProtectorCodes = { notFound: FveCode.invalidArgument, otherType: FveCode.invalidArgument };

/**
 * The key protector that a call names.
 *
 * @param types those that it may be of; any when absent
 * @throws MethodRefusal
 */
export async function namedProtector(
  { state, input, machine }: Pick<VolumeWork<EncryptionState>, 'state' | 'input' | 'machine'>,
  types?: readonly number[],
  { notFound, otherType }: ProtectorCodes = INVALID,
): Promise<KeyProtector> {
  const found = await findProtector(machine, state, input.VolumeKeyProtectorID);
  if (!found) throw new MethodRefusal(notFound, 'VolumeKeyProtectorID names no key protector of the volume');
  const type = Number(found.get('Type') ?? 0);
  if (types && !types.includes(type))
    throw new MethodRefusal(otherType, `the key protector is of the type ${type}, and of ${types.join(', ')} is asked`);
  return found;
}

/** A text that was given, and is not empty. */
export function textOf(value: CimValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
