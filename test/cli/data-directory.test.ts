import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataDirectory, ensureDataDirectory } from '../../src/cli/data-directory.js';

describe('the data directory', () => {
  it.each([
    ['linux', {}, '/home/a/.local/share/cimulator'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/cimulator'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/a/.local/share/cimulator'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/a/Library/Application Support/cimulator'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\cimulator'],
  ] as const)('is where %s wants it with %j', (platform, environment, expected) => {
    expect(defaultDataDirectory(platform, environment, '/home/a')).toBe(expected);
  });

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
