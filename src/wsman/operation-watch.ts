import type { Cancellation } from '../cim/contracts/cancellation.js';
import { WsmanFault } from '../soap/wsman-fault.js';

/** How often running operations are looked at, in milliseconds: a timeout is noticed at most this much late. */
const RESOLUTION_MS = 50;

/** Nobody waits for the answer any more. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';

  constructor() {
    super('the client has gone');
  }
}

/** Whoever waits for the answer. */
type Client = Pick<Cancellation, 'aborted'>;

interface RunningOperation {
  /** Where it stands in the list. */
  place: number;
  readonly deadline: number;
  readonly client: Client;
  readonly cancellation: Cancellation;
  readonly stop: (reason: Error) => void;
}

/** Bounds the time of operations. */
export interface OperationWatch {
  /**
   * Runs an operation that must finish within a time. When the time is up, or the client has gone, the caller gets the
   * error at once; the operation is cancelled with it, so that a method still running can neither go on unseen nor commit.
   *
   * @param client aborted when nobody waits for the answer any more
   * @param cancellation the operation's
   * @throws WsmanFault TimedOut, ClientGoneError
   */
  run<T>(milliseconds: number, client: Client, cancellation: Cancellation, operation: () => Promise<T>): Promise<T>;
}

/**
 * One timer watches all operations, while there are any: a timer and a listener for each would cost more than most
 * operations themselves.
 */
export function createOperationWatch(): OperationWatch {
  // A list: a set that grows and is emptied again for each operation costs more.
  const running: RunningOperation[] = [];
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const now = performance.now();
    // Whoever hears of the end takes itself out later, not now.
    for (const { deadline, client, cancellation, stop } of running) {
      const reason = client.aborted ? new ClientGoneError() : now >= deadline ? new WsmanFault('TimedOut') : undefined;
      if (reason === undefined) continue;
      cancellation.abort(reason);
      stop(reason);
    }
    if (running.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  function remove({ place }: RunningOperation): void {
    const last = running.pop();
    if (last === undefined || last.place === place) return;
    running[place] = last;
    last.place = place;
  }

  return {
    run(milliseconds, client, cancellation, operation) {
      if (client.aborted) return Promise.reject(new ClientGoneError());
      timer ??= setInterval(look, RESOLUTION_MS).unref();
      return new Promise((resolve, reject) => {
        const deadline = performance.now() + milliseconds;
        const entry = { place: running.length, deadline, client, cancellation, stop: reject };
        running.push(entry);
        operation().then(
          (value) => {
            remove(entry);
            resolve(value);
          },
          (error: unknown) => {
            remove(entry);
            reject(error);
          },
        );
      });
    },
  };
}
