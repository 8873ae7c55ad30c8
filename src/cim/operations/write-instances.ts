import type { Call } from '../contracts/call.js';
import type { InstanceContext } from '../contracts/provider.js';
import type { HandlerContext, ServedNamespace } from '../create-handler.js';
import { WorkContext } from './work-context.js';

/** Runs `work` in a transaction: when it fails or the caller has gone, nothing has changed. */
export async function writeInstances<T>(
  handler: HandlerContext,
  space: ServedNamespace,
  call: Call,
  work: (context: InstanceContext) => Promise<T>,
): Promise<T> {
  const { cancellation } = call;
  let last: WorkContext | undefined;
  let succeeded = false;
  try {
    const result = await handler.store.transaction(async (transaction, attempt) => {
      // An attempt that is made again has explained nothing, whatever becomes of this one.
      last = undefined;
      // The caller have gone while other transactions had their turn.
      cancellation.throwIfAborted();
      last = new WorkContext(handler, space, call, transaction, attempt);
      // A provider's rule that never ends ends with the call.
      const done = await cancellation.race(work(last));
      cancellation.throwIfAborted();
      return done;
    }, call);
    succeeded = true;
    return result;
  } finally {
    last?.settle(succeeded);
  }
}
