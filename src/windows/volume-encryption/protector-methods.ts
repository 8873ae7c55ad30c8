import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { onlyOne } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { autoUnlockProtector } from './auto-unlock.js';
import { bitLockerCertificates } from './certificates.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import { dropState, type EncryptionState } from './encryption-state.js';
import { typePolicy } from './group-policy.js';
import { keyPackage } from './key-package.js';
import {
  dropProtector,
  idOf,
  KEY_TYPES,
  PIN_TYPES,
  protectorsOf,
  putProtector,
  TPM_TYPES,
  typeOf,
} from './key-protectors.js';
import { newIdentifier } from './new-secrets.js';
import {
  activated,
  namedProtector,
  ofVolume,
  open,
  type ProtectorCodes,
  unlocked,
  type VolumeWork,
} from './of-volume.js';
import { checkedPassphrase, checkedPin } from './pin-and-passphrase.js';
import { checkedKey } from './protect-methods.js';
import { checkTpmThere } from './tpm-of-computer.js';

/** What methods that change a key protector answer when it is not one that they can change. */
const CHANGED: ProtectorCodes = { notFound: FveCode.protectorNotFound, otherType: FveCode.invalidProtectorType };
/** The page of the method names no code for one that is not there. */
const OTHER_TYPE: ProtectorCodes = { notFound: FveCode.invalidProtectorType, otherType: FveCode.invalidProtectorType };
const SHORTEST_PIN = 4;
/** `CertType`: of somebody's own, and not of a data recovery agent. */
const OF_USER = 2;
const RECOVERY_TYPES = [ProtectorType.numericalPassword, ProtectorType.externalKey];

/** `KeyProtectorType` of a call; 0 for all. @throws MethodRefusal invalidArgument */
function askedType({ input }: VolumeWork): readonly number[] | undefined {
  const { KeyProtectorType } = input;
  const type = typeof KeyProtectorType === 'number' ? KeyProtectorType : 0;
  if (type > ProtectorType.sid)
    throw new MethodRefusal(FveCode.invalidArgument, `there is no type ${type} of key protectors`);
  return type === 0 ? undefined : [type];
}

/**
 * Before key protectors go: what is encrypted needs one, and the one that the computer unlocks the volume with stays.
 *
 * @throws MethodRefusal
 */
async function checkGoing(state: EncryptionState, ids: readonly string[], work: VolumeWork): Promise<void> {
  const bound = await autoUnlockProtector(work.machine, state);
  if (bound !== undefined && ids.some((one) => sameName(one, bound)))
    throw new MethodRefusal(FveCode.volumeBoundAlready, 'the volume is unlocked by itself with the key protector');
  const isLast = ids.length === state.protectors.length;
  if (isLast && state.conversion !== 'decrypted' && !state.isSuspended)
    throw new MethodRefusal(FveCode.keyRequired, 'what is encrypted needs a key protector as long as they are enabled');
}

/** Removes key protectors; a volume that is not encrypted, and has none left, is a plain one. */
async function remove(state: EncryptionState, ids: readonly string[], work: VolumeWork): Promise<void> {
  const { machine, device } = work;
  await checkGoing(state, ids, work);
  for (const id of ids) await dropProtector(machine, id);
  const protectors = state.protectors.filter((one) => !ids.includes(one));
  if (protectors.length === 0 && state.conversion === 'decrypted') await dropState(machine, device);
  else await work.put({ ...state, protectors });
}

/** Puts a protector of another identifier in the place of one. */
async function replace(work: VolumeWork<EncryptionState>, id: string, values: Parameters<typeof putProtector>[2]) {
  const { state, machine } = work;
  const made = newIdentifier(machine);
  const before = (await protectorsOf(machine, state)).find((one) => idOf(one) === id);
  const kept = Object.fromEntries(Array.from(before?.properties ?? []).filter(([name]) => name !== 'Name'));
  await putProtector(machine, made, { ...kept, ...values });
  await dropProtector(machine, id);
  await work.put({ ...state, protectors: state.protectors.map((one) => (one === id ? made : one)) });
  return made;
}

