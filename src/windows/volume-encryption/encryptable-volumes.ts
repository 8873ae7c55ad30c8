import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { DerivationContext, DerivedValue } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { autoUnlockMethods } from './auto-unlock.js';
import { conversionMethods } from './conversion-methods.js';
import { type EncryptionState, findState, methodOf, protectionOf, statusOf } from './encryption-state.js';
import { keyFileMethods } from './key-files.js';
import { lockMethods } from './lock-methods.js';
import { metadataMethods } from './metadata-methods.js';
import { protectMethods } from './protect-methods.js';
import { protectorMethods } from './protector-methods.js';
import { ENCRYPTABLE_VOLUME } from './show-encryptable-volumes.js';
import { suspendMethods } from './suspend-methods.js';

/** A property that says what the state of the volume is when it is read. */
function ofState(value: (state: EncryptionState | undefined) => CimValue): DerivedValue {
  return async (volume, context: DerivationContext) =>
    value(await findState(context, volume.getString('DeviceID') ?? ''));
}

/** Win32_EncryptableVolume: BitLocker on the volumes of a computer. Nothing is really encrypted; keys, states and times are a model's. */
export const encryptableVolumes = defineProvider(ENCRYPTABLE_VOLUME.className, {
  methods: {
    ...{ ...conversionMethods, ...protectMethods, ...protectorMethods, ...suspendMethods },
    ...{ ...lockMethods, ...autoUnlockMethods, ...keyFileMethods, ...metadataMethods },
  },
  derived: {
    PersistentVolumeID: ofState((state) => state?.persistentId ?? ''),
    ProtectionStatus: ofState(protectionOf),
    // A method of the same name answers that the volume is locked.
    ConversionStatus: ofState((state) => (state?.isLocked === true ? null : statusOf(state))),
    EncryptionMethod: ofState(methodOf),
    IsVolumeInitializedForProtection: ofState((state) => (state?.protectors.length ?? 0) > 0),
  },
  instances: {},
});
