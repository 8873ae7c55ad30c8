import type { Credit } from './credit.js';
import { type BridgeError, CANCELLED } from './describe-error.js';
import { FatalError } from './fatal-error.js';
import type { LineWriter } from './line-writer.js';
import { MAX_LINE_BYTES } from './read-lines.js';

/** A call that the parent has not been told the end of. */
export interface RunningCall {
  readonly id: number;
  /** Ends when the call is cancelled, its connection closed, or the parent gone. */
  readonly signal: AbortSignal;
  abort(): void;
  /** How many items may still be sent; only a stream has it. */
  credit?: Credit | undefined;
}

/** The calls under way. */
export interface Calls {
  /**
   * Runs a call, and tells the parent how it ended.
   *
   * @param run gives the members of `result`
   * @throws FatalError when there is a call with that id
   */
  begin(id: number, run: (call: RunningCall) => Promise<object>): void;
  /** Ends a call at once; what it has open on a server is closed behind it. Does nothing to a call that has ended. */
  cancel(id: number): void;
  /** Allows a stream further items. */
  more(id: number, count: number): void;
  /** Cancels all, telling nobody. @returns when nothing goes on any more */
  abandon(): Promise<void>;
}

/** @param describe an error, as the parent is told it */
export function createCalls(writer: LineWriter, describe: (error: unknown) => BridgeError): Calls {
  const running = new Map<number, RunningCall>();
  /** Calls that have ended for the parent may still have something to release. */
  const work = new Set<Promise<void>>();
  const finish = (id: number, end: { readonly result: object } | { readonly error: BridgeError }) => {
    if (running.delete(id)) writer.write(lastLine(id, end));
  };
  return {
    begin(id, run) {
      if (running.has(id)) throw new FatalError(`call ${id}: there is one with this id already`);
      const controller = new AbortController();
      const call: RunningCall = { id, signal: controller.signal, abort: () => controller.abort() };
      running.set(id, call);
      const done = (async () => run(call))()
        .then((result) => finish(id, { result }))
        .catch((error: unknown) => finish(id, { error: describe(error) }))
        .finally(() => work.delete(done));
      work.add(done);
    },
    cancel(id) {
      const call = running.get(id);
      call?.abort();
      finish(id, { error: CANCELLED });
    },
    more: (id, count) => running.get(id)?.credit?.give(count),
    async abandon() {
      for (const call of running.values()) call.abort();
      running.clear();
      await Promise.all(work);
    },
  };
}

/** The last line of a call; where it would be too long, that is the end of the call. */
function lastLine(id: number, end: { readonly result: object } | { readonly error: BridgeError }): string {
  const line = JSON.stringify({ id, ...end });
  // No character of UTF-16 has more than three bytes.
  if (line.length * 3 <= MAX_LINE_BYTES || Buffer.byteLength(line) <= MAX_LINE_BYTES) return line;
  const message = `the answer has more than ${MAX_LINE_BYTES} bytes as JSON`;
  return JSON.stringify({ id, error: { kind: 'transport', failure: 'response', message } satisfies BridgeError });
}
