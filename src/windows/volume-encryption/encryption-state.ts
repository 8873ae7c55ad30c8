import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import type { MachineContext } from '../machine.js';
import { dropNote, findNote, note } from '../notes.js';
import { ConversionStatus } from './encryption-code.js';
import { doneAt, isOver, type WorkInTime, withRunning } from './work-in-time.js';

const NOTE = 'CIMULATOR_EncryptionNote';

/** Where a volume is between decrypted and encrypted. */
export type Conversion = 'decrypted' | 'encrypted' | 'encrypting' | 'decrypting';
const CONVERSIONS: readonly Conversion[] = ['decrypted', 'encrypted', 'encrypting', 'decrypting'];

/** What BitLocker has written on a volume, as it is at a moment. A volume without it is a plain one. */
export interface EncryptionState {
  /** `{GUID}` */
  readonly persistentId: string;
  readonly version: number;
  /** 256 bits in base64. */
  readonly volumeKey: string;
  /** Identifiers, in the order in which they were made. */
  readonly protectors: readonly string[];
  /** Whether the key lies in the clear on the volume: protectors are disabled. */
  readonly isSuspended: boolean;
  /** Restarts until protectors are enabled again; 0: until somebody enables them. */
  readonly suspendCount: number;
  readonly isLocked: boolean;
  readonly method: number;
  readonly conversion: Conversion;
  readonly isDataOnly: boolean;
  /** How far it is; where nothing is converted, the last one. It stands still while the volume is locked. */
  readonly work: WorkInTime;
  readonly isPaused: boolean;
  /** 0 not wiped, 1 wiped, 2 being wiped. */
  readonly wiping: number;
  readonly wipingWork: WorkInTime;
  readonly hardwareTest: number;
  readonly hardwareTestError: number;
  readonly identificationField: string | null;
  readonly discoveryVolumeType: string | null;
}

/** `HardwareTest`, which is `TestStatus` as GetHardwareTestStatus tells it. */
export const HardwareTest = { none: 0, failed: 1, pending: 2 } as const;
/** `Wiping`. */
export const Wiping = { notWiped: 0, wiped: 1, inProgress: 2 } as const;

type Clock = { readonly store: Pick<InstanceReader, 'get'>; now(): number };

/** The state of a volume at this moment; undefined for a plain one, which it is again when it has been decrypted. */
export async function findState(context: Clock, device: string): Promise<EncryptionState | undefined> {
  const found = await findNote(context, NOTE, device);
  return found && settled(stateOf(found), context.now());
}

/** Whether there is anything of BitLocker on a volume, though it may be over. */
export async function hasNote(context: Clock, device: string): Promise<boolean> {
  return (await findNote(context, NOTE, device)) !== undefined;
}

/** What has come to its end is over; a decrypted volume has nothing left. */
export function settled(state: EncryptionState, now: number): EncryptionState | undefined {
  if (state.conversion === 'decrypting' && isOver(state.work, now)) return undefined;
  const encrypted =
    state.conversion === 'encrypting' && isOver(state.work, now)
      ? { ...state, conversion: 'encrypted' as const, isPaused: false }
      : state;
  return encrypted.wiping === Wiping.inProgress && isOver(encrypted.wipingWork, now)
    ? { ...encrypted, wiping: Wiping.wiped }
    : encrypted;
}

/** `ConversionStatus`. */
export function statusOf(state: EncryptionState | undefined): number {
  const isPaused = state?.isPaused === true;
  switch (state?.conversion) {
    case 'encrypted':
      return ConversionStatus.fullyEncrypted;
    case 'encrypting':
      return isPaused ? ConversionStatus.encryptionPaused : ConversionStatus.encryptionInProgress;
    case 'decrypting':
      return isPaused ? ConversionStatus.decryptionPaused : ConversionStatus.decryptionInProgress;
    default:
      return ConversionStatus.fullyDecrypted;
  }
}

/** `ProtectionStatus`: off, on, or unknown, since the volume is locked. */
export function protectionOf(state: EncryptionState | undefined): number {
  if (!state) return 0;
  if (state.isLocked) return 2;
  return state.conversion === 'encrypted' && !state.isSuspended && state.protectors.length > 0 ? 1 : 0;
}

/** `EncryptionMethod`: 0 of what is not encrypted and not about to be. */
export function methodOf(state: EncryptionState | undefined): number {
  return state === undefined || state.conversion === 'decrypted' ? 0 : state.method;
}

