import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, makeFolderSync } from '../../src/files/make-folder.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cimulator-folder-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe.each([
  ['makeFolder', makeFolder],
  ['makeFolderSync', async (path: string) => makeFolderSync(path)],
])('%s', (_name, make) => {
  it('makes a folder and those above it for their owner only, however often it is asked, and together', async () => {
    const path = join(parent, 'a', 'b', 'c');
    await Promise.all([make(path), make(path), make(join(parent, 'a', 'x'))]);
    await make(path);
    for (const made of [path, join(parent, 'a'), join(parent, 'a', 'x')]) {
      expect((await stat(made)).mode & 0o777).toBe(0o700);
    }
  });

  it('says so when a file is in the way', async () => {
    await writeFile(join(parent, 'file'), '');
    await expect(make(join(parent, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(make(join(parent, 'file', 'x', 'y'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.runIf(process.platform === 'linux')('says so where nothing can be made', async () => {
    await expect(make('/proc/cimulator')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(make('/proc/cimulator/data')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
