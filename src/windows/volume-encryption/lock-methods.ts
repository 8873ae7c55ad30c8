import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { allOf } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { PROCESS_CLASS } from '../process/process-rows.js';
import { callerSids } from '../security/caller-sids.js';
import { isInUse } from '../storage/volume-rows.js';
import { certificateInFile, findCertificate, isSameThumbprint, thumbprintOf } from './certificates.js';
import { FveCode, ProtectorType, VolumeType } from './encryption-code.js';
import type { EncryptionState } from './encryption-state.js';
import { bytesIn, type KeyProtector, protectorsOf } from './key-protectors.js';
import { lockVolume, unlockVolume } from './locked-volume.js';
import { readNumericalPassword } from './numerical-password.js';
import { activated, ofVolume, type VolumeWork } from './of-volume.js';
import { checkedPassphrase, checkFips } from './pin-and-passphrase.js';

const KEY_BYTES = 32;

/** Whether programs of a drive run; what holds the system or a page file, nobody lets go of. @throws MethodRefusal accessDenied */
async function checkLetGo({ drive, type, input, machine }: VolumeWork): Promise<void> {
  if (type === VolumeType.system || (drive !== null && (await isInUse(machine, drive))))
    throw new MethodRefusal(FveCode.accessDenied, 'the system, or a page file, is on the volume');
  if (drive === null || input.ForceDismount === true) return;
  const isOnDrive = (path: string | undefined) => path?.toUpperCase().startsWith(`${drive.toUpperCase()}\\`) === true;
  const running = (await allOf(machine, PROCESS_CLASS)).find((one) => isOnDrive(one.getString('ExecutablePath')));
  if (running)
    throw new MethodRefusal(
      FveCode.accessDenied,
      `process ${String(running.get('ProcessId'))} runs from the volume: ForceDismount locks it nevertheless`,
    );
}

const RECOVERY_TYPES = [ProtectorType.numericalPassword, ProtectorType.externalKey];

const lock: MethodImplementation = ofVolume(async (work) => {
  const { state, machine, device, put } = work;
  if (!state || state.conversion === 'decrypted')
    throw new MethodRefusal(FveCode.notEncrypted, 'the volume is decrypted');
  if (state.isLocked) return {};
  if (state.isSuspended) throw new MethodRefusal(FveCode.protectionDisabled, 'its key lies in the clear on it');
  if ((await protectorsOf(machine, state, RECOVERY_TYPES)).length === 0)
    throw new MethodRefusal(FveCode.recoveryKeyRequired, 'nothing would unlock it: it has no password and no key');
  await checkLetGo(work);
  await put(await lockVolume(machine, device, state));
  return {};
});

/** What keeps a call from unlocking a volume. */
interface UnlockCodes {
  readonly notFound: number;
  readonly failed: number;
}

const USUAL: UnlockCodes = { notFound: FveCode.protectorNotFound, failed: FveCode.failedAuthentication };

/**
 * Unlocks a volume by one of its key protectors.
 *
 * @param fits whether a key protector takes what was given
 * @throws MethodRefusal
 */
async function unlock(
  work: VolumeWork<EncryptionState>,
  type: number,
  fits: (protector: KeyProtector) => boolean,
  { notFound, failed }: UnlockCodes = USUAL,
) {
  const { state, machine, device, put } = work;
  if (!state.isLocked) return {};
  const protectors = await protectorsOf(machine, state, [type]);
  if (protectors.length === 0) throw new MethodRefusal(notFound, `the volume has no key protector of the type ${type}`);
  if (!protectors.some(fits)) throw new MethodRefusal(failed, 'no key protector of the volume is unlocked by it');
  await put(await unlockVolume(machine, device, state));
  return {};
}

/** With a certificate, whose private key the computer has to have. @throws MethodRefusal */
async function unlockWithCertificate(work: VolumeWork<EncryptionState>, thumbprint: string) {
  const { state, machine, input } = work;
  const fits = (one: KeyProtector) => isSameThumbprint(one.getString('CertThumbprint'), thumbprint);
  const known = await protectorsOf(machine, state, [ProtectorType.publicKey]);
  if (!known.some(fits)) throw new MethodRefusal(FveCode.protectorNotFound, 'no key protector is of the certificate');
  const { PIN } = input;
  const isPin = PIN === undefined || PIN === null || PIN === '' || /^\d{4,20}$/.test(String(PIN));
  const certificate = await findCertificate(machine.store, thumbprint);
  if (!(isPin && certificate?.hasPrivateKey === true))
    throw new MethodRefusal(
      FveCode.privateKeyNotAuthorized,
      'its private key is not there, or PIN has not 4 to 20 digits',
    );
  return unlock(work, ProtectorType.publicKey, fits);
}

function isSameKey(one: readonly number[] | undefined, other: readonly (CimValue | null)[]): boolean {
  return one !== undefined && one.length === other.length && one.every((byte, at) => byte === Number(other[at]));
}

/** Codes that the page names and gives no numbers. */
const BY_KEY: UnlockCodes = { notFound: FveCode.notFound, failed: FveCode.invalidPassword };

/** Methods that take the key of a volume out of memory, and give it back. */
export const lockMethods: Readonly<Record<string, MethodImplementation>> = {
  Lock: lock,

  UnlockWithNumericalPassword: activated((work) => {
    const password = readNumericalPassword(String(work.input.NumericalPassword ?? ''));
    if (password === undefined)
      throw new MethodRefusal(FveCode.invalidPasswordFormat, 'it has not eight groups of six digits, each of 11 times');
    return unlock(work, ProtectorType.numericalPassword, (one) => one.get('NumericalPassword') === password);
  }),

  UnlockWithExternalKey: activated((work) => {
    const given = work.input.ExternalKey ?? null;
    if (!isCimArray(given) || given.length !== KEY_BYTES)
      throw new MethodRefusal(FveCode.invalidArgument, `an external key has ${KEY_BYTES} bytes`);
    const fits = (one: KeyProtector) => isSameKey(bytesIn(one, 'ExternalKey'), given);
    return unlock(work, ProtectorType.externalKey, fits, BY_KEY);
  }),

  UnlockWithPassphrase: activated(async (work) => {
    await checkFips(work.machine.store);
    const passphrase = await checkedPassphrase(work.input.Passphrase, work);
    return unlock(work, ProtectorType.passphrase, (one) => one.get('Passphrase') === passphrase);
  }),

  UnlockWithCertificateFile: activated(async (work) =>
    unlockWithCertificate(work, (await certificateInFile(work.machine, work.input.FileName)).thumbprint),
  ),

  UnlockWithCertificateThumbprint: activated(async (work) =>
    unlockWithCertificate(work, await thumbprintOf(work.machine.store, work.input.CertThumbprint)),
  ),

  UnlockWithAdSid: activated(async (work) => {
    const { machine, input } = work;
    const sid = String(input.SidString ?? '').toUpperCase();
    const sids = await callerSids(machine.store, machine.user);
    // Active Directory gives the key to who is, or is a member of, whom it was protected for.
    const fits = (one: KeyProtector) => one.get('SidString') === sid && (sids === 'everything' || sids.has(sid));
    return unlock(work, ProtectorType.sid, fits);
  }),
};
