import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureDataDirectory } from '../../src/cli/data-directory.js';

describe('the data directory', () => {
  it('is made for its owner only, and is a clear error when it cannot be', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'cimulator-data-'));
    try {
      const path = join(parent, 'a', 'b');
      await ensureDataDirectory(path);
      expect((await stat(path)).mode & 0o777).toBe(0o700);
      await writeFile(join(parent, 'file'), '');
      await expect(ensureDataDirectory(join(parent, 'file', 'x'))).rejects.toThrow(
        /^cannot make the data directory .* --data-dir$/,
      );
    } finally {
      await rm(parent, { recursive: true });
    }
  });

  it.runIf(process.platform === 'linux')('is the same error where nothing can be made at all', async () => {
    await expect(ensureDataDirectory('/proc/cimulator')).rejects.toThrow(
      'cannot make the data directory /proc/cimulator (ENOENT); name another with --data-dir',
    );
  });
});
