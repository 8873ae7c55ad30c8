import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { withLockFile } from '../../src/files/lock-file.js';

/** A disk on which files can be made, but nothing be written to them. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const file = await real.open(...args);
      file.writeFile = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' }));
      return file;
    },
  };
});

describe('a lock file on a full disk', () => {
  it('is not left behind empty, for others to wait for', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cimulator-lock-'));
    await expect(withLockFile(join(directory, 'lock'), async () => 1)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readdir(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });
});
