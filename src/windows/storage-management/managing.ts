import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { checkAdministrator, MethodRefusal, refusing } from '../method-refusal.js';
import { type OnInstance, onInstance } from '../on-instance.js';
import { extendedStatus } from './extended-status.js';
import { StorageCode } from './storage-code.js';

/**
 * A method for administrators, which may refuse by a code, and says more of it where it has an output for that.
 *
 * @param denied what it answers to others
 */
export function managing(method: OnInstance, denied: number = StorageCode.accessDenied): MethodImplementation {
  return refusing(
    onInstance(async (instance, input, context) => {
      try {
        await checkAdministrator(context, denied);
        return await method(instance, input, context);
      } catch (error) {
        if (!(error instanceof MethodRefusal)) throw error;
        const { returnValue, message, outputs } = error;
        throw new MethodRefusal(returnValue, message, { ...extendedStatus(returnValue, context), ...outputs });
      }
    }),
  );
}
