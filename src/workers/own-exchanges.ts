import { ExchangeRing, type RecordBounds } from '../interceptors/record/exchange-ring.js';
import { machineTime, type ToldExchange, tellExchange } from '../interceptors/record/told-exchange.js';
import type { TakeExchange } from '../interceptors/record/watch-exchanges.js';

/** Handed over at once, at most: whoever waits for an answer of this process meanwhile waits no longer than for a large message. */
const MOST_AT_ONCE = 500;
const MOST_BYTES_AT_ONCE = 1024 * 1024;

/** What of the exchanges of a worker is asked for. Times are those of the machine. */
export interface HandOver {
  /** What had ended by then is forgotten. */
  readonly after: number;
  /** What ends later stays where it is. */
  readonly until: number;
}

/** Exchanges that the primary has from now on, and the worker no more. */
export interface HandedOver {
  /** Oldest first. */
  readonly exchanges: readonly ToldExchange[];
  /** So many before them are not kept. */
  readonly lost: number;
  /** There are more by that time. */
  readonly isMore: boolean;
}

/** What a worker keeps of exchanges until the primary asks, as much as one process keeps: nothing crosses while nobody looks. */
export interface OwnExchanges {
  readonly take: TakeExchange;
  handOver(wanted: HandOver): HandedOver;
  /** Somebody waits for what comes: the primary is told that there is something, once for each handing over. */
  watch(isWatched: boolean): void;
}

/** @param tell that there is something, to be called while somebody waits */
export function createOwnExchanges(bounds: RecordBounds, tell: () => void): OwnExchanges {
  const ring = new ExchangeRing(bounds);
  let lost = 0;
  let isWatched = false;
  let isTold = false;

  function tellOnce(): void {
    if (!isWatched || isTold || ring.size === 0) return;
    isTold = true;
    tell();
  }

  /** Whether the oldest had ended by a time. */
  const hasBy = (time: number): boolean => ring.first !== undefined && ring.first.endedAt <= time;

  return {
    take(kept, request, answer) {
      kept.endedAt = machineTime();
      lost += ring.add(kept, request, answer);
      tellOnce();
    },
    handOver({ after, until }) {
      for (; hasBy(after); ring.shift()) lost += 1;
      const exchanges: ToldExchange[] = [];
      let bytes = 0;
      while (hasBy(until) && exchanges.length < MOST_AT_ONCE && bytes < MOST_BYTES_AT_ONCE) {
        const told = tellExchange(ring.shift() as NonNullable<typeof ring.first>); // there is a first
        exchanges.push(told);
        bytes += (told.request?.byteLength ?? 0) + (told.answer?.byteLength ?? 0);
      }
      const handed = { exchanges, lost, isMore: hasBy(until) };
      lost = 0;
      isTold = false;
      if (!handed.isMore) tellOnce();
      return handed;
    },
    watch(wanted) {
      isWatched = wanted;
      tellOnce();
    },
  };
}
