import type { Namespaces } from '../cim/contracts/namespaces.js';
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
  /** The name of the space that it is. */
  readonly space?: string | undefined;
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
  /** Undefined for an endpoint that is a space itself. */
  readonly spaces: Spaces | undefined;
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
