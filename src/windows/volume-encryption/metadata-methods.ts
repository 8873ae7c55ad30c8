import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import { FveCode } from './encryption-code.js';
import { policyText } from './group-policy.js';
import { begunState, ofVolume, open, textOf } from './of-volume.js';

/** `DiscoveryVolumeType`: what a computer without BitLocker sees of a removable volume. */
const DISCOVERY_TYPES = ['<none>', '<default>', 'FAT32'];
/** `ForceEncryptionType`: of no drive here. */
const MOST_TYPES = 1;
/** The form of what BitLocker writes: that of Windows 7, and of all systems after it. */
const NEWEST_VERSION = 2;

/** What BitLocker writes on a volume besides keys. */
export const metadataMethods: Readonly<Record<string, MethodImplementation>> = {
  PrepareVolume: ofVolume(async (work) => {
    const { input, state, put } = work;
    const given = textOf(input.DiscoveryVolumeType) ?? '<default>';
    const type = DISCOVERY_TYPES.find((one) => one.toLowerCase() === given.toLowerCase());
    if (type === undefined || Number(input.ForceEncryptionType ?? 0) > MOST_TYPES)
      throw new MethodRefusal(
        FveCode.invalidArgument,
        `DiscoveryVolumeType is none of ${DISCOVERY_TYPES.join(', ')}, or the drive is to encrypt itself and cannot`,
      );
    if (state && state.conversion !== 'decrypted')
      throw new MethodRefusal(FveCode.notDecrypted, 'the volume is encrypted, all of it or a part');
    await put({ ...begunState(work), discoveryVolumeType: type });
    return {};
  }),

  GetVersion: ofVolume(({ state }) => {
    const Version = state?.version ?? 0;
    if (Version > NEWEST_VERSION)
      throw new MethodRefusal(
        FveCode.invalidData,
        `the volume has the form ${Version}, which the system does not know`,
      );
    return { Version };
  }),

  UpgradeVolume: open(async ({ state, put }) => {
    if (state.version < NEWEST_VERSION) await put({ ...state, version: NEWEST_VERSION });
    return {};
  }),

  GetIdentificationField: open(({ state }) => ({ IdentificationField: state.identificationField })),

  SetIdentificationField: open(async ({ state, input, machine, put }) => {
    const configured = (await policyText(machine.store, 'IdentificationFieldString')) ?? null;
    await put({ ...state, identificationField: textOf(input.IdentificationField) ?? configured });
    return {};
  }),
};
