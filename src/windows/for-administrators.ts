import type { MethodImplementation } from '../cim/contracts/provider.js';
import { checkAdministrator, refusing } from './method-refusal.js';
import { type OnInstance, onInstance } from './on-instance.js';

/**
 * A method of an instance that is for administrators alone, and may throw a MethodRefusal.
 *
 * @param accessDenied what others get as ReturnValue, and nothing is changed
 */
export function forAdministrators(accessDenied: number, method: OnInstance): MethodImplementation {
  return staticForAdministrators(accessDenied, onInstance(method));
}

/** The same for a static method, which is called on no instance. */
export function staticForAdministrators(accessDenied: number, method: MethodImplementation): MethodImplementation {
  return refusing(async (input, context) => {
    await checkAdministrator(context, accessDenied);
    return method(input, context);
  });
}
