import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLockFile } from '../../src/files/lock-file.js';
import { lockOwner } from '../../src/files/lock-owner.js';

/** Leaves a lock of a process that has ended, as one that is killed does. */
async function leaveBehind(path: string): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-p', 'process.pid']);
  const [, , place] = (await lockOwner()).split(' ');
  await writeFile(path, `token ${stdout.trim()} - ${place}`);
}

describe('a lock file', () => {
  let directory: string;
  let path: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cimulator-lock-'));
    path = join(directory, 'lock');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const work = () =>
      withLockFile(path, async () => {
        inside++;
        most = Math.max(most, inside);
        await stat(path);
        inside--;
      });
    await Promise.all(Array.from({ length: 10 }, work));
    expect([most, await readdir(directory)]).toEqual([1, []]);
  });

  it('is left behind by nobody, not by those who fail either', async () => {
    const failing = withLockFile(path, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(directory)).toEqual([]);
  });

  it('that a crash has left behind stands in nobody’s way', async () => {
    await writeFile(path, 'dead');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    expect(await Promise.all([1, 2, 3].map((n) => withLockFile(path, async () => n)))).toEqual([1, 2, 3]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('of a process that has ended is taken at once, by one at a time', async () => {
    await leaveBehind(path);
    const startedAt = performance.now();
    let inside = 0;
    let most = 0;
    const work = () =>
      withLockFile(path, async () => {
        inside++;
        most = Math.max(most, inside);
        await stat(path);
        inside--;
      });
    await Promise.all([work(), work(), work()]);
    expect([most, await readdir(directory)]).toEqual([1, []]);
    expect(performance.now() - startedAt).toBeLessThan(800);
  });

  it('of a process that is there is waited for', async () => {
    const token = `token ${await lockOwner()}`;
    await writeFile(path, token);
    let isDone = false;
    const waiting = withLockFile(path, async () => {
      isDone = true;
    });
    await sleep(300);
    expect([isDone, await readFile(path, 'utf8')]).toEqual([false, token]);
    await rm(path);
    await waiting;
    expect(isDone).toBe(true);
  });

  it('is an error of the file system where it cannot be made', async () => {
    const nowhere = join(directory, 'none', 'lock');
    await expect(withLockFile(nowhere, async () => 1)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
