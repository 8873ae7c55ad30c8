import type { MethodContext, MethodImplementation, MethodOutput } from '../cim/contracts/provider.js';
import { CimError } from '../cim/model/cim-error.js';
import { isAdministrator } from './security/is-administrator.js';

/**
 * A method answers a documented code other than 0, and changes nothing. Thrown by whatever finds it out, caught by {@link refusing}, which
 * explains the call with the message.
 */
export class MethodRefusal extends Error {
  override readonly name = 'MethodRefusal';
  readonly returnValue: number;
  /** Outputs that say more. */
  readonly outputs: MethodOutput;

  constructor(returnValue: number, message: string, outputs: MethodOutput = {}) {
    super(message);
    this.returnValue = returnValue;
    this.outputs = outputs;
  }
}

/** A method that may throw a {@link MethodRefusal}. */
export function refusing(method: MethodImplementation): MethodImplementation {
  return async (input, context) => {
    try {
      return await method(input, context);
    } catch (error) {
      if (!(error instanceof MethodRefusal)) throw error;
      context.explain(error.message);
      return { ...error.outputs, ReturnValue: error.returnValue };
    }
  };
}

/** Work that is asked for by no method, but by who deletes an instance, say. @throws CimError Failed where a method would answer a code */
export async function orFailed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MethodRefusal) throw new CimError('Failed', error.message, { cause: error });
    throw error;
  }
}

/** @throws MethodRefusal of the given code when the caller is no administrator */
export async function checkAdministrator(context: MethodContext, accessDenied: number): Promise<void> {
  if (!(await isAdministrator(context)))
    throw new MethodRefusal(accessDenied, `${context.user ?? ''} is no administrator of this computer`);
}
