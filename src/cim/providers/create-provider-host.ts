import { AsyncLocalStorage } from 'node:async_hooks';
import { Cancellation } from '../contracts/cancellation.js';
import type { InstanceStore } from '../contracts/instance-store.js';
import type { Namespace } from '../contracts/namespaces.js';
import type { IndicationListener, JobRun, ProviderHost } from '../contracts/provider-host.js';
import type { UuidSource } from '../contracts/uuid-source.js';
import { checkIndication } from './check-indication.js';
import { storeForProviders } from './store-for-providers.js';

/** What a host of providers is made of. */
export interface ProviderHostOptions {
  readonly store: InstanceStore;
  readonly newUuid: UuidSource;
  now(): number;
  /** Told of what a job threw. */
  onFailure(error: unknown, jobId: string): void;
  /** Told of what a provider explains outside an operation. */
  onReason(reason: string): void;
  /** Told of what providers tell of. */
  readonly onIndication: IndicationListener;
}

/** A {@link ProviderHost}, and what is done with it. */
export interface OpenProviderHost {
  readonly host: ProviderHost;
  /** What begins jobs for operations on the model as it is: once the model has gone back, it begins none any more. */
  jobs(): (run: JobRun) => void;
  /** Ends all jobs: the model has gone back to an earlier state, which providers are told. */
  reset(): void;
  /** Ends all jobs and waits until none can write any more. @param reason what jobs are told */
  close(reason?: Error): Promise<void>;
}

/** The host of the providers in a namespace. */
export function createProviderHost(
  { name: namespace, schema }: Namespace,
  { store, newUuid, now, onFailure, onReason, onIndication }: ProviderHostOptions,
): OpenProviderHost {
  let cancellation = new Cancellation();
  // Made for the first job: where there is none, nobody pays for keeping track.
  let jobOf: AsyncLocalStorage<Cancellation> | undefined;
  const running = new Set<Promise<void>>();
  const listeners: (() => void)[] = [];
  let isClosed = false;
  let count = 0;

  const transactionOf =
    (within: () => Cancellation): ProviderHost['transaction'] =>
    (work) => {
      const own = within();
      return store.transaction(
        async (transaction, attempt) => {
          own.throwIfAborted();
          return own.race(work(transaction, attempt));
        },
        { id: `provider of ${namespace}`, user: undefined, cancellation: own },
      );
    };

  function start(run: JobRun, own: Cancellation): void {
    if (own.aborted) return;
    count += 1;
    const id = `job-${count}`;
    const transaction = transactionOf(() => own);
    jobOf ??= new AsyncLocalStorage();
    const within = jobOf;
    const work = own
      .race(within.run(own, () => Promise.resolve().then(() => run({ id, signal: own.signal, transaction }))))
      .catch((error: unknown) => {
        if (!own.aborted) onFailure(error, id);
      })
      .finally(() => running.delete(work));
    running.add(work);
  }

  // A job that takes no notice of its end writes nothing into what came after, whichever way it goes.
  const hostTransaction = transactionOf(() => jobOf?.getStore() ?? cancellation);
  const host: ProviderHost = {
    namespace,
    schema,
    store: storeForProviders(store, hostTransaction),
    newUuid,
    now,
    job: (run) => start(run, cancellation),
    explain: onReason,
    transaction: hostTransaction,
    indicate(indication) {
      checkIndication(indication, { name: namespace, schema });
      onIndication(indication, namespace);
    },
    onReset: (listener) => void listeners.push(listener),
  };
  return {
    host,
    jobs() {
      const own = cancellation;
      return (run) => start(run, own);
    },
    reset() {
      if (isClosed) return;
      cancellation.abort(new Error('the endpoint goes back to an earlier state'));
      cancellation = new Cancellation();
      for (const listener of listeners) {
        try {
          listener();
        } catch (error) {
          onFailure(error, `onReset of a provider of ${namespace}`);
        }
      }
    },
    async close(reason = new Error('the endpoint closes')) {
      isClosed = true;
      cancellation.abort(reason);
      await Promise.all(running);
    },
  };
}
