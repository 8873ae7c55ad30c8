import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The built program; `npm test` builds first. */
const main = join(root, 'dist/conformance/main.js');

const run = (...args: readonly string[]) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

describe('cimulator-conformance', () => {
  const running = runEndpoint();

  it('prints the outcome and exits 0 when nothing failed', async () => {
    const { code, stdout } = await run('--url', running.url, '--user', `${USER}:${PASSWORD}`, '--only', 'identify');
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, 0 unsupported, 0 skipped\n$/);
    expect(code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const account = `${USER}:${PASSWORD}`;
    const { stdout } = await run('--url', running.url, '--user', account, '--only', 'identify:protocol', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ totals: { fail: 0 }, requirements: [{ id: 'identify:protocol' }] });
  });

  it('exits 1 when something failed', async () => {
    const account = `${USER}:wrong`;
    const { code, stdout } = await run('--url', running.url, '--user', account, '--lab', 'yes', '--only', 'get');
    expect(stdout).toContain('FAIL');
    expect(code).toBe(1);
  });

  it('exits 2, with one line, when there is no server', async () => {
    const { code, stdout, stderr } = await run('--url', 'http://127.0.0.1:1/wsman', '--user', 'u:p');
    expect(stderr).toMatch(/^cimulator-conformance: the tests could not run: .*ECONNREFUSED.*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('exits 2, with one line, when what was typed makes no sense', async () => {
    const { code, stdout, stderr } = await run('--url', 'nowhere');
    expect(stderr).toBe(
      'cimulator-conformance: --url nowhere is not an http or https URL (--help tells the options)\n',
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('tells every option with --help', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect(stdout).toMatch(/^Usage: cimulator-conformance --url URL --user NAME:PASSWORD \[options\]\n/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('ends without a word when nobody reads what it prints any more', async () => {
    const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')('runs by itself, as npx wants it (Windows asks node)', async () => {
    const { stdout } = await promisify(execFile)(main, ['--help']);
    expect(stdout).toContain('cimulator-conformance');
  });
});
