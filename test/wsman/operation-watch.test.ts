import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Cancellation } from '../../src/cim/contracts/cancellation.js';
import { createOperationWatch, type OperationWatch } from '../../src/wsman/operation-watch.js';

const client = () => new AbortController().signal;
const timedOut = expect.objectContaining({ name: 'WsmanFault', key: 'TimedOut' });
/** Runs an operation that is told when it is no longer wanted. */
function run<T>(
  watch: OperationWatch,
  milliseconds: number,
  signal: AbortSignal,
  operation: (cancellation: Cancellation) => Promise<T>,
): Promise<T> {
  const cancellation = new Cancellation();
  return watch.run(milliseconds, signal, cancellation, () => operation(cancellation));
}

const never = () => new Promise<never>(() => {});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an operation', () => {
  test('that is done in time gives its result', async () => {
    await expect(run(createOperationWatch(), 1000, client(), async () => 'done')).resolves.toBe('done');
  });

  test('that fails in time fails with its own error', async () => {
    const failure = new Error('own');
    await expect(run(createOperationWatch(), 1000, client(), () => Promise.reject(failure))).rejects.toBe(failure);
  });

  test('that takes too long is answered with a fault, and is told to stop', async () => {
    let seen: Cancellation | undefined;
    const answer = run(createOperationWatch(), 1000, client(), (cancellation) => {
      seen = cancellation;
      return never();
    });
    const checked = expect(answer).rejects.toEqual(timedOut);
    await vi.advanceTimersByTimeAsync(999);
    expect(seen?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(51);
    expect(seen?.signal.reason).toEqual(timedOut);
    await checked;
  });

  test('may fail after its time without anybody being told', async () => {
    const answer = run(createOperationWatch(), 1000, client(), async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new Error('too late');
    });
    const checked = expect(answer).rejects.toEqual(timedOut);
    await vi.advanceTimersByTimeAsync(1050);
    await checked;
  });

  test('is told to stop when the client goes', async () => {
    const controller = new AbortController();
    const answer = run(createOperationWatch(), 60_000, controller.signal, never);
    const checked = expect(answer).rejects.toThrow('the client has gone');
    controller.abort();
    await vi.advanceTimersByTimeAsync(50);
    await checked;
  });

  test('does not begin when the client has gone', async () => {
    const operation = vi.fn(async () => 'done');
    await expect(run(createOperationWatch(), 1000, AbortSignal.abort(), operation)).rejects.toThrow('gone');
    expect(operation).not.toHaveBeenCalled();
  });

  test('is watched on when others have ended, in whatever order', async () => {
    const watch = createOperationWatch();
    const finish: (() => void)[] = [];
    const finishing = () => run(watch, 10_000, client(), () => new Promise<void>((resolve) => finish.push(resolve)));
    const [first, second] = [finishing(), finishing()];
    const slow = expect(run(watch, 100, client(), never)).rejects.toEqual(timedOut);
    finish[0]?.();
    await first;
    const late = expect(run(watch, 300, client(), never)).rejects.toEqual(timedOut);
    finish[1]?.();
    await second;
    await vi.advanceTimersByTimeAsync(150);
    await slow;
    await vi.advanceTimersByTimeAsync(200);
    await late;
  });

  test('does not end because another one has taken too long', async () => {
    const watch = createOperationWatch();
    const slow = expect(run(watch, 100, client(), never)).rejects.toEqual(timedOut);
    let finish: (value: string) => void = () => {};
    const other = run(watch, 10_000, client(), () => new Promise<string>((resolve) => (finish = resolve)));
    await vi.advanceTimersByTimeAsync(200);
    await slow;
    finish('done');
    await expect(other).resolves.toBe('done');
  });

  test('leaves no timer behind once all are done', async () => {
    const watch = createOperationWatch();
    await run(watch, 1000, client(), async () => 'done');
    await vi.advanceTimersByTimeAsync(50);
    expect(vi.getTimerCount()).toBe(0);
  });
});
