import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import { accountOfSid } from '../security/account-names.js';
import { sidBytes } from '../security/sid.js';
import { type Certificate, certificateInFile, checkCertificate, findCertificate } from './certificates.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import { protectorsOf, putProtector } from './key-protectors.js';
import { newIdentifier, newKey, newNumericalPassword } from './new-secrets.js';
import { readNumericalPassword } from './numerical-password.js';
import { begunState, ofVolume, textOf, unlocked, type VolumeWork } from './of-volume.js';
import { checkedPassphrase, checkedPin, checkPassphraseAllowed } from './pin-and-passphrase.js';
import { checkTpm } from './tpm-of-computer.js';

type Values = Readonly<Record<string, CimValue>>;

const KEY_BYTES = 32;
/** Registers of the TPM, and those that secure a volume where nobody says which. The last is BitLocker's own, without which it is off. */
const LAST_REGISTER = 23;
const USUAL_PROFILE = [0, 2, 4, 5, 8, 9, 10, 11];
const BITLOCKER_REGISTER = 11;
/** Digits that a PIN has at least, alone with the TPM and with a key besides. */
const [SHORTEST_PIN, SHORTEST_PIN_WITH_KEY] = [6, 4];

/** Adds a key protector to a volume, which it brings BitLocker to if it is the first. */
async function protect(work: VolumeWork, Type: number, values: Values) {
  const { machine, input } = work;
  const state = begunState(work);
  const VolumeKeyProtectorID = newIdentifier(machine);
  const FriendlyName = textOf(input.FriendlyName) ?? '';
  await putProtector(machine, VolumeKeyProtectorID, { FriendlyName, ...values, Type });
  await work.put({ ...state, protectors: [...state.protectors, VolumeKeyProtectorID] });
  return { VolumeKeyProtectorID };
}

/** @throws MethodRefusal protectorExists when the volume has one of the type */
async function checkOnlyOne({ state, machine }: VolumeWork, type: number): Promise<void> {
  if ((await protectorsOf(machine, state, [type])).length > 0)
    throw new MethodRefusal(FveCode.protectorExists, 'the volume has a key protector of this type');
}

/** An external key that was given, or a new one. @throws MethodRefusal invalidArgument */
export function checkedKey(given: CimValue | undefined, machine: VolumeWork['machine']): readonly number[] {
  if (given === undefined || given === null) return newKey(machine);
  if (isCimArray(given) && given.length === KEY_BYTES && !given.includes(null)) return given.map(Number);
  throw new MethodRefusal(FveCode.invalidArgument, `an external key has ${KEY_BYTES} bytes`);
}

/** @throws MethodRefusal invalidArgument */
function checkedProfile(given: CimValue | undefined): readonly number[] {
  if (given === undefined || given === null || !isCimArray(given)) return USUAL_PROFILE;
  const profile = [...new Set(given.map(Number))].sort((a, b) => a - b);
  if (profile.some((one) => one > LAST_REGISTER))
    throw new MethodRefusal(FveCode.invalidArgument, `a TPM has the registers 0 to ${LAST_REGISTER}`);
  if (!profile.includes(BITLOCKER_REGISTER))
    throw new MethodRefusal(FveCode.invalidArgument, `the profile lacks the register ${BITLOCKER_REGISTER}`);
  return profile;
}

/** What a key protector of the TPM needs besides. */
interface WithTpm {
  readonly type: number;
  /** Digits of its PIN at least; none when absent. */
  readonly pin?: number;
  readonly hasKey: boolean;
}

/** A method that makes a key protector of the TPM. */
function withTpm({ type, pin, hasKey }: WithTpm): MethodImplementation {
  return unlocked(async (work) => {
    const { input, machine } = work;
    await checkTpm(work);
    const PlatformValidationProfile = checkedProfile(input.PlatformValidationProfile);
    const given = pin === undefined ? {} : { PIN: await checkedPin(input.PIN, pin, machine) };
    const key = hasKey ? { ExternalKey: checkedKey(input.ExternalKey, machine) } : {};
    await checkOnlyOne(work, type);
    return protect(work, type, { PlatformValidationProfile, ...given, ...key });
  });
}

