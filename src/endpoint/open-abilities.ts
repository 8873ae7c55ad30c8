import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type { Metrics } from '../interceptors/metrics/metrics.js';
import type { Recorder } from '../interceptors/record/recorder.js';
import type { WsmanOperationInterceptor } from '../wsman/wsman-operation.js';
import type { WsmanInterceptor } from '../wsman/wsman-service.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import { checkedInterceptors } from './options/interceptors.js';

/**
 * What stands before the seams of an endpoint, in the order in which it sees what comes in. Without any ability in use all lists are
 * empty, and cost nothing.
 */
export interface Abilities {
  /** The recorder sees everything as it came, and the answers as they leave. */
  readonly message: readonly WsmanInterceptor[];
  readonly operation: WsmanOperationInterceptor | undefined;
  /** Sees what is asked for before the guard has decided whether it may be. */
  readonly beforeGuard: readonly CimInterceptor[];
  readonly behindGuard: readonly CimInterceptor[];
}

/** @throws OptionError for an interceptor that is none */
export function openAbilities(
  options: EndpointOptions,
  recorder: Recorder | undefined,
  metrics: Metrics | undefined,
): Abilities {
  const { message, cim } = checkedInterceptors(options.interceptors);
  return {
    message: [...(recorder ? [recorder.message] : []), ...(metrics ? [metrics.message] : []), ...message],
    operation: undefined,
    beforeGuard: recorder ? [recorder.cim] : [],
    behindGuard: cim,
  };
}
