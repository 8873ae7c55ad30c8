import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import { FveCode, VolumeType } from './encryption-code.js';
import { activated, begunState, ofVolume, unlocked } from './of-volume.js';

/** So many restarts can be counted. */
const MOST_RESTARTS = 15;

/** Methods that lay the key of a volume beside it in the clear, and take it away again. */
export const suspendMethods: Readonly<Record<string, MethodImplementation>> = {
  DisableKeyProtectors: unlocked(async (work) => {
    const { input, type, put } = work;
    const { DisableCount } = input;
    const suspendCount = typeof DisableCount === 'number' ? DisableCount : 0;
    if (suspendCount > MOST_RESTARTS)
      throw new MethodRefusal(FveCode.invalidArgument, `DisableCount ${suspendCount} is more than ${MOST_RESTARTS}`);
    if (suspendCount > 0 && type !== VolumeType.system)
      throw new MethodRefusal(FveCode.invalidArgument, 'restarts are counted for the volume of the system alone');
    await put({ ...begunState(work), isSuspended: true, suspendCount });
    return {};
  }),

  EnableKeyProtectors: activated(async ({ state, put }) => {
    if (state.protectors.length === 0)
      throw new MethodRefusal(FveCode.secureKeyRequired, 'the volume has no key protector');
    if (state.isSuspended) await put({ ...state, isSuspended: false, suspendCount: 0 });
    return {};
  }),

  GetSuspendCount: ofVolume(({ state, type }) => {
    if (type !== VolumeType.system || state?.isSuspended !== true)
      throw new MethodRefusal(FveCode.notSupported, 'it is not the volume of the system, or not suspended');
    return { SuspendCount: state.suspendCount };
  }),
};