/** Work of the volume halts, or goes on: it does where it is neither paused nor locked. */
export function withWorkFor(state: EncryptionState, now: number): EncryptionState {
  const isRunning = !state.isPaused && !state.isLocked;
  return {
    ...state,
    work: withRunning(state.work, isRunning && state.conversion.endsWith('ing'), now),
    wipingWork: withRunning(state.wipingWork, isRunning && state.wiping === Wiping.inProgress, now),
  };
}

const NO_WORK: WorkInTime = { total: 0, done: 0, since: 0, isRunning: false };

/** A volume that BitLocker has just been brought to: nothing of it is encrypted. */
export function newState(persistentId: string, volumeKey: string): EncryptionState {
  return {
    ...{ persistentId, volumeKey, version: 2, protectors: [], isSuspended: false, suspendCount: 0, isLocked: false },
    ...{ method: 0, conversion: 'decrypted', isDataOnly: false, work: NO_WORK, isPaused: false },
    ...{ wiping: Wiping.notWiped, wipingWork: NO_WORK, hardwareTest: HardwareTest.none, hardwareTestError: 0 },
    ...{ identificationField: null, discoveryVolumeType: null },
  };
}

function stateOf(found: CimInstance): EncryptionState {
  const number = (name: string) => Number(found.get(name) ?? 0);
  const [isLocked, isPaused] = [found.get('IsLocked') === true, found.get('IsPaused') === true];
  const conversion = CONVERSIONS[number('Conversion')] ?? 'decrypted';
  const wiping = number('Wiping');
  const workOf = (name: string, isRunning: boolean): WorkInTime => ({
    ...{ total: number(`${name}Time`), done: number(`${name}Done`), since: number(`${name}Since`) },
    isRunning: isRunning && !isPaused && !isLocked,
  });
  const list = found.get('KeyProtectors');
  return {
    ...{ persistentId: found.getString('PersistentVolumeID') ?? '', volumeKey: found.getString('VolumeKey') ?? '' },
    ...{ version: Number(found.get('Version') ?? 2), protectors: isCimArray(list) ? list.map(String) : [] },
    ...{ isSuspended: found.get('IsSuspended') === true, suspendCount: number('SuspendCount'), isLocked },
    ...{ method: number('EncryptionMethod'), conversion, isDataOnly: found.get('IsDataOnly') === true },
    ...{ work: workOf('Conversion', conversion.endsWith('ing')), isPaused },
    ...{ wiping, wipingWork: workOf('Wiping', wiping === Wiping.inProgress) },
    ...{ hardwareTest: number('HardwareTest'), hardwareTestError: number('HardwareTestError') },
    identificationField: found.getString('IdentificationField') ?? null,
    discoveryVolumeType: found.getString('DiscoveryVolumeType') ?? null,
  };
}

/** Writes the state of a volume down. */
export async function putState(context: MachineContext, device: string, state: EncryptionState): Promise<void> {
  const now = context.now();
  const timed = (name: string, work: WorkInTime): Record<string, CimValue> => ({
    [`${name}Time`]: BigInt(Math.ceil(work.total)),
    [`${name}Done`]: BigInt(Math.floor(doneAt(work, now))),
    [`${name}Since`]: BigInt(Math.floor(now)),
  });
  await note(
    context,
    NOTE,
    {
      ...{ PersistentVolumeID: state.persistentId, Version: state.version, VolumeKey: state.volumeKey },
      ...{ KeyProtectors: state.protectors, IsSuspended: state.isSuspended, SuspendCount: state.suspendCount },
      ...{ IsLocked: state.isLocked, EncryptionMethod: state.method, IsPaused: state.isPaused },
      ...{ Conversion: CONVERSIONS.indexOf(state.conversion), IsDataOnly: state.isDataOnly, Wiping: state.wiping },
      ...{ ...timed('Conversion', state.work), ...timed('Wiping', state.wipingWork) },
      ...{ HardwareTest: state.hardwareTest, HardwareTestError: state.hardwareTestError },
      ...{ IdentificationField: state.identificationField, DiscoveryVolumeType: state.discoveryVolumeType },
    },
    device,
  );
}

/** Removes all that BitLocker has written on a volume, its key protectors as well. */
export async function dropState(context: MachineContext, device: string): Promise<void> {
  const found = await findNote(context, NOTE, device);
  if (!found) return;
  for (const id of stateOf(found).protectors) await dropNote(context, 'CIMULATOR_KeyProtectorNote', id);
  await dropNote(context, NOTE, device);
}
