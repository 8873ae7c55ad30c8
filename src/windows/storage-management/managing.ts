import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { checkAdministrator, refusing } from '../method-refusal.js';
import { type OnInstance, onInstance } from '../on-instance.js';
import { StorageCode } from './storage-code.js';

/** A method for administrators, which may refuse by a code. */
export function managing(method: OnInstance): MethodImplementation {
  return refusing(
    onInstance(async (instance, input, context) => {
      await checkAdministrator(context, StorageCode.accessDenied);
      return method(instance, input, context);
    }),
  );
}
