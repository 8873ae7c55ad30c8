import type { InstanceCursor } from '../contracts/cim-operation.js';
import type { HandlerContext } from '../create-handler.js';

/**
 * How many instances the whole walk of a cursor shows, as far as that is known now: those created since its beginning
 * are counted, although it leaves them out.
 */
export async function countInstances({ store }: HandlerContext, cursor: InstanceCursor): Promise<number> {
  let count = 0;
  for (const className of cursor.classNames) count += await store.count(cursor.namespace, className);
  return count;
}