/** A method that makes a key protector of a certificate. */
function withCertificate(find: (work: VolumeWork) => Promise<Certificate>): MethodImplementation {
  return unlocked(async (work) => {
    const certificate = await find(work);
    await checkCertificate(work.machine.store, certificate, work.type);
    const { thumbprint, publicKey, subject } = certificate;
    const FriendlyName = textOf(work.input.FriendlyName) ?? subject;
    const PublicKey = [...publicKey];
    return protect(work, ProtectorType.publicKey, { FriendlyName, CertThumbprint: thumbprint, PublicKey });
  });
}

/** Accounts that a volume is protected for: `Flags` says whether the caller is to be a service's. */
const MOST_FLAGS = 1;

/** Methods that give a volume key protectors. */
export const protectMethods: Readonly<Record<string, MethodImplementation>> = {
  ProtectKeyWithTPM: withTpm({ type: ProtectorType.tpm, hasKey: false }),
  ProtectKeyWithTPMAndPIN: withTpm({ type: ProtectorType.tpmAndPin, pin: SHORTEST_PIN, hasKey: false }),
  ProtectKeyWithTPMAndStartupKey: withTpm({ type: ProtectorType.tpmAndStartupKey, hasKey: true }),
  ProtectKeyWithTPMAndPINAndStartupKey: withTpm({
    ...{ type: ProtectorType.tpmAndPinAndStartupKey, pin: SHORTEST_PIN_WITH_KEY, hasKey: true },
  }),

  ProtectKeyWithExternalKey: unlocked((work) =>
    protect(work, ProtectorType.externalKey, { ExternalKey: checkedKey(work.input.ExternalKey, work.machine) }),
  ),

  ProtectKeyWithNumericalPassword: unlocked((work) => {
    const { NumericalPassword } = work.input;
    const isGiven = NumericalPassword !== undefined && NumericalPassword !== null;
    const password = isGiven ? readNumericalPassword(String(NumericalPassword)) : newNumericalPassword(work.machine);
    if (password === undefined)
      throw new MethodRefusal(FveCode.invalidPasswordFormat, 'it has not eight groups of six digits, each of 11 times');
    return protect(work, ProtectorType.numericalPassword, { NumericalPassword: password });
  }),

  ProtectKeyWithPassphrase: unlocked(async (work) => {
    await checkPassphraseAllowed(work);
    await checkOnlyOne(work, ProtectorType.passphrase);
    return protect(work, ProtectorType.passphrase, {
      Passphrase: await checkedPassphrase(work.input.Passphrase, work),
    });
  }),

  ProtectKeyWithCertificateFile: withCertificate(({ input, machine }) => certificateInFile(machine, input.FileName)),

  ProtectKeyWithCertificateThumbprint: withCertificate(async ({ input, machine }) => {
    const { CertThumbprint } = input;
    const text = typeof CertThumbprint === 'string' ? CertThumbprint.replaceAll(' ', '') : '';
    const found = await findCertificate(machine.store, text);
    if (found) return found;
    throw new MethodRefusal(FveCode.invalidData, 'the computer has no certificate of this thumbprint');
  }),

  ProtectKeyWithAdSid: unlocked(async (work) => {
    const { input, machine, state } = work;
    const [SidString, Flags] = [String(input.SidString ?? '').toUpperCase(), Number(input.Flags ?? 0)];
    if (!sidBytes(SidString) || Flags > MOST_FLAGS)
      throw new MethodRefusal(
        FveCode.invalidArgument,
        'SidString is no security identifier, or Flags is neither 0 nor 1',
      );
    if ((await accountOfSid(machine.store, SidString)) === SidString)
      throw new MethodRefusal(FveCode.noneMapped, `no account is ${SidString}`);
    const others = await protectorsOf(machine, state, [ProtectorType.sid]);
    if (others.some((one) => one.get('SidString') === SidString))
      throw new MethodRefusal(FveCode.protectorExists, 'the account has a key protector of the volume');
    return protect(work, ProtectorType.sid, { SidString, Flags });
  }),

  IsNumericalPasswordValid: ofVolume(({ input }) => ({
    IsNumericalPasswordValid: readNumericalPassword(String(input.NumericalPassword ?? '')) !== undefined,
  })),
};
