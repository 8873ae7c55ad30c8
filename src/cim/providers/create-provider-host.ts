import { Cancellation } from '../contracts/cancellation.js';
import type { InstanceStore } from '../contracts/instance-store.js';
import type { Namespace } from '../contracts/namespaces.js';
import type { IndicationListener, JobRun, ProviderHost } from '../contracts/provider-host.js';
import type { UuidSource } from '../contracts/uuid-source.js';
import { checkIndication } from './check-indication.js';

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

/** A {@link ProviderHost} and its end. */
export interface OpenProviderHost {
  readonly host: ProviderHost;
  /** Ends all jobs and waits until none can write any more. */
  close(): Promise<void>;
}

/** The host of the providers in a namespace. */
export function createProviderHost(
  { name: namespace, schema }: Namespace,
  { store, newUuid, now, onFailure, onReason, onIndication }: ProviderHostOptions,
): OpenProviderHost {
  const cancellation = new Cancellation();
  const running = new Set<Promise<void>>();
  let count = 0;

  function start(run: JobRun): void {
    if (cancellation.aborted) return;
    count += 1;
    const id = `job-${count}`;
    const work = cancellation
      .race(Promise.resolve().then(() => run({ id, signal: cancellation.signal })))
      .catch((error: unknown) => {
        if (!cancellation.aborted) onFailure(error, id);
      })
      .finally(() => running.delete(work));
    running.add(work);
  }

  const host: ProviderHost = {
    namespace,
    schema,
    store,
    newUuid,
    now,
    job: start,
    explain: onReason,
    transaction: (work) =>
      store.transaction(
        async (transaction, attempt) => {
          cancellation.throwIfAborted();
          return cancellation.race(work(transaction, attempt));
        },
        { id: `provider of ${namespace}`, user: undefined, cancellation },
      ),
    indicate(indication) {
      checkIndication(indication, { name: namespace, schema });
      onIndication(indication, namespace);
    },
  };
  return {
    host,
    async close() {
      cancellation.abort(new Error('the endpoint closes'));
      await Promise.all(running);
    },
  };
}
