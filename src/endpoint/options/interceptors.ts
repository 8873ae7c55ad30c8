import type { CimInterceptor } from '../../cim/contracts/cim-handler.js';
import { callable, listOf, members } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import type { WsmanInterceptor } from '../../wsman/wsman-service.js';

/** Of each list, the first sees first what comes in. Access has been decided before a CIM operation comes to them. */
export interface Interceptors {
  readonly message?: readonly WsmanInterceptor[];
  readonly cim?: readonly CimInterceptor[];
}

export const interceptorChecks = members<Interceptors>({ message: listOf(callable), cim: listOf(callable) });

/**
 * The same, so that one that gives back nothing to be called (a forgotten `return`) is told when it is asked for it, at the start,
 * and not with the first message.
 */
export function checkedInterceptors({ message = [], cim = [] }: Interceptors = {}): Required<Interceptors> {
  return {
    message: message.map((intercept, index) => (next) => {
      const given = intercept(next);
      if (!isCallable(given) && !isService(given)) throw notCallable(`message[${index}]`, 'a function or a service');
      return given;
    }),
    cim: cim.map((intercept, index) => (next) => {
      const given = intercept(next);
      if (!isCallable(given)) throw notCallable(`cim[${index}]`, 'a function');
      return given;
    }),
  };
}

function isCallable(value: unknown): boolean {
  return typeof value === 'function';
}

/** What JavaScript gives may be nothing at all. */
function isService(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'handle' in value && isCallable(value.handle);
}

function notCallable(name: string, expected: string): OptionError {
  return new OptionError(`interceptors.${name}: what it gives back for next is not ${expected}`);
}
