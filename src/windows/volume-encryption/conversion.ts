import { type EncryptionState, Wiping, withWorkFor } from './encryption-state.js';
import { begunWork, reversed } from './work-in-time.js';

/** How a volume is to be encrypted. */
export interface NewConversion {
  readonly method: number;
  readonly isDataOnly: boolean;
  /** In milliseconds. */
  readonly time: number;
}

/** Whatever somebody has the volume do, no hardware test is pending any more, and none has failed. */
const untested = { hardwareTest: 0, hardwareTestError: 0 };

/** A decrypted volume begins to be encrypted. */
export function beginEncryption(state: EncryptionState, { method, isDataOnly, time }: NewConversion, now: number) {
  return {
    ...{ ...state, ...untested, method, isDataOnly, isPaused: false },
    ...{ conversion: 'encrypting' as const, work: begunWork(time, now), wiping: Wiping.notWiped },
  };
}

/**
 * Encryption goes on where it has halted, or undoes what was decrypted.
 *
 * @param isDataOnly whether the latter is for what is used alone: encryption that has begun stays what it is
 */
export function encryptOn(state: EncryptionState, isDataOnly: boolean, now: number): EncryptionState {
  const resumed = { ...state, ...untested, isPaused: false };
  if (state.conversion !== 'decrypting') return withWorkFor(resumed, now);
  return { ...resumed, isDataOnly, conversion: 'encrypting', work: reversed(state.work, now) };
}

/**
 * An encrypted volume begins to be decrypted, or encryption is undone, or decryption goes on. Free space is wiped no more.
 *
 * @param time that it takes from the beginning, in milliseconds
 */
export function decryptOn(state: EncryptionState, time: number, now: number): EncryptionState {
  const resumed = { ...state, ...untested, isPaused: false, wiping: Wiping.notWiped };
  if (state.conversion === 'decrypting') return withWorkFor(resumed, now);
  if (state.conversion === 'encrypting')
    return { ...resumed, conversion: 'decrypting', work: reversed(state.work, now) };
  return { ...resumed, conversion: 'decrypting', work: begunWork(time, now) };
}

/** Free space begins to be wiped. */
export function beginWiping(state: EncryptionState, time: number, now: number): EncryptionState {
  return { ...state, isPaused: false, wiping: Wiping.inProgress, wipingWork: begunWork(time, now) };
}

/** Whether anything is on its way, though it may have been paused. */
export function isConverting({ conversion, wiping }: EncryptionState): boolean {
  return conversion.endsWith('ing') || wiping === Wiping.inProgress;
}

/** What is on its way halts, or goes on. */
export function withPause(state: EncryptionState, isPaused: boolean, now: number): EncryptionState {
  return isConverting(state) ? withWorkFor({ ...state, isPaused }, now) : state;
}
