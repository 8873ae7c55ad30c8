import type { InstanceCursor } from '../contracts/cim-operation.js';
import type { HandlerContext } from '../create-handler.js';

/**
 * How many instances the whole walk of a cursor shows, as far as that is known now: those created since its beginning
 * are counted, although it leaves them out.
 */
export async function countInstances({ store }: HandlerContext, cursor: InstanceCursor): Promise<number> {
  const counts = await store.count(cursor.namespace, cursor.classNames);
  return counts.reduce((total, count) => total + count, 0);
}
