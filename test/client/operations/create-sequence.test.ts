import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchSource, createSequence } from '../../../src/client/operations/create-sequence.js';

interface Recorded extends BatchSource<number> {
  /** How often it was asked. */
  asked: number;
  released: number;
  readonly afterwards: Promise<void>[];
}

/** Gives these batches; then it waits for ever where it `hangs`, and ends otherwise. */
function sourceOf(batches: readonly (readonly number[])[], hangs = false): Recorded {
  return {
    asked: 0,
    released: 0,
    afterwards: [],
    next(signal) {
      const batch = batches[this.asked++];
      if (batch !== undefined || !hangs) return Promise.resolve(batch);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    async release() {
      this.released++;
    },
  };
}

function sequenceOf<T = number>(
  source: Recorded,
  read: (item: number) => T | Promise<T> = (item) => item as T,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  return createSequence(source, read, {
    signal,
    aborted: () => new Error('aborted'),
    isLate: (error) => error === LATE,
    afterwards: (released) => source.afterwards.push(released),
  });
}

const LATE = new Error('late');
const DONE = { done: true, value: undefined };

describe('a sequence', () => {
  it('gives all items in order, however they come, are read and are asked for', async () => {
    const batches = fc.array(fc.array(fc.nat(), { maxLength: 5 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        batches,
        fc.func(fc.boolean()),
        fc.integer({ min: 1, max: 4 }),
        async (given, isLate, atOnce) => {
          const source = sourceOf(given);
          const sequence = sequenceOf(source, (item) => (isLate(item) ? Promise.resolve(-item) : -item));
          const found: number[] = [];
          for (let isOver = false; !isOver; ) {
            const results = await Promise.all(Array.from({ length: atOnce }, () => sequence.next()));
            for (const { done, value } of results) if (!done) found.push(value);
            isOver = results.at(-1)?.done === true;
          }
          expect(found).toEqual(given.flat().map((item) => -item));
          expect(source).toMatchObject({ asked: given.length + 1, released: 0 });
        },
      ),
    );
  });

  it('asks for a batch when the one before is used up, and not sooner', async () => {
    const source = sourceOf([[1, 2], [3]]);
    const sequence = sequenceOf(source);
    const asked = [source.asked];
    for (let n = 0; n < 3; n++) {
      await sequence.next();
      asked.push(source.asked);
    }
    expect(asked).toEqual([0, 1, 1, 2]);
  });

  it.each([
    ['waits for the release before it tells what went wrong', new Error('broken'), 'released, told'],
    ['does not, where the server lets one wait', LATE, 'told, released'],
  ])('%s', async (_, error, order) => {
    const events: string[] = [];
    const source = sourceOf([[1]]);
    source.release = async () => {
      await sleep(20);
      events.push('released');
    };
    const next = source.next;
    source.next = (signal) => (source.asked > 0 ? Promise.reject(error) : next.call(source, signal));
    const sequence = sequenceOf(source);
    await sequence.next();
    await expect(sequence.next()).rejects.toBe(error);
    events.push('told');
    await Promise.all(source.afterwards);
    expect(events.join(', ')).toBe(order);
  });

  it('is not begun by its end', async () => {
    const source = sourceOf([[1]]);
    const sequence = sequenceOf(source);
    await sequence.return();
    expect([await sequence.next(), source.asked, source.released]).toEqual([DONE, 0, 0]);
  });

  it('ends for all who wait when it is given up', async () => {
    const source = sourceOf([[1]], true);
    const sequence = sequenceOf(source);
    await sequence.next();
    const waiting = [sequence.next(), sequence.next()];
    await sequence.return();
    expect([await Promise.all(waiting), await sequence.next()]).toEqual([[DONE, DONE], DONE]);
    expect(source.released).toBe(1);
  });

  it('is released once, at the end of its block', async () => {
    const source = sourceOf([[1]], true);
    {
      await using sequence = sequenceOf(source);
      await sequence.next();
      await sequence.return();
    }
    expect(source.released).toBe(1);
  });

  it('ends with what is thrown into it', async () => {
    const source = sourceOf([[1, 2]]);
    const sequence = sequenceOf(source);
    await sequence.next();
    await expect(sequence.throw(new RangeError('mine'))).rejects.toThrow('mine');
    expect([await sequence.next(), source.released]).toEqual([DONE, 1]);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['at once', () => Promise.reject(new Error('unread'))],
    [
      'later',
      () => {
        throw new Error('unread');
      },
    ],
  ])('with an item, %s, ends the sequence and releases the rest', async (_when, read) => {
    const source = sourceOf([[1, 2]]);
    const sequence = sequenceOf(source, (item) => (item === 1 ? item : read()));
    await sequence.next();
    await expect(sequence.next()).rejects.toThrow('unread');
    expect([await sequence.next(), source.released]).toEqual([DONE, 1]);
  });

  it('with a batch ends the sequence', async () => {
    const source = { ...sourceOf([]), next: () => Promise.reject(new Error('gone')) };
    const sequence = sequenceOf(source);
    await expect(sequence.next()).rejects.toThrow('gone');
    expect(await sequence.next()).toEqual(DONE);
  });
});

describe('a sequence that is aborted', () => {
  it('before it begins, asks for nothing', async () => {
    const source = sourceOf([[1]]);
    const sequence = sequenceOf(source, undefined, AbortSignal.abort());
    await expect(sequence.next()).rejects.toThrow('aborted');
    expect([await sequence.next(), source.asked]).toEqual([DONE, 0]);
  });

  it('says so to who waits, and to nobody else', async () => {
    const abort = new AbortController();
    const source = sourceOf([[1]], true);
    const sequence = sequenceOf(source, undefined, abort.signal);
    await sequence.next();
    const waiting = [sequence.next(), sequence.next()];
    abort.abort();
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect([await sequence.next(), source.released, source.afterwards.length]).toEqual([DONE, 1, 1]);
  });

  it('keeps what it has not given out', async () => {
    const abort = new AbortController();
    const sequence = sequenceOf(sourceOf([[1, 2, 3]]), undefined, abort.signal);
    await sequence.next();
    abort.abort();
    await expect(sequence.next()).rejects.toThrow('aborted');
  });

  it('after its end is not released', async () => {
    const abort = new AbortController();
    const source = sourceOf([[1]]);
    const sequence = sequenceOf(source, undefined, abort.signal);
    while (!(await sequence.next()).done);
    abort.abort();
    expect([await sequence.next(), source.released]).toEqual([DONE, 0]);
  });
});
