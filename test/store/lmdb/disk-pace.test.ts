import { expect, it } from 'vitest';
import { DiskPace } from '../../../src/store/lmdb/disk-pace.js';

/** @param utilization of this thread while another one waits */
function paceOnClock({ utilization = 0 } = {}) {
  let now = 1000;
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const pace = new DiskPace({ now: () => now, utilization: () => ({ utilization, idle: 0, active: 0 }) });
  return { pace, pass, wait: (milliseconds: number) => pace.here(() => pass(milliseconds)) };
}

it('waits here for a quick disk, whatever takes longer once', () => {
  const { pace, wait } = paceOnClock();
  for (let each = 0; each < 10; each += 1) {
    wait(0.3);
    wait(0.3);
    wait(9);
    expect(pace.isHere).toBe(true);
    for (let more = 0; more < 8; more += 1) wait(0.3);
  }
});

it.each([
  [3, 9],
  [40, 1],
  [1000, 1],
])('lets a disk that took %d ms rest after %d waits for fifty times as long', (took, waits) => {
  const { pace, wait, pass } = paceOnClock();
  for (let each = 1; each < waits; each += 1) wait(took);
  expect(pace.isHere).toBe(true);
  wait(took);
  pass(took * 50 - 0.1);
  expect(pace.isHere).toBe(false);
  pass(0.2);
  expect(pace.isHere).toBe(true);
});

it('waits elsewhere as long as this thread served others while something was committed', async () => {
  const busy = paceOnClock({ utilization: 0.9 });
  expect(busy.pace.isHere).toBe(true);
  expect(await busy.pace.elsewhere(async () => 'done')).toBe('done');
  expect(busy.pace.isHere).toBe(false);

  const idle = paceOnClock({ utilization: 0.2 });
  await idle.pace.elsewhere(async () => undefined);
  expect(idle.pace.isHere).toBe(true);
});

it('gives what is waited for, and minds how long it took when it fails', async () => {
  const { pace, pass } = paceOnClock();
  expect(pace.here(() => 7)).toBe(7);
  const fail = () => {
    pass(50);
    throw new Error('disk');
  };
  expect(() => pace.here(fail)).toThrow('disk');
  expect(pace.isHere).toBe(false);
  await expect(pace.elsewhere(async () => fail())).rejects.toThrow('disk');
});
