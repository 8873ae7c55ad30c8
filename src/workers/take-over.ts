import type { Channel } from './channel.js';
import type { HandedOver, HandOver } from './own-exchanges.js';
import type { WorkerServices } from './protocol.js';

/**
 * Has a worker hand over exchanges, some at a time, so that it answers its clients in between.
 *
 * @param signal whoever asked waits no longer: what was asked for by then counts all the same
 */
export async function takeOver(
  worker: Channel<WorkerServices>,
  wanted: HandOver,
  add: (handed: HandedOver) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let isMore = true; isMore && !signal.aborted; ) {
    const handed = await worker.ask('handOver', wanted);
    add(handed);
    isMore = handed.isMore;
  }
}
