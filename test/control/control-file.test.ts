import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readControlFiles, writeControlFile } from '../../src/control/control-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'control-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

const facts = { url: 'http://127.0.0.1:4000', port: 4000, token: 'secret' };
/** Of no process: numbers are smaller everywhere. That of one that has ended may be another's by now. */
const GONE = 2 ** 31 - 1;
const file = (pid: number) => JSON.stringify({ format: 'cimulator-control-1', pid, ...facts, version: '0' });

describe('the file of a control listener', () => {
  it('is there for its owner alone, and goes when it is removed', async () => {
    const remove = await writeControlFile(folder, facts);
    const name = `control-${process.pid}.json`;
    expect(await readdir(folder)).toEqual([name]);
    if (process.platform !== 'win32') expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    const whole = { format: 'cimulator-control-1', pid: process.pid, version: expect.any(String), ...facts };
    expect(await readControlFiles(folder)).toEqual([whole]);
    await remove();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is one of several, where several endpoints of a process share the folder', async () => {
    const first = await writeControlFile(folder, facts);
    const second = await writeControlFile(folder, { ...facts, port: 4001 });
    expect((await readControlFiles(folder)).map(({ port }) => port).sort()).toEqual([4000, 4001]);
    await first();
    expect((await readControlFiles(folder)).map(({ port }) => port)).toEqual([4001]);
    await second();
  });

  it('of a process that is gone is passed over, and removed by the next', async () => {
    await writeFile(join(folder, `control-${GONE}.json`), file(GONE), { mode: 0o600 });
    expect(await readControlFiles(folder)).toEqual([]);
    const remove = await writeControlFile(folder, facts);
    expect(await readdir(folder)).toEqual([`control-${process.pid}.json`]);
    await remove();
  });

  it('takes the place of that of an earlier process with the same number', async () => {
    const path = join(folder, `control-${process.pid}.json`);
    await writeFile(path, file(1), { mode: 0o600 });
    const remove = await writeControlFile(folder, { ...facts, port: 4002 });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ port: 4002 });
    await remove();
  });

  it('is passed over when it is not whole, or others may read it', async () => {
    const path = join(folder, `control-${process.pid}.json`);
    await writeFile(path, '{"format":', { mode: 0o600 });
    expect(await readControlFiles(folder)).toEqual([]);
    await rm(path);
    await writeFile(path, file(process.pid), { mode: 0o644 });
    expect(await readControlFiles(folder)).toHaveLength(process.platform === 'win32' ? 1 : 0);
    expect(await readControlFiles(join(folder, 'none'))).toEqual([]);
  });
});
