import type { BrokerContext } from '../broker.js';
import type { InstanceCursor } from './instance-cursor.js';

/**
 * How many instances the whole walk of a cursor shows, as far as that is known now: those created since its beginning
 * are counted, although it leaves them out.
 */
export async function countInstances({ store }: BrokerContext, cursor: InstanceCursor): Promise<number> {
  let count = 0;
  for (const className of cursor.classNames) count += await store.count(cursor.namespace, className);
  return count;
}
