import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPower } from '../../src/endpoint/power.js';

function machine(comeUp: () => Promise<void> = async () => undefined) {
  const done: string[] = [];
  const power = createPower({
    ...{ rebootMs: 60_000, now: () => 0, logger: { info: () => undefined, error: () => undefined } },
    async goDown() {
      done.push('down');
    },
    async comeUp() {
      await sleep(5);
      await comeUp();
      done.push('up');
    },
  });
  return { done, power };
}

const noted = async () => undefined;

describe('a machine', () => {
  it.each(['shutdown', 'restart'] as const)('after a %s is started once by several who do so at once', async (way) => {
    const { done, power } = machine();
    power.leave(way, noted);
    await Promise.all([power.start(), power.start(), power.start()]);
    expect([done, power.state]).toEqual([['down', 'up'], 'on']);
    power.leave('shutdown', noted);
    await power.start();
    expect(done).toEqual(['down', 'up', 'down', 'up']);
  });

  it('tells each who starts it that it cannot listen, and is started when it can', async () => {
    let isTaken = true;
    const { done, power } = machine(async () => {
      if (isTaken) throw new Error('taken');
    });
    power.leave('shutdown', noted);
    const starts = await Promise.allSettled([power.start(), power.start()]);
    expect(starts.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(power.state).toBe('off');
    isTaken = false;
    await power.start();
    expect([done, power.state]).toEqual([['down', 'up'], 'on']);
  });

  it('that restarts tells who starts it that it cannot listen yet, goes on trying, and ends when it is closed', async () => {
    let isTaken = true;
    const { done, power } = machine(async () => {
      if (isTaken) throw new Error('taken');
    });
    power.leave('restart', noted);
    for (let each = 0; each < 2; each += 1) await expect(power.start()).rejects.toThrow('taken');
    expect(power.state).toBe('restarting');
    isTaken = false;
    await expect.poll(() => power.state).toBe('on');
    expect(done).toEqual(['down', 'up']);

    isTaken = true;
    power.leave('restart', noted);
    await expect(power.start()).rejects.toThrow('taken');
    await power.close();
    expect(power.state).toBe('restarting');
  });
});
