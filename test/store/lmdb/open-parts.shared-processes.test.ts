import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockLmdbState } from '../../../src/store/lmdb/open-parts.js';
import { testFolder } from './test-tables.js';

const program = join(import.meta.dirname, 'shared-process.mjs');

interface Said {
  readonly number?: number;
  readonly answer?: unknown;
  readonly error?: string;
  readonly heard?: boolean;
}

/** A process of its own that has the state, too. */
async function start(directory: string) {
  const child: ChildProcess = fork(program, [directory], { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const asked = new Map<number, (said: Said) => void>();
  const heard: Said[] = [];
  child.on('message', (said: Said) => {
    if (said.heard) heard.push(said);
    else asked.get(said.number ?? -1)?.(said);
  });
  let number = 0;
  const answered = (to: number) =>
    new Promise<unknown>((resolve, reject) => {
      asked.set(to, ({ answer, error }) => (error === undefined ? resolve(answer) : reject(new Error(error))));
    });
  await answered(0);
  return {
    heard,
    ask(deed: string, ...values: unknown[]): Promise<unknown> {
      number += 1;
      child.send({ number, deed, values });
      return answered(number);
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Two processes on one folder, whose lock this one has. */
async function startTwo() {
  const directory = testFolder();
  const lock = await lockLmdbState(directory);
  onTestFinished(() => lock.release());
  return Promise.all([start(directory), start(directory)]);
}

describe('two processes that have one state', () => {
  it('see what the other wrote at once, lose nothing, and are told of it', async () => {
    const [left, right] = await startTwo();
    await right.ask('listen');
    for (let value = 0; value < 20; value += 1) {
      const [writer, reader] = value % 2 === 0 ? [left, right] : [right, left];
      await writer.ask('put', 'one', value);
      expect(await reader.ask('get', 'one')).toBe(value);
    }
    const names = Array.from({ length: 20 }, (_, at) => `${at}`);
    await Promise.all(names.map((name, at) => [left, right][at % 2]?.ask('put', name, at)));
    expect([await left.ask('count'), await right.ask('count')]).toEqual([21, 21]);
    await expect.poll(() => right.heard.length, { timeout: 10_000 }).toBeGreaterThan(0);
  });

  it('change one instance at the same time without anybody giving up', async () => {
    const both = await startTwo();
    const rounds = both.map(async (one) => {
      for (let round = 0; round < 20; round += 1) await one.ask('increase', 'one', 8);
    });
    await Promise.all(rounds);
    expect(await both[0]?.ask('get', 'one')).toBe(2 * 20 * 8);
  });

  it('wait for the claim of the other', async () => {
    const [left, right] = await startTwo();
    await left.ask('claim');
    const order: string[] = [];
    const written = right.ask('put', 'one', 1).then(() => order.push('written'));
    // Reads wait for nobody; that one has been answered means that the other process had its turn.
    expect(await right.ask('get', 'one')).toBeUndefined();
    expect(await left.ask('get', 'one')).toBeUndefined();
    order.push('let go');
    await left.ask('letGo');
    await written;
    expect(order).toEqual(['let go', 'written']);
  });

  it('do not wait for the claim of one that was killed', async () => {
    const [left, right] = await startTwo();
    await left.ask('claim');
    const written = right.ask('put', 'one', 1);
    await left.kill();
    await written;
    expect(await right.ask('get', 'one')).toBe(1);
  });
});
