import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLockFile } from '../../../src/auth/accounts/lock-file.js';

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

  it('is an error of the file system where it cannot be made', async () => {
    const nowhere = join(directory, 'none', 'lock');
    await expect(withLockFile(nowhere, async () => 1)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
