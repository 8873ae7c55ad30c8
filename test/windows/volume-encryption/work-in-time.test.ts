import { describe, expect, it } from 'vitest';
import {
  begunWork,
  doneAt,
  isOver,
  partDone,
  reversed,
  withRunning,
} from '../../../src/windows/volume-encryption/work-in-time.js';

describe('work of known length', () => {
  const work = begunWork(1000, 5000);

  it('goes on with the clock, and is over at its end', () => {
    expect([5000, 5400, 6000, 9000].map((now) => doneAt(work, now))).toEqual([0, 400, 1000, 1000]);
    expect([isOver(work, 5999), isOver(work, 6000)]).toEqual([false, true]);
    expect([partDone(work, 5333, 100), partDone(work, 5333, 10_000)]).toEqual([33, 3330]);
  });

  it('loses nothing when the clock is set back', () => {
    expect(doneAt({ ...work, done: 300 }, 1)).toBe(300);
  });

  it('stands still while it is halted, and goes on from there', () => {
    const halted = withRunning(work, false, 5250);
    expect([doneAt(halted, 9000), doneAt(withRunning(halted, true, 9000), 9100)]).toEqual([250, 350]);
  });

  it('undoes what was done in the time that it took', () => {
    const undone = reversed(work, 5300);
    expect([partDone(undone, 5300, 100), isOver(undone, 5599), isOver(undone, 5600)]).toEqual([70, false, true]);
  });

  it('that takes no time is over', () => {
    expect(partDone(begunWork(0, 1), 1, 100)).toBe(100);
  });
});
