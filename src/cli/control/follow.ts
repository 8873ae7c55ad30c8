import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlClient, ControlConnectionError, ControlRefusal } from './control-client.js';
import { readEvents, type ServerEvent } from './read-events.js';

const RETRY_MS = 500;
/** So long after the connection was lost it is given up: the endpoint has ended. */
const GIVE_UP_MS = 10_000;

/**
 * The events of a stream; when the connection is lost, those behind the last that came, until the endpoint says that it closes.
 *
 * @throws UsageError when it cannot be reached (any more), or refuses
 */
export async function* follow(client: ControlClient, path: string): AsyncGenerator<ServerEvent> {
  let last: number | undefined;
  let giveUpAt = 0;
  for (;;) {
    try {
      const events = readEvents(await client.stream(path, last));
      giveUpAt = Number.POSITIVE_INFINITY;
      for await (const event of events) {
        last = event.id ?? last;
        if (event.event === 'end') return;
        yield event;
      }
    } catch (error) {
      if (isFinal(error, giveUpAt)) throw error;
    }
    if (giveUpAt === Number.POSITIVE_INFINITY) giveUpAt = performance.now() + GIVE_UP_MS;
    await sleep(RETRY_MS);
  }
}

/** A connection that breaks off in the middle of a stream is told by undici in its own words: that is tried again. */
function isFinal(error: unknown, giveUpAt: number): boolean {
  if (error instanceof ControlRefusal || performance.now() > giveUpAt) return true;
  return error instanceof ControlConnectionError && giveUpAt === 0;
}
