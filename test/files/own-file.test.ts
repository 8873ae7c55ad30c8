import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOwnFolder, readOwnFile, readOwnFileSync } from '../../src/files/own-file.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimulator-own-'));
  file = join(folder, 'a file');
  writeFileSync(file, 'text', { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const posix = describe.skipIf(process.platform === 'win32');

describe('a file that is to be relied on', () => {
  it('is read', async () => {
    expect([await readOwnFile(file, 'secret'), readOwnFileSync(file, 'trusted')]).toEqual(['text', 'text']);
  });

  it('is no folder', async () => {
    await expect(readOwnFile(folder, 'trusted')).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('that is not there is an error of the file system', async () => {
    await expect(readOwnFile(join(folder, 'none'), 'secret')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

posix('a file that others reach', () => {
  it.each([
    ['secret', 0o640],
    ['secret', 0o604],
    ['secret', 0o620],
    ['trusted', 0o660],
    ['trusted', 0o602],
  ] as const)('is refused when it is %s and has mode %o', async (trust, mode) => {
    chmodSync(file, mode);
    await expect(readOwnFile(file, trust)).rejects.toThrow(/^others may .*: chmod go(?:=|-w) '.*a file'$/);
    expect(() => readOwnFileSync(file, trust)).toThrow(/chmod/);
  });

  it('is read when it is trusted, and they may do no more than that', async () => {
    chmodSync(file, 0o644);
    expect(await readOwnFile(file, 'trusted')).toBe('text');
  });

  it('the command in the message mends it', async () => {
    chmodSync(file, 0o666);
    const error: unknown = await readOwnFile(file, 'secret').catch((reason: unknown) => reason);
    const command = /: (chmod .*)$/.exec((error as Error).message)?.[1] ?? 'false';
    execFileSync('sh', ['-c', command]);
    expect(await readOwnFile(file, 'secret')).toBe('text');
  });
});

posix('what is no file', () => {
  it.each([
    ['a pipe', (path: string) => void execFileSync('mkfifo', ['-m', '600', path])],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('is refused at once: %s', async (what, make) => {
    const path = join(folder, 'other');
    make(path);
    await expect(readOwnFile(path, 'trusted')).rejects.toThrow(`${path} is ${what}, and no file`);
    expect(() => readOwnFileSync(path, 'trusted')).toThrow(`${path} is ${what}, and no file`);
  });
});

posix('a folder that is to be relied on', () => {
  it.each([0o777, 0o770, 0o775])('is refused when others may put files into it: %o', async (mode) => {
    chmodSync(folder, mode);
    await expect(checkOwnFolder(folder)).rejects.toThrow(/^others may change .*: chmod go-w /);
  });

  it('is one below it where the folder is for everybody', async () => {
    chmodSync(folder, 0o1777);
    await expect(checkOwnFolder(folder)).rejects.toThrow(/is a folder for everybody: take one of your own below it$/);
  });

  it.each([0o700, 0o755])('is taken with mode %o', async (mode) => {
    chmodSync(folder, mode);
    await expect(checkOwnFolder(folder)).resolves.toBeUndefined();
  });

  it('need not be there', async () => {
    await expect(checkOwnFolder(join(folder, 'none'))).resolves.toBeUndefined();
  });
});
