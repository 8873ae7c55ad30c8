import type { InvokeMethodResult } from '../cim/contracts/cim-operation.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { ExchangeFilter } from '../interceptors/match/exchange-match.js';
import type { RecordedExchange } from '../interceptors/record/recorded-exchange.js';
import type { Rule, RuleState } from '../interceptors/rules/rule.js';
import type { Snapshot } from '../lab/snapshot.js';

export type { Snapshot } from '../lab/snapshot.js';

/** Instances to begin with: a built-in lab, a path of MOF, MOF itself, or instances. */
export type SeedSource = string | { readonly mof: string; readonly name?: string | undefined } | CimInstance;

/** How long to wait, and for how many. */
export interface WaitOptions {
  /** Milliseconds; default 5000. */
  readonly timeout?: number | undefined;
  /** Default 1. Those that came before count, too. */
  readonly count?: number | undefined;
  /** Ends the waiting before its time, with its reason: nobody is interested any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The abilities of an endpoint that tests want of it: they are the same in the process ({@link Endpoint}) and, as JSON, from outside
 * (src/control). What each promises stands in docs/test-kit.md.
 */
export interface TestKit {
  readonly cim: CimFace;
  /** All or nothing. @throws ModelError */
  seed(sources: readonly SeedSource[]): Promise<void>;
  reset(): Promise<void>;
  snapshot(): Promise<Snapshot>;
  /** @throws SnapshotError of another format or schema: nothing is changed then */
  restore(snapshot: Snapshot): Promise<void>;
  /** Oldest first. */
  requests(filter?: ExchangeFilter): readonly RecordedExchange[];
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
}

/** The CIM operations with the rights of the house: past what clients may not do, past rules, and not recorded. */
export interface CimFace {
  get(path: InstancePath | string): Promise<CimInstance>;
  /** Creates or replaces, whatever a provider allows clients. */
  put(instance: CimInstance): Promise<InstancePath>;
  create(className: string, properties: Readonly<Record<string, CimValue>>): Promise<InstancePath>;
  delete(path: InstancePath | string): Promise<boolean>;
  /** WQL. @param namespace default: that of the endpoint */
  find(query: string, namespace?: string): Promise<readonly CimInstance[]>;
  associators(path: InstancePath | string, resultClass?: string): Promise<readonly CimInstance[]>;
  invoke(
    target: InstancePath | string,
    method: string,
    input?: Readonly<Record<string, CimValue>>,
  ): Promise<InvokeMethodResult>;
}
