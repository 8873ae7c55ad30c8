import type { ToldExchange } from '../interceptors/record/told-exchange.js';
import { tellExchange } from '../interceptors/record/told-exchange.js';
import type { TakeExchange } from '../interceptors/record/watch-exchanges.js';

/** Exchanges that end within so many milliseconds are told together. */
const GATHER_MS = 5;
/** Bytes of bodies that are told and have not been heard, beyond which exchanges are lost. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Tells the primary of exchanges. */
export interface ExchangeTeller {
  readonly take: TakeExchange;
  /** Tells what there is, at once. @returns when all of it has been heard */
  flush(): Promise<void>;
}

/**
 * @param tell resolves when it has been heard
 * @param onLost the primary does not keep up: so many were not told
 */
export function createExchangeTeller(
  tell: (list: readonly ToldExchange[]) => Promise<unknown>,
  onLost: (count: number) => void,
): ExchangeTeller {
  let gathered: ToldExchange[] = [];
  let bytes = 0;
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let heard: Promise<unknown> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (gathered.length > 0) {
      const list = gathered;
      const size = sizeOf(list);
      gathered = [];
      // Whoever has gone hears nothing, and this process ends.
      const told = tell(list).catch(() => undefined);
      heard = Promise.all([heard, told]).then(() => {
        bytes -= size;
        if (lost > 0) onLost(lost);
        lost = 0;
      });
    }
    return heard.then(() => undefined);
  }

  return {
    take(kept, request, answer) {
      if (bytes > MOST_BYTES) {
        lost += 1;
        return;
      }
      // The memory of the request is used again for the next one.
      const told = tellExchange(kept, Uint8Array.from(request), answer);
      gathered.push(told);
      bytes += sizeOf([told]);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    flush,
  };
}

function sizeOf(list: readonly ToldExchange[]): number {
  let size = 0;
  for (const { request, answer } of list) size += request.byteLength + answer.length;
  return size;
}
