import { WsmanFault } from '../soap/wsman-fault.js';

/** The longest time setTimeout can wait: above, it fires at once. */
const MAX_TIMER = 2 ** 31 - 1;

/**
 * Runs an operation that must finish within a time. When the time is up the caller gets the fault at once; the
 * operation's signal is aborted with it, so that a method still running can neither go on unseen nor commit.
 *
 * @param outer aborted when the client is gone
 * @throws WsmanFault TimedOut
 */
export async function withTimeout<T>(
  milliseconds: number,
  outer: AbortSignal,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const controller = new AbortController();
  let stop: (reason: unknown) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  const abort = (reason: unknown) => {
    controller.abort(reason);
    stop(reason);
  };
  const onOuterAbort = () => abort(outer.reason);
  const onTime = () => abort(new WsmanFault('TimedOut'));
  const timer = setTimeout(onTime, Math.min(milliseconds, MAX_TIMER));
  outer.addEventListener('abort', onOuterAbort, { once: true });
  try {
    return await Promise.race([operation(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', onOuterAbort);
  }
}
