import type { CallEvent } from '../control/methods/call-event.js';
import type { OutsideMethod } from '../control/methods/outside-methods.js';
import type { CallAnswerBody } from '../control/methods/read-answer.js';
import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import type { PowerWay } from '../endpoint/power.js';
import type { ServerCertificate } from '../http/certificate.js';
import type { Listener } from '../http/listeners.js';
import type { MetricValues } from '../interceptors/metrics/metrics.js';
import type { RuleState } from '../interceptors/rules/rule.js';
import type { Counted, RuleCounts } from '../interceptors/rules/rule-counter.js';
import type { SettingValues } from '../wsman/service-settings.js';
import type { HandedOver, HandOver } from './own-exchanges.js';

/** A rule as every worker has it. */
export type SharedRule = Pick<RuleState, 'id' | 'when' | 'then'>;

/** What a worker needs to serve as all others do. Plain data. */
export interface WorkerStart {
  readonly number: number;
  /** But for what only the primary does: its control API, the accounts that it has made. */
  readonly endpoint: EndpointOptions;
  readonly providerFiles: readonly string[];
  /** Of providers that name none. */
  readonly namespace: string;
  /** As `--state` says it: a folder or a URL. */
  readonly state: string;
  readonly identity: ServerCertificate | undefined;
  readonly shared: Shared;
}

/** What holds for all workers, and changes. */
export interface Shared {
  readonly rules: readonly SharedRule[];
  readonly methods: readonly OutsideMethod[];
  readonly settings: SettingValues;
  /** Somebody waits for exchanges, or hears of each. */
  readonly isWatched: boolean;
  /** The default host is down: nobody listens for it. */
  readonly isDown: boolean;
  /** How often what clients of the default host had begun was forgotten: each process calls it by that. */
  readonly timesForgotten: number;
}

/** Where all of them listen. */
export interface Listening {
  readonly http?: Listener;
  readonly https?: Listener;
}

/** What the primary does for workers. */
export type PrimaryServices = {
  /** The worker listens to what it is told: node:cluster loses what comes before. */
  hello(given: undefined): void;
  /** There are exchanges, and somebody waits for them. */
  haveExchanges(given: undefined): void;
  /** Exchanges of a worker that ends. */
  leaveExchanges(handed: HandedOver): void;
  /** Of a rule that depends on the counts of all. */
  countMatch(ruleId: string): Counted;
  /** What a worker that ends has counted for the others. */
  leaveCounts(counts: readonly RuleCounts[]): void;
  changeSettings(changes: Partial<SettingValues>): void;
  /** A client of the default host restarts it, or shuts it down. */
  leave(way: PowerWay): void;
  call(given: { readonly method: string; readonly event: CallEvent }, signal: AbortSignal): Promise<CallAnswerBody>;
  metrics(values: MetricValues): void;
};

/** What workers do for the primary. */
export type WorkerServices = {
  /** @returns where it listens @throws what startEndpoint throws */
  start(given: WorkerStart): Promise<Listening>;
  /** Another value of something that holds for all. */
  share(changed: Partial<Shared>): void;
  /** The answer comes when all that was shared so far holds. */
  settle(given: undefined): Promise<void>;
  takeCounts(given: undefined): readonly RuleCounts[];
  handOver(wanted: HandOver): HandedOver;
  wentBack(given: undefined): void;
  /** The answer comes when they have been told. */
  tellMetrics(given: undefined): Promise<void>;
  /** Finishes what runs, and ends the process. */
  close(given: undefined): void;
};
