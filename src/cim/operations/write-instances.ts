import type { BrokerContext, BrokerNamespace } from '../broker.js';
import { Cancellation } from '../cancellation.js';
import type { InstanceContext } from '../provider.js';
import { resolvePath } from '../resolve-path.js';

/** Who asks for an operation, and until when. */
export interface OperationCall {
  /** The caller's account name; undefined for calls from the same process. */
  readonly user?: string | undefined;
  /** Cancelled when nobody waits for the result any more; then nothing is committed. */
  readonly cancellation?: Cancellation | undefined;
}

/** Runs `work` in a transaction: when it fails or the caller has gone, nothing has changed. */
export function writeInstances<T>(
  { store, newUuid }: BrokerContext,
  { name: namespace, schema }: BrokerNamespace,
  { user, cancellation = new Cancellation() }: OperationCall,
  work: (context: InstanceContext) => Promise<T>,
): Promise<T> {
  return store.transaction(async (transaction) => {
    // The caller may have gone while other transactions had their turn.
    cancellation.throwIfAborted();
    const context: InstanceContext = {
      namespace,
      schema,
      user,
      get signal() {
        return cancellation.signal;
      },
      store: transaction,
      resolve: (path) => resolvePath(path, namespace, schema, transaction),
      newUuid,
    };
    // The store waits for this transaction: a provider's rule that never ends must not keep all others from writing.
    const result = await cancellation.race(work(context));
    cancellation.throwIfAborted();
    return result;
  });
}
