import type { CimInterceptor } from '../../cim/contracts/cim-handler.js';
import { callable, listOf, members } from '../../options/option-checks.js';
import type { WsmanInterceptor } from '../../wsman/wsman-service.js';

/** Of each list, the first sees first what comes in. Access has been decided before a CIM operation comes to them. */
export interface Interceptors {
  readonly message?: readonly WsmanInterceptor[];
  readonly cim?: readonly CimInterceptor[];
}

export const interceptorChecks = members<Interceptors>({ message: listOf(callable), cim: listOf(callable) });
