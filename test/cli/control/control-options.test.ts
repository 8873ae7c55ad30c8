import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeControlFile } from '../../../src/control/control-file.js';
import { useControlLab } from '../../control/use-control-lab.js';
import { runCommandLine } from './run-command.js';

const open = useControlLab();
let dataDir: string;
const removals: (() => Promise<void>)[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'control-options-'));
});
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
  await rm(dataDir, { recursive: true });
});

async function written() {
  const lab = await open();
  removals.push(await writeControlFile(dataDir, lab));
  return lab;
}

describe('which endpoint a command means', () => {
  it('is the one of this user that runs', async () => {
    const lab = await written();
    lab.record({ method: 'Turn' });
    expect(await runCommandLine('requests', '--data-dir', dataDir)).toMatchObject({ exitCode: 0, err: '' });
  });

  it('must be said where several run', async () => {
    const [one, other] = [await written(), await written()];
    const { err, exitCode } = await runCommandLine('reset', '--data-dir', dataDir);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^cimulator: 2 endpoints run; say which with --control-url: http[^\n]+\n$/);
    for (const { url } of [one, other]) expect(err).toContain(`${url} (process ${process.pid})`);
    expect(await runCommandLine('reset', '--data-dir', dataDir, '--control-url', `${other?.url}/`)).toMatchObject({
      exitCode: 0,
    });
  });

  it('is said to be missing where none runs', async () => {
    const { err, exitCode } = await runCommandLine('reset', '--data-dir', dataDir);
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(/^cimulator: no endpoint of this user runs with .*'cimulator serve'.*\n$/),
    ]);
  });

  it('can be said by URL and token; a URL alone needs its file', async () => {
    const lab = await open();
    const flags = ['--data-dir', dataDir, '--control-url', lab.url];
    expect((await runCommandLine('reset', ...flags, '--control-token', lab.token)).exitCode).toBe(0);
    expect((await runCommandLine('reset', ...flags)).err).toMatch(/needs its token/);
    expect(await runCommandLine('reset', ...flags, '--control-token', 'wrong')).toEqual({
      ...{ out: '', exitCode: 1 },
      err: 'cimulator: The token is missing or wrong; expected: Authorization: Bearer TOKEN.\n',
    });
  });

  it.each([
    ['http://127.0.0.1:1', /^cimulator: cannot reach the control API at http:\/\/127\.0\.0\.1:1: [^\n]+\n$/],
    ['http://', /^cimulator: --control-url: 'http:\/\/' is not a URL\n$/],
  ])('is told in one line when it cannot be called: %s', async (url, message) => {
    const { err, exitCode } = await runCommandLine('reset', '--control-url', url, '--control-token', 'x');
    expect([exitCode, err]).toEqual([1, expect.stringMatching(message)]);
  });
});
