import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import { passingReader } from '../../cim/passing-reader.js';
import { inJob } from './in-job.js';

/** Work has come to its first write. */
class FirstWrite extends Error {
  override readonly name = 'FirstWrite';
}

/**
 * Does work as far as it only reads: whatever keeps it from being done is found out, and nothing is changed. The work has to check all before
 * it writes anything.
 *
 * @throws whatever the work throws before
 */
export async function tryWork(context: MethodContext, work: (context: MethodContext) => Promise<unknown>) {
  try {
    await work(inJob(context, readsOf(context.store), context.signal));
  } catch (error) {
    if (!(error instanceof FirstWrite)) throw error;
  }
}

function readsOf(store: InstanceTransaction): InstanceTransaction {
  const stop = () => Promise.reject(new FirstWrite());
  return {
    ...passingReader(store),
    ...{ put: stop, putMany: stop, delete: stop, deleteMany: stop, clear: stop, claim: stop },
    discard: () => undefined,
  };
}
