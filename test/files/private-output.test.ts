import { execFileSync } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivateOutput } from '../../src/files/private-output.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'private-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('a private output', () => {
  it('is for its owner alone, also where others could read what was there', async () => {
    const [fresh, old] = [join(folder, 'fresh'), join(folder, 'old')];
    await writeFile(old, 'before', { mode: 0o644 });
    for (const file of [fresh, old]) {
      await writePrivateOutput(file, 'text');
      expect([await readFile(file, 'utf8'), (await stat(file)).mode & 0o777]).toEqual(['text', 0o600]);
    }
    expect(await readdir(folder)).toEqual(['fresh', 'old']);
  });

  it('goes where a link leads, and leaves the link', async () => {
    const [file, link] = [join(folder, 'file'), join(folder, 'link')];
    await writeFile(file, 'before');
    await symlink(file, link);
    await writePrivateOutput(link, 'text');
    expect(await readFile(file, 'utf8')).toBe('text');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  it('goes into a pipe, which stays one', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [text] = await Promise.all([readFile(pipe, 'utf8'), writePrivateOutput(pipe, 'text')]);
    expect([text, (await lstat(pipe)).isFIFO()]).toEqual(['text', true]);
  });

  it('makes no folder, and does not take the place of one', async () => {
    await expect(writePrivateOutput(join(folder, 'slip', 'file'), 'text')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(writePrivateOutput(folder, 'text')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(folder)).toEqual([]);
  });
});
