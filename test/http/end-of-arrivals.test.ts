import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { endOfArrivals, noteArrival } from '../../src/http/end-of-arrivals.js';
import { httpRequest, startTestListeners } from './test-listeners.js';

/** The turns that pass until it comes; `inEachTurn` happens in all of them, and now. */
async function turnsUntilEnd(inEachTurn: () => void): Promise<number> {
  let isOver = false;
  inEachTurn();
  void endOfArrivals().then(() => {
    isOver = true;
  });
  let turns = 0;
  while (!isOver) {
    inEachTurn();
    await nextTurn();
    turns++;
  }
  return turns;
}

afterEach(() => vi.useRealTimers());

describe('the end of arrivals', () => {
  it('is the same for all who wait', () => {
    expect(endOfArrivals()).toBe(endOfArrivals());
  });

  it('is the end of the turn when nobody connects', async () => {
    expect(await turnsUntilEnd(() => undefined)).toBe(1);
  });

  it('comes with the first turn in which nobody connects', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    let left = 5;
    const turns = await turnsUntilEnd(() => {
      if (left > 0) noteArrival();
      left--;
    });
    expect(turns).toBe(5);
  });

  it('comes after sixteen turns, whoever connects', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    expect(await turnsUntilEnd(noteArrival)).toBe(16);
    await endOfArrivals();
  });

  it('comes after five milliseconds, however few turns these are', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const turns = await turnsUntilEnd(() => {
      noteArrival();
      vi.advanceTimersByTime(2);
    });
    expect(turns).toBe(3);
    await endOfArrivals();
  });
});

it('lets requests that come each on a connection of its own be carried out together', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const together: number[] = [];
  let isNewTurn = true;
  await using server = await startTestListeners({
    async answer() {
      if (isNewTurn) together.push(0);
      isNewTurn = false;
      setImmediate(() => {
        isNewTurn = true;
      });
      together.push((together.pop() ?? 0) + 1);
      return { status: 204, contentType: undefined, body: '', outcome: {} };
    },
  });
  const answers = await Promise.all(Array.from({ length: 8 }, () => server.ask(httpRequest())));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
  expect(together).toEqual([8]);
});
