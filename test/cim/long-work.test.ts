import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Cancellation } from '../../src/cim/contracts/cancellation.js';
import { LongWork } from '../../src/cim/long-work.js';

/** Keeps the processor busy for a time in milliseconds. */
function spend(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const items = Array.from({ length: 200 }, (_, index) => index);

describe('long work', () => {
  test('lets others have their turn again and again', async () => {
    let turns = 0;
    let isDone = false;
    const count = async () => {
      for (; !isDone; turns++) await setImmediate();
    };
    const counting = count();
    const kept = await new LongWork(new Cancellation()).filter(items, (item) => {
      spend(1);
      return item % 2 === 0;
    });
    isDone = true;
    await counting;
    expect(kept).toEqual(items.filter((item) => item % 2 === 0));
    // 200 ms in slices of 5 that end with every fourth item.
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  test('of much at once shares the slice of a turn', async () => {
    let judged = 0;
    const work = () =>
      new LongWork(new Cancellation()).map(items.slice(0, 40), () => {
        spend(2);
        judged += 1;
      });
    const all = Promise.all([work(), work(), work(), work(), work()]);
    await setImmediate();
    let most = 0;
    while (judged < 200) {
      const before = judged;
      await setImmediate();
      most = Math.max(most, judged - before);
    }
    await all;
    // Four items take longer than a slice. Each of the five having a slice of its own would make that twenty.
    expect(most).toBeLessThanOrEqual(8);
  });

  test('ends with the reason when it is not wanted any more', async () => {
    const cancellation = new Cancellation();
    const reason = new Error('no longer wanted');
    let judged = 0;
    const filtering = new LongWork(cancellation).filter(items, () => {
      spend(1);
      judged += 1;
      return true;
    });
    await setImmediate();
    cancellation.abort(reason);
    await expect(filtering).rejects.toBe(reason);
    expect(judged).toBeLessThan(items.length);
  });

  test('waits for verdicts that come in steps, and gives way between them', async () => {
    let turns = 0;
    let isDone = false;
    const count = async () => {
      for (; !isDone; turns++) await setImmediate();
    };
    const counting = count();
    function* verdict(): Generator<void, boolean, void> {
      for (let step = 0; step < 60; step++) {
        spend(1);
        yield;
      }
      return true;
    }
    const kept = await new LongWork(new Cancellation()).filter([1, 2], (item) => item === 2 && verdict());
    isDone = true;
    await counting;
    expect(kept).toEqual([2]);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  test('that is short is done at once', async () => {
    let isLater = false;
    const later = setImmediate().then(() => {
      isLater = true;
    });
    await new LongWork(new Cancellation()).filter(items, () => true);
    expect(isLater).toBe(false);
    await later;
  });
});