/** Methods that tell of key protectors, change and remove them. */
export const protectorMethods: Readonly<Record<string, MethodImplementation>> = {
  GetKeyProtectors: activated(async (work) => ({
    VolumeKeyProtectorID: (await protectorsOf(work.machine, work.state, askedType(work))).map(idOf),
  })),

  IsKeyProtectorAvailable: ofVolume(async (work) => ({
    IsKeyProtectorAvailable: (await protectorsOf(work.machine, work.state, askedType(work))).length > 0,
  })),

  GetKeyProtectorType: activated(async (work) => ({ KeyProtectorType: typeOf(await namedProtector(work)) })),

  GetKeyProtectorFriendlyName: activated(async (work) => ({
    FriendlyName: (await namedProtector(work)).getString('FriendlyName') ?? '',
  })),

  GetKeyProtectorNumericalPassword: open(async (work) => ({
    NumericalPassword: (await namedProtector(work, [ProtectorType.numericalPassword])).get('NumericalPassword'),
  })),

  GetKeyProtectorExternalKey: open(async (work) => ({
    ExternalKey: (await namedProtector(work, KEY_TYPES)).get('ExternalKey'),
  })),

  GetKeyProtectorPlatformValidationProfile: activated(async (work) => ({
    PlatformValidationProfile: (await namedProtector(work, TPM_TYPES)).get('PlatformValidationProfile'),
  })),

  GetKeyProtectorCertificate: open(async (work) => {
    const protector = await namedProtector(work, [ProtectorType.publicKey]);
    const [PublicKey, CertThumbprint] = [protector.get('PublicKey'), protector.get('CertThumbprint')];
    return { PublicKey, CertThumbprint, CertType: OF_USER };
  }),

  GetKeyProtectorAdSidInformation: activated(async (work) => {
    const protector = await namedProtector(work, [ProtectorType.sid]);
    return { SidString: protector.get('SidString'), Flags: protector.get('Flags') };
  }),

  GetKeyPackage: open(async (work) => ({
    KeyPackage: keyPackage(work.state.volumeKey, await namedProtector(work, RECOVERY_TYPES, CHANGED)),
  })),

  FindValidCertificates: ofVolume(async ({ machine }) => ({
    CertThumbprint: (await bitLockerCertificates(machine.store)).map(({ thumbprint }) => thumbprint),
  })),

  BackupRecoveryInformationToActiveDirectory: activated(async (work) => {
    const { machine, type } = work;
    const protector = await namedProtector(work, [ProtectorType.numericalPassword], OTHER_TYPE);
    if ((await typePolicy(machine.store, type, 'ActiveDirectoryBackup')) !== 1)
      throw new MethodRefusal(FveCode.notPermitted, 'group policy has nothing backed up to Active Directory');
    const computer = await onlyOne(machine, 'Win32_ComputerSystem');
    if (computer?.get('PartOfDomain') !== true)
      throw new MethodRefusal(FveCode.noSuchDomain, 'the computer is in no domain');
    await putProtector(machine, idOf(protector), { IsBackedUp: true });
    return {};
  }),

  DeleteKeyProtector: open(async (work) => {
    await remove(work.state, [idOf(await namedProtector(work))], work);
    return {};
  }),

  DeleteKeyProtectors: unlocked(async (work) => {
    if (work.state) await remove(work.state, work.state.protectors, work);
    return {};
  }),

  ChangePIN: open(async (work) => {
    await checkTpmThere(work.machine);
    const protector = await namedProtector(work, PIN_TYPES, CHANGED);
    const PIN = await checkedPin(work.input.NewPIN, SHORTEST_PIN, work.machine);
    await putProtector(work.machine, idOf(protector), { PIN });
    return {};
  }),

  ChangePassphrase: open(async (work) => {
    const protector = await namedProtector(work, [ProtectorType.passphrase], OTHER_TYPE);
    const Passphrase = await checkedPassphrase(work.input.NewPassphrase, work);
    return { NewProtectorID: await replace(work, idOf(protector), { Passphrase }) };
  }),

  ChangeExternalKey: open(async (work) => {
    const protector = await namedProtector(work, KEY_TYPES, CHANGED);
    const ExternalKey = checkedKey(work.input.NewExternalKey, work.machine);
    return { NewVolumeKeyProtectorID: await replace(work, idOf(protector), { ExternalKey }) };
  }),
};
