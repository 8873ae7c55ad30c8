import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Gathering } from '../../../src/store/durable/gathering.js';

/** So many clients that each ask again when they are answered. */
const CLIENTS = 16;

/** A gathering after an append of so many milliseconds. */
function gatheringAfter(appendMs: number): Gathering {
  const gathering = new Gathering();
  gathering.appended(CLIENTS, performance.now() - appendMs);
  return gathering;
}

describe('a group of commits', () => {
  it('waits for as many as were under way together before', async () => {
    const gathering = gatheringAfter(1_000);
    const waiting = gathering.wait(() => 1);
    expect(waiting).toBeDefined();
    const went = vi.fn();
    void waiting?.then(went);
    gathering.arrived(CLIENTS - 1);
    await Promise.resolve();
    expect(went).not.toHaveBeenCalled();
    gathering.arrived(CLIENTS);
    await waiting;
    expect(gathering.wait(() => CLIENTS)).toBeUndefined();
  });

  it('waits no longer than half of what a write takes', async () => {
    vi.useFakeTimers();
    try {
      const gathering = gatheringAfter(6);
      const went = vi.fn();
      void gathering.wait(() => 1)?.then(went);
      await vi.advanceTimersByTimeAsync(2);
      expect(went).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(went).toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits turn by turn where a write takes hardly any time, as long as more come', async () => {
    const [start, turns] = [performance.now(), vi.fn(() => 1)];
    await gatheringAfter(0.4).wait(turns);
    expect(performance.now() - start).toBeLessThan(100);
    expect(turns.mock.calls.length).toBeGreaterThan(1);

    let next = 1;
    await gatheringAfter(1.9).wait(() => next++);
    expect(next).toBeGreaterThan(CLIENTS / 2);
  });

  it('waits for nobody when nobody was under way, or long ago', async () => {
    expect(new Gathering().wait(() => 1)).toBeUndefined();
    expect(gatheringAfter(1_000).wait(() => CLIENTS)).toBeUndefined();
    const gathering = gatheringAfter(0.1);
    await sleep(10);
    expect(gathering.wait(() => 1)).toBeUndefined();
  });
});
