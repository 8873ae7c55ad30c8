import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFileError } from '../../../src/auth/accounts/user-file.js';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';

const cost = { N: 2, r: 1, p: 1 };
/** The file is looked at twice a second. */
const WAIT = { timeout: 5000, interval: 20 };

describe.skipIf(process.platform === 'win32')('a user file that is not its user’s own', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cimulator-users-'));
    file = join(directory, 'users.json');
    await (await openUserStore({ cost, file })).add('alice', 'secret');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it.each([
    ['the file', () => file, 0o640, 'chmod go= '],
    ['its folder', () => directory, 0o777, 'chmod go-w '],
  ])('is refused when others reach %s, with the command that mends it', async (_what, path, mode, command) => {
    await chmod(path(), mode);
    const message = new RegExp(`^others may .*: ${command}\\S+$`);
    await expect(openUserStore({ file })).rejects.toMatchObject({
      name: 'UserFileError',
      message: expect.stringMatching(message),
    });
  });

  it('is refused when it is a pipe, at once', async () => {
    await rm(file);
    execFileSync('mkfifo', ['-m', '600', file]);
    await expect(openUserStore({ file })).rejects.toThrow(new UserFileError(`${file} is a pipe, and no file`));
  });

  it('is not taken over by those who watch it', async () => {
    const problems: string[] = [];
    const store = await openUserStore({ file, watch: { onProblem: (problem) => problems.push(problem) } });
    await writeFile(file, JSON.stringify({ version: 1, users: [] }));
    await chmod(file, 0o666);
    await vi.waitFor(
      () => expect(problems).toEqual([expect.stringMatching(/chmod .*; the accounts stay as they were$/)]),
      WAIT,
    );
    expect(store.list()).toEqual(['alice']);
    store.close();
  });
});
