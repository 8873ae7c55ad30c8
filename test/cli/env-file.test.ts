import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envLines, writeEnvFile } from '../../src/cli/env-file.js';

const isWindows = process.platform === 'win32';
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'env-file-'));
  file = join(folder, 'env');
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async () => (await stat(file)).mode & 0o777;

describe('the lines of the env file', () => {
  it('have what there is, as it is', () => {
    const lines = envLines({
      CIMULATOR_URL: 'http://a',
      CIMULATOR_HTTPS_URL: undefined,
      CIMULATOR_PASSWORD: 'a "b" $c#d',
    });
    expect(lines).toBe('CIMULATOR_URL=http://a\nCIMULATOR_PASSWORD=a "b" $c#d\n');
  });

  it.each(['a\nGITHUB_TOKEN=x', 'a\r', 'a\0b'])('have no value that would break its line', (password) => {
    expect(() => envLines({ CIMULATOR_PASSWORD: password })).toThrow(
      /^--write-env: CIMULATOR_PASSWORD has a line break/,
    );
  });
});

describe('the env file', () => {
  it('is made for its owner alone', async () => {
    await writeEnvFile(file, 'CIMULATOR_URL=a\n');
    expect(await readFile(file, 'utf8')).toBe('CIMULATOR_URL=a\n');
    if (!isWindows) expect(await modeOf()).toBe(0o600);
  });

  it('keeps what others have written, and nothing of an earlier endpoint', async () => {
    await writeFile(file, 'A=1\nCIMULATOR_CONTROL_TOKEN=old\nCIMULATOR_LAB=x\nB=2');
    if (!isWindows) await chmod(file, 0o644);
    await writeEnvFile(file, 'CIMULATOR_URL=a\n');
    expect(await readFile(file, 'utf8')).toBe('A=1\nCIMULATOR_LAB=x\nB=2\nCIMULATOR_URL=a\n');
    if (!isWindows) expect(await modeOf()).toBe(0o600);
  });

  it('must be to be had', async () => {
    await expect(writeEnvFile(join(folder, 'none', 'env'), '')).rejects.toThrow(
      /^--write-env: cannot write .* \(ENOENT\)/,
    );
    await expect(writeEnvFile(folder, '')).rejects.toThrow(/^--write-env: cannot write .* \(EISDIR\)/);
  });

  it.skipIf(isWindows)('is no device', async () => {
    await expect(writeEnvFile('/dev/null', '')).rejects.toThrow(/neither a file nor a FIFO/);
  });

  it.skipIf(isWindows)('may be a FIFO, which is written when somebody reads it', async () => {
    spawnSync('mkfifo', [file]);
    const written = writeEnvFile(file, 'CIMULATOR_URL=a\n');
    const reader = spawn('sh', ['-c', '. "$1"; echo "got $CIMULATOR_URL"', 'sh', file]);
    let out = '';
    for await (const chunk of reader.stdout.setEncoding('utf8')) out += chunk;
    await written;
    expect(out).toBe('got a\n');
    expect(await modeOf()).toBe(0o600);
  });

  it.skipIf(isWindows)('that is a FIFO is left alone when the endpoint stops before somebody reads it', async () => {
    spawnSync('mkfifo', [file]);
    const stop = new AbortController();
    const written = writeEnvFile(file, 'CIMULATOR_URL=a\n', stop.signal);
    stop.abort();
    await written;
  });
});
