import { describe, expect, it, vi } from 'vitest';
import { Gathering } from '../../../src/store/durable/gathering.js';

/** So many clients that each ask again when they are answered. */
const CLIENTS = 16;

/** A gathering whose time is told, in milliseconds. */
function gatheringAt() {
  const clock = { now: 1_000 };
  const gathering = new Gathering(() => clock.now);
  /** A group that was made in some time, and written in some time. */
  const group = (count: number, makeMs: number, appendMs: number) => {
    clock.now += makeMs;
    const start = gathering.leaving(count);
    clock.now += appendMs;
    gathering.appended(CLIENTS, start);
  };
  return { gathering, group, clock };
}

describe('a group of commits', () => {
  it('waits for as many as were under way together before', async () => {
    const { gathering, group } = gatheringAt();
    group(CLIENTS, 1, 10);
    const waiting = gathering.wait(1);
    expect(waiting).toBeDefined();
    const went = vi.fn();
    void waiting?.then(went);
    gathering.arrived(CLIENTS - 1);
    await Promise.resolve();
    expect(went).not.toHaveBeenCalled();
    gathering.arrived(CLIENTS);
    await waiting;
    expect(gathering.wait(CLIENTS)).toBeUndefined();
  });

  it('waits no longer than half of what a write takes', async () => {
    vi.useFakeTimers();
    try {
      const { gathering, group } = gatheringAt();
      group(CLIENTS, 1, 6);
      const went = vi.fn();
      void gathering.wait(1)?.then(went);
      await vi.advanceTimersByTimeAsync(2);
      expect(went).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(went).toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits for nobody when nobody was under way, or long ago', () => {
    const { gathering, group, clock } = gatheringAt();
    expect(gathering.wait(1)).toBeUndefined();
    group(CLIENTS, 1, 5);
    clock.now += 6;
    expect(gathering.wait(1)).toBeUndefined();
  });

  it('waits for half of them where a write takes less than to make them all', () => {
    const { gathering, group } = gatheringAt();
    for (let each = 0; each < 10; each += 1) group(CLIENTS, 3, 1);
    expect(gathering.wait(CLIENTS / 2 - 1)).toBeDefined();
    expect(gathering.wait(CLIENTS / 2)).toBeUndefined();
  });

  it('waits for all of them again when writes have become slow', () => {
    const { gathering, group } = gatheringAt();
    for (let each = 0; each < 10; each += 1) group(CLIENTS, 3, 1);
    for (let each = 0; each < 40; each += 1) group(CLIENTS / 2, 1, 12);
    expect(gathering.wait(CLIENTS / 2)).toBeDefined();
  });

  it('looks again now and then at what takes how long', () => {
    const { gathering, group } = gatheringAt();
    for (let each = 0; each < 10; each += 1) group(CLIENTS, 3, 1);
    let whole = 0;
    for (let each = 0; each < 2_000; each += 1) {
      const goesByHalves = gathering.wait(CLIENTS / 2) === undefined;
      if (!goesByHalves) whole += 1;
      group(goesByHalves ? CLIENTS / 2 : CLIENTS, 3, 1);
    }
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThan(20);
  });

  it('is not taken for slow to make by clients that came much later', () => {
    const { gathering, group } = gatheringAt();
    for (let each = 0; each < 10; each += 1) group(CLIENTS, 1_000, 5);
    expect(gathering.wait(CLIENTS / 2)).toBeDefined();
  });
});
