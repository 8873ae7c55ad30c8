import type { Call } from '../contracts/call.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import type { InstanceContext } from '../provider.js';
import { resolvePath } from '../resolve-path.js';

/** Runs `work` in a transaction: when it fails or the caller has gone, nothing has changed. */
export function writeInstances<T>(
  { store, newUuid }: HandlerContext,
  { name: namespace, schema }: ServedNamespace,
  call: Call,
  work: (context: InstanceContext) => Promise<T>,
): Promise<T> {
  const { user, cancellation } = call;
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
      now: () => call.now(),
      explain: (reason, about) => call.explain(reason, about),
    };
    // A provider's rule may never end.
    const result = await cancellation.race(work(context));
    cancellation.throwIfAborted();
    return result;
  }, call);
}
