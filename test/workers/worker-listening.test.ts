import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PausableListeners } from '../../src/http/listeners.js';
import { createWorkerListening } from '../../src/workers/worker-listening.js';

function open() {
  const done: string[] = [];
  const taken = { times: 0 };
  const problems: unknown[] = [];
  const listeners: PausableListeners = {
    async pause() {
      await sleep(10);
      done.push('paused');
    },
    async resume() {
      await sleep(10);
      if (taken.times > 0) {
        taken.times -= 1;
        throw new Error('taken');
      }
      done.push('resumed');
    },
    close: async () => undefined,
  };
  const listening = createWorkerListening((error) => problems.push(error));
  return { done, taken, problems, listeners, listening };
}

describe('a worker', () => {
  it('pauses and goes on in the order in which it was told, each once', async () => {
    const { done, listeners, listening } = open();
    listening.begun(listeners);
    for (const isOn of [false, false, true, true, false]) listening.turn(isOn);
    await listening.settled();
    expect(done).toEqual(['paused']);
    listening.turn(true);
    await listening.settled();
    expect(done).toEqual(['paused', 'resumed']);
  });

  it('begins when the computer runs', async () => {
    const { done, listeners, listening } = open();
    listening.turn(false);
    let isAllowed = false;
    const waiting = listening.allowed().then(() => {
      isAllowed = true;
    });
    await sleep(20);
    expect(isAllowed).toBe(false);
    listening.turn(true);
    await waiting;
    listening.begun(listeners);
    await listening.settled();
    expect(done).toEqual([]);
  });

  it('pauses as soon as it has begun, where the computer went down meanwhile', async () => {
    const { done, listeners, listening } = open();
    await listening.allowed();
    listening.turn(false);
    listening.begun(listeners);
    await listening.settled();
    expect(done).toEqual(['paused']);
  });

  it('tries again until its port is free, and tells of it once', async () => {
    const { done, taken, problems, listeners, listening } = open();
    listening.begun(listeners);
    listening.turn(false);
    await listening.settled();
    taken.times = 2;
    listening.turn(true);
    await listening.settled();
    expect([done, problems.length]).toEqual([['paused', 'resumed'], 1]);
  });

  it('tries no more when the computer goes down again, and listens once it may', async () => {
    const { done, taken, listeners, listening } = open();
    listening.begun(listeners);
    listening.turn(false);
    await listening.settled();
    taken.times = Number.POSITIVE_INFINITY;
    listening.turn(true);
    await sleep(30);
    listening.turn(false);
    await listening.settled();
    taken.times = 0;
    listening.turn(true);
    await listening.settled();
    expect(done).toEqual(['paused', 'resumed']);
  });

  it('waits for nothing when it ends', async () => {
    const { listeners, taken, listening } = open();
    listening.begun(listeners);
    listening.turn(false);
    await listening.settled();
    taken.times = Number.POSITIVE_INFINITY;
    listening.turn(true);
    await sleep(30);
    listening.end();
    await listening.settled();
    const other = open().listening;
    other.turn(false);
    const waiting = other.allowed();
    other.end();
    await waiting;
  });
});
