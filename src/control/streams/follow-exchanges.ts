import type { TestKit } from '../../endpoint/test-kit.js';
import type { RecordedExchange } from '../../interceptors/record/recorded-exchange.js';
import { exchangeJson } from '../exchange-json.js';
import type { EventStream } from './event-stream.js';

/** Exchanges that were no longer kept when they should have been sent. */
export interface Gap {
  /** The number of the last that was sent. */
  readonly after: number;
  /** The number of the next that there is. */
  readonly before: number;
  readonly missed: number;
}

/**
 * Sends the exchanges behind a number, and then each as it comes. For a client that is slow nothing is kept but what the recorder keeps:
 * what it has dropped meanwhile is told as a gap.
 *
 * @param after a number that was sent before; undefined for what comes from now on
 */
export function followExchanges(
  kit: Pick<TestKit, 'requests' | 'on'>,
  matches: (exchange: RecordedExchange) => boolean,
  after: number | undefined,
  stream: EventStream,
): void {
  let last = firstAfter(kit.requests(), after);
  let isSending = false;

  function send(exchange: RecordedExchange): void {
    const { number } = exchange;
    if (number > last + 1 && last >= 0)
      stream.send('gap', { after: last, before: number, missed: number - last - 1 } satisfies Gap);
    last = number;
    if (matches(exchange)) stream.send('exchange', exchangeJson(exchange), number);
  }

  async function catchUp(): Promise<void> {
    isSending = true;
    for (;;) {
      const next = newerThan(kit.requests(), last);
      if (next.length === 0 || !stream.isOpen) break;
      for (const exchange of next) {
        send(exchange);
        if (!stream.isFull) continue;
        await stream.drained();
        // What lies between may have been dropped meanwhile: the list is looked at anew, and this one let go.
        break;
      }
    }
    isSending = false;
  }

  const stop = kit.on('exchange', (exchange) => {
    if (isSending) return;
    if (stream.isFull || exchange.number > last + 1) void catchUp();
    else send(exchange);
  });
  stream.onClose(stop);
  void catchUp();
}

/** Where to begin; −1 where the first that comes has no one before it. */
function firstAfter(kept: readonly RecordedExchange[], after: number | undefined): number {
  const newest = kept.at(-1)?.number;
  if (after === undefined) return newest ?? -1;
  // The number is of another process, whose exchanges are gone.
  return newest !== undefined && after > newest ? 0 : after;
}

function newerThan(kept: readonly RecordedExchange[], number: number): readonly RecordedExchange[] {
  let from = kept.length;
  while (from > 0 && (kept[from - 1]?.number ?? 0) > number) from -= 1;
  return kept.slice(from);
}
