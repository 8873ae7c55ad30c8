import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { StateFacts } from '../endpoint/endpoint.js';
import type { TestKit } from '../endpoint/test-kit.js';
import type { Logger } from '../http/logger.js';
import type { ExchangeFilter } from '../interceptors/match/exchange-match.js';
import type { RecordedExchange } from '../interceptors/record/recorded-exchange.js';
import type { ControlLimits } from './control-limits.js';
import type { OutsideMethods } from './methods/outside-methods.js';

/** What `GET /v1` says of the endpoint. */
export interface ControlFacts {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** SHA-256 of the HTTPS listener's certificate. */
  readonly fingerprint?: string | undefined;
  readonly user: string;
  readonly lab: string;
  readonly state: StateFacts;
}

/** Metrics as Prometheus reads them. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** What the routes of a control listener work on. */
export interface ControlContext {
  readonly kit: TestKit;
  readonly namespaces: Namespaces;
  /** Of whatever names none. */
  readonly namespace: string;
  readonly methods: OutsideMethods;
  /** The text of a backup of the state, a piece at a time. */
  readonly backup: () => AsyncIterable<string>;
  readonly facts: ControlFacts;
  readonly logger: Logger;
  readonly limits: ControlLimits;
  /** What tells whether an exchange is meant. @throws OptionError for a filter that can never match */
  readonly matcher: (filter: ExchangeFilter) => (exchange: RecordedExchange) => boolean;
  /** Undefined where nothing is measured. */
  readonly metrics: (() => Promise<MetricsText>) | undefined;
  /** The OpenAPI document. */
  readonly document: () => Promise<unknown>;
  /** Aborted when the listener closes, with the reason that streams are told. */
  readonly closing: AbortSignal;
}
