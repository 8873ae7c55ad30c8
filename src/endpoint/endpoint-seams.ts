import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { ControlContext } from '../control/control-context.js';
import type { OutsideMethods } from '../control/methods/outside-methods.js';
import type { ServerCertificate } from '../http/certificate.js';
import type { PausableListeners } from '../http/listeners.js';
import type { Logger } from '../http/logger.js';
import type { Metrics } from '../interceptors/metrics/metrics.js';
import type { KeptElsewhere, Recorder } from '../interceptors/record/recorder.js';
import type { TakeExchange } from '../interceptors/record/watch-exchanges.js';
import type { CountElsewhere } from '../interceptors/rules/rule-counter.js';
import type { Rules } from '../interceptors/rules/rules.js';
import type { ServiceSettings } from '../wsman/service-settings.js';
import type { PowerWay } from './power.js';

/** What of an endpoint the processes of one server keep alike; abilities that are off are undefined. */
export interface EndpointParts {
  readonly logger: Logger;
  /** Of the HTTPS listener. */
  readonly identity: ServerCertificate | undefined;
  /** To sign in with, when it was made just now or given. */
  readonly account: { readonly name: string; readonly password?: string };
  readonly rules: Rules;
  readonly recorder: Recorder | undefined;
  readonly metrics: Metrics | undefined;
  readonly settings: ServiceSettings;
  readonly methods: OutsideMethods | undefined;
  /** The model may have gone back to an earlier state, by another process's doing. Resolves when it is known here. */
  wentBack(): Promise<void>;
  /** Forgets what clients of the default host had begun, where it is one of several: the store tells the others of what was cleared. */
  forgetContexts(): Promise<void>;
  /** Takes the default host down; the listeners of {@link EndpointSeams.listen} pause meanwhile. */
  leave(way: PowerWay): void;
}

/**
 * What is otherwise in an endpoint that is one of several processes of a server (src/workers); everything left out is as in one that is
 * by itself. Generated names are random then, whatever the seed: processes would make the names of one another.
 */
export interface EndpointSeams {
  /** Which of them this is: the first opens the state, and is there as long as any of the others. Undefined: there are no others. */
  readonly role?: 'primary' | 'worker';
  /** In the place of one on stderr. */
  readonly logger?: Logger;
  /** In the place of a certificate of the options. */
  readonly identity?: ServerCertificate | undefined;
  /** Keeps what comes, in the place of this process. */
  readonly takeExchange?: TakeExchange;
  /** Others keep what comes, until it is asked for. */
  readonly exchangesElsewhere?: KeptElsewhere;
  readonly countElsewhere?: CountElsewhere;
  readonly rules?: (own: Rules) => Rules;
  readonly settings?: (own: ServiceSettings) => ServiceSettings;
  /** Answers methods from outside, where the control API is in another process. */
  readonly outsideMethods?: (namespaces: Namespaces) => Promise<CimInterceptor>;
  /** Has others listen, in the place of this process. @throws ListenError */
  readonly listen?: (parts: EndpointParts) => Promise<PausableListeners>;
  /** Waits until this process may listen. */
  readonly mayListen?: () => Promise<void>;
  /** Takes the default host down, in all processes. */
  readonly leaveElsewhere?: (way: PowerWay) => void;
  /** Is told when all is open but the listeners. */
  readonly opened?: (parts: EndpointParts) => void;
  /** Is told of the listeners of the default host as soon as there are any. */
  readonly listening?: (listeners: PausableListeners) => void;
  /** The model has gone back: tells others, and waits for them. */
  readonly wentBack?: () => Promise<void>;
  /** What the clients of the default host, one of several, had begun is forgotten: tells others, and waits for them. */
  readonly contextsCleared?: () => Promise<void>;
  /** Of all processes. */
  readonly metricsText?: () => Promise<string>;
  readonly control?: Pick<ControlContext, 'workers' | 'settle' | 'gather'>;
}
