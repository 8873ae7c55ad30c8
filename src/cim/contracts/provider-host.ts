import type { CimInstance } from '../model/cim-instance.js';
import type { Schema } from '../schema/schema.js';
import type { InstanceReader, InstanceTransaction } from './instance-store.js';
import type { Provider } from './provider.js';

/** What goes on after the operation that began it. */
export interface Job {
  /** As the log names it. */
  readonly id: string;
  /** Aborted when the endpoint closes, or its model goes back to an earlier state (`reset`, `restore`). */
  readonly signal: AbortSignal;
  /**
   * As {@link ProviderHost.transaction}; refused once the job is aborted, so that nothing of it comes into a model that it does not know.
   */
  transaction<T>(work: (store: InstanceTransaction, attempt: number) => Promise<T>): Promise<T>;
}

/** What a job does. What it throws is logged with its stack. */
export type JobRun = (job: Job) => void | Promise<void>;

/** What a provider has for as long as the endpoint runs, also between the operations that it is asked for. */
export interface ProviderHost {
  readonly namespace: string;
  readonly schema: Schema;
  /** Reads see the last commit. */
  readonly store: InstanceReader;
  /**
   * Writes that belong to no operation. As with operations, `work` runs again when others have changed what it read.
   *
   * @throws StoreError conflict after the third attempt, unavailable, failed, full
   */
  transaction<T>(work: (store: InstanceTransaction, attempt: number) => Promise<T>): Promise<T>;
  /** The time of day in milliseconds since 1970, by the endpoint's clock. */
  now(): number;
  /** A new UUID (lower case, without braces); repeatable when the endpoint was started with a seed. */
  newUuid(): string;
  /** Goes on with something by itself. An operation that begins a job takes its context's `job`, so that it comes after the commit. */
  job(run: JobRun): void;
  /**
   * Tells of an event.
   *
   * @throws TypeError when it is no instance of an indication's class
   */
  indicate(indication: CimInstance): void;
  /** Writes a line into the log: why something is as it is. */
  explain(reason: string): void;
  /**
   * Hears that the model has gone back to an earlier state: what the provider remembers of it is to be forgotten. Jobs have been
   * aborted by then; the listener may begin new ones. What it throws is logged.
   */
  onReset(listener: () => void): void;
}

/** Makes a provider that has a host: state between operations, jobs, events of its own. */
export type ProviderFactory = (host: ProviderHost) => Provider;

/** Hears of every indication of an endpoint. */
export type IndicationListener = (indication: CimInstance, namespace: string) => void;
