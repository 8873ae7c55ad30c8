/** Where the items of a sequence come from. */
export interface BatchSource<E> {
  /** The next items, perhaps none; undefined when there are no more. It is asked only when those before are used up. */
  next(signal: AbortSignal): Promise<readonly E[] | undefined>;
  /** Tells whoever keeps the rest that it is not wanted; nothing when nothing is kept. Does not fail. */
  release(): Promise<void>;
}

/** How a sequence ends before its end. */
export interface SequenceEnd {
  /** Ends it at once, also while nobody asks for an item. */
  readonly signal?: AbortSignal | undefined;
  /** What is thrown then. */
  readonly aborted: () => Error;
  /** Whether an error says that the server lets one wait: then nobody waits for the release, either. */
  readonly isLate: (error: unknown) => boolean;
  /** Is given what goes on after the sequence has ended: that the rest is being released. */
  readonly afterwards: (released: Promise<void>) => void;
}

const DONE = { done: true, value: undefined } as const;

/**
 * Items one after the other, fetched in batches as they are asked for. In contrast to a generator of the language, `return` does not
 * wait for a batch that is under way: it gives it up, has the rest released, and whoever waits for an item learns that there is none.
 *
 * @param read makes of an item what is given out; what it throws ends the sequence
 */
export function createSequence<E, T>(
  source: BatchSource<E>,
  read: (item: E) => T | Promise<T>,
  { signal, aborted, isLate, afterwards }: SequenceEnd,
): AsyncGenerator<T, void, undefined> {
  type Result = IteratorResult<T, void>;
  const stop = new AbortController();
  let tellStopped: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    tellStopped = () => resolve(undefined);
  });
  /** `aborted`: nobody has been told yet. */
  let state: 'new' | 'open' | 'aborted' | 'ended' = 'new';
  let batch: readonly E[] = [];
  let at = 0;
  /** The last call of `next` that has to wait; those behind it wait for it. */
  let turn: Promise<Result> | undefined;

  function end(as: 'aborted' | 'ended' = 'ended'): void {
    state = as;
    batch = [];
    at = 0;
    signal?.removeEventListener('abort', abort);
  }

  /** Ends it in the middle. What has the rest released goes out before what is under way is given up. */
  function interrupt(as: 'aborted' | 'ended'): Promise<void> {
    end(as);
    const released = source.release();
    afterwards(released);
    tellStopped();
    stop.abort(new DOMException('aborted', 'AbortError'));
    return released;
  }

  function abort(): void {
    void interrupt('aborted');
  }

  function begin(): void {
    state = 'open';
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  }

  function outcome(): Result {
    if (state !== 'aborted') return DONE;
    state = 'ended';
    throw aborted();
  }

  /** What goes wrong ends all: what is left is released, and before it is told. */
  async function fail(error: unknown): Promise<never> {
    end();
    const released = source.release();
    afterwards(released);
    if (!isLate(error)) await released;
    throw error;
  }

  /** @returns undefined when it was stopped meanwhile */
  async function take(): Promise<Result | undefined> {
    while (state === 'open') {
      if (at < batch.length) return { done: false, value: await read(batch[at++] as E) };
      const more = await source.next(stop.signal);
      if (state !== 'open') return undefined;
      if (more !== undefined) [batch, at] = [more, 0];
      else end();
    }
    return DONE;
  }

  /** A step, behind the one before it; it is left alone when the sequence ends meanwhile. */
  async function inTurn(before: Promise<Result> | undefined, step: () => Promise<Result | undefined>): Promise<Result> {
    await before?.catch(() => undefined);
    if (state !== 'open') return outcome();
    const taken = step().catch((error) => (state === 'open' ? fail(error) : undefined));
    return (await Promise.race([taken, stopped])) ?? outcome();
  }

  function wait(step: () => Promise<Result | undefined>): Promise<Result> {
    const mine = inTurn(turn, step).finally(() => {
      if (turn === mine) turn = undefined;
    });
    turn = mine;
    return mine;
  }

  async function close(): Promise<void> {
    if (state === 'open') await interrupt('ended');
    else end();
  }

  return {
    next() {
      if (state === 'new') begin();
      if (turn !== undefined || state !== 'open' || at === batch.length) return wait(take);
      // An item that is at hand is not waited for.
      try {
        const value = read(batch[at++] as E);
        if (!(value instanceof Promise)) return Promise.resolve({ done: false, value });
        return wait(async () => ({ done: false, value: await value }));
      } catch (error) {
        return fail(error);
      }
    },
    async return() {
      await close();
      return DONE;
    },
    async throw(error) {
      await close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: close,
  };
}
