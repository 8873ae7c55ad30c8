import type { Namespace, Namespaces } from '../cim/contracts/namespaces.js';
import type { StateFacts } from '../endpoint/endpoint.js';
import type { HostFacts } from '../endpoint/hosts/host-facts.js';
import type { TestKit } from '../endpoint/test-kit.js';
import type { Logger } from '../http/logger.js';
import type { ExchangeFilter } from '../interceptors/match/exchange-match.js';
import type { RecordedExchange } from '../interceptors/record/recorded-exchange.js';
import type { ControlLimits } from './control-limits.js';
import type { OutsideMethods } from './methods/outside-methods.js';
import type { Spaces } from './spaces/spaces.js';

/** What `GET /v1` says of the endpoint. */
export interface ControlFacts {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** SHA-256 of the HTTPS listener's certificate. */
  readonly fingerprint?: string | undefined;
  readonly user: string;
  readonly lab: string;
  readonly state: StateFacts;
  /** The hosts that it stands for; absent where it is the only one, without a name. */
  readonly hosts?: readonly HostFacts[] | undefined;
  /** The name of the space that it is. */
  readonly space?: string | undefined;
}

/** Metrics as Prometheus reads them. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** A process that serves, where several do. */
export interface WorkerFacts {
  /** From 1; one that takes the place of another has its number. */
  readonly number: number;
  /** Undefined while there is none. */
  readonly pid?: number | undefined;
  /** `waiting`: it ended at once again and again, and is started anew later. */
  readonly state: 'starting' | 'ready' | 'waiting' | 'closing';
  /** How often its place had to be filled again. */
  readonly restarts: number;
}

/** What the routes of a control listener work on. */
export interface ControlContext {
  /** Of all hosts, or of the default one. */
  readonly kit: TestKit;
  /** Of one of several hosts; that of all when none is named. @throws OptionError with the nearest name */
  readonly kitOf: (host: string | undefined) => TestKit;
  readonly namespaces: Namespaces;
  /** Of whatever names none. */
  readonly namespace: string;
  readonly methods: OutsideMethods;
  /** Instances of a namespace as MOF: all, or those of some classes with their subclasses. */
  readonly exportLab: (
    space: Namespace,
    classNames: readonly string[] | undefined,
  ) => Promise<{ readonly mof: string; readonly instances: number; readonly classes: number }>;
  /** The text of a backup of the state, a piece at a time. */
  readonly backup: () => AsyncIterable<string>;
  /** Undefined for an endpoint that is a space itself. */
  readonly spaces: Spaces | undefined;
  readonly facts: ControlFacts;
  readonly logger: Logger;
  readonly limits: ControlLimits;
  /** What tells whether an exchange is meant. @throws OptionError for a filter that can never match */
  readonly matcher: (filter: ExchangeFilter) => (exchange: RecordedExchange) => boolean;
  /** Undefined where nothing is measured. */
  readonly metrics: (() => Promise<MetricsText>) | undefined;
  /** The processes that serve; undefined where it is this one. */
  readonly workers?: (() => readonly WorkerFacts[]) | undefined;
  /**
   * Until all exchanges that other processes have seen so far, or what they have counted for rules, are known here. Done before each request
   * that looks at them; undefined where there are no others.
   */
  readonly gather?: ((what: 'requests' | 'rules') => Promise<void>) | undefined;
  /** Until everything that was changed here is known to other processes. Done after each request; undefined where there are none. */
  readonly settle?: (() => Promise<void>) | undefined;
  /** The OpenAPI document. */
  readonly document: () => Promise<unknown>;
  /** Aborted when the listener closes, with the reason that streams are told. */
  readonly closing: AbortSignal;
}
