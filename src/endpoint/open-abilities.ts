import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type { Metrics } from '../interceptors/metrics/metrics.js';
import type { Recorder } from '../interceptors/record/recorder.js';
import type { Rules } from '../interceptors/rules/rules.js';
import type { WsmanOperationSeam } from '../wsman/wsman-operation.js';
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
  readonly operation: WsmanOperationSeam;
  /** Sees what is asked for before the guard has decided whether it may be. */
  readonly beforeGuard: readonly CimInterceptor[];
  readonly behindGuard: readonly CimInterceptor[];
}

/** The abilities that look at exchanges; those that are off are undefined. */
export interface OpenedAbilities {
  readonly logged: WsmanInterceptor;
  readonly watch: Pick<Recorder, 'message' | 'cim'> | undefined;
  readonly metrics: Metrics | undefined;
  readonly rules: Rules;
  /** Methods that are answered from outside. */
  readonly outside: CimInterceptor | undefined;
}

/** @throws OptionError for an interceptor that is none */
export function openAbilities(
  options: EndpointOptions,
  { logged, watch, metrics, rules, outside }: OpenedAbilities,
): Abilities {
  const { message, cim } = checkedInterceptors(options.interceptors);
  const watching = [...(watch ? [watch.message] : []), ...(metrics ? [metrics.message] : [])];
  return {
    message: [logged, ...watching, rules.message, ...message],
    operation: rules.operation,
    beforeGuard: watch ? [watch.cim] : [],
    behindGuard: [rules.model, ...(outside ? [outside] : []), ...cim],
  };
}
