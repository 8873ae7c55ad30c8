import type { ExchangeFilter } from '../interceptors/match/exchange-match.js';
import type { RecordedExchange } from '../interceptors/record/recorded-exchange.js';
import type { RequestTerms } from '../interceptors/record/recorder.js';
import type { Rule, RuleState } from '../interceptors/rules/rule.js';
import type { Snapshot } from '../lab/snapshot.js';
import type { CimFace } from './cim-face.js';
import type { PowerState } from './power.js';
import type { ReplacedState } from './replace-guard.js';
import type { SeedSource } from './seed-source.js';

export type { Snapshot } from '../lab/snapshot.js';
export type { CimFace } from './cim-face.js';
export type { PowerState } from './power.js';
export type { ReplacedState } from './replace-guard.js';
export type { SeedSource } from './seed-source.js';

/** How long to wait, and for how many. */
export interface WaitOptions extends RequestTerms {
  /** Milliseconds; default 5000. */
  readonly timeout?: number | undefined;
  /** Default 1. Those that came before count, too. */
  readonly count?: number | undefined;
  /** Ends the waiting before its time, with its reason: nobody is interested any more. */
  readonly signal?: AbortSignal | undefined;
}

/** The model of an endpoint as a whole: what a test looks into, adds to, and sets back. */
export interface ModelState {
  readonly cim: CimFace;
  /**
   * Puts instances into the model, each in the place of the one with its keys; all or nothing.
   *
   * @throws ModelError with file and line, or the place in the list, of what is wrong
   */
  seed(sources: readonly SeedSource[]): Promise<void>;
  /**
   * Everything as after the start, but accounts, settings and certificates: instances, generated names, what clients had begun.
   *
   * @throws StateError where a state that outlives the process may not be taken back, or no backup of it can be kept
   */
  reset(): Promise<ReplacedState>;
  /** The model and the row of generated names. */
  snapshot(): Promise<Snapshot>;
  /** @throws SnapshotError of another format or schema, StateError as for `reset`: nothing is changed then */
  restore(snapshot: Snapshot): Promise<ReplacedState>;
}

/**
 * The abilities of an endpoint that tests want of it: they are the same in the process ({@link Endpoint}) and, as JSON, from outside
 * (src/control). What each promises stands in docs/test-kit.md.
 */
export interface TestKit extends ModelState {
  /** Oldest first. @throws OptionError for a filter that is none */
  requests(filter?: ExchangeFilter, options?: RequestTerms): readonly RecordedExchange[];
  /** A filter as what is told of it may have it: secrets among its values are masked as in what came. @throws OptionError */
  maskFilter(filter: ExchangeFilter): ExchangeFilter;
  clearRequests(): void;
  /** @throws WaitError on time-out, with what did come and how near it was; when the endpoint is reset or closed */
  waitForRequest(filter: ExchangeFilter, options?: WaitOptions): Promise<RecordedExchange>;
  /** @returns what ends it */
  on(event: 'exchange', listener: (exchange: RecordedExchange) => void): () => void;
  /** @throws RuleError with the place, and the nearest name for a rule that can never match */
  addRule(rule: Rule): RuleState;
  /** By id, or what `addRule` gave. False when there is none. */
  removeRule(rule: string | Pick<RuleState, 'id'>): boolean;
  rules(): readonly RuleState[];
  /**
   * Whether the computer runs. Clients restart it and switch it off by methods of Win32_OperatingSystem: it refuses connections meanwhile. Of
   * several computers, the default one.
   */
  power(): PowerState;
  /** Has it run again at once, or all of several, if it does not. Resolves when it listens. @throws ListenError when somebody else listens where it did */
  start(): Promise<void>;
}
