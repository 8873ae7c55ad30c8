import { spawn, spawnSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';
import { identify, useServe } from './use-serve.js';

/** What `reset` answers where the state outlives the process. */
const KEEPS_A_BACKUP = {
  code: 0,
  stdout: expect.stringMatching(/^the state as it was is kept in [^\n]+\n$/),
  stderr: '',
};

const { serve, place } = useServe();

interface Ready {
  readonly http: string;
  readonly control?: string;
  readonly controlToken?: string;
  readonly pid: number;
}
const ready = async (...given: Parameters<typeof serve>) => JSON.parse(await serve(...given).firstLine()) as Ready;
const USER = ['--ready-json', '--user', 'alice:secret'];
const status = async ({ control, controlToken }: Ready) =>
  (await fetch(`${control}/v1`, { headers: { Authorization: `Bearer ${controlToken}` } })).status;

describe('cimulator serve and its control API', () => {
  it('opens it on a free port of this machine, and tells the token', async () => {
    const facts = await ready(USER);
    expect(facts.control).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await status(facts)).toBe(200);
  });

  it('leaves a file for its commands, which goes when it stops', async () => {
    const cli = serve(USER);
    const { pid } = JSON.parse(await cli.firstLine()) as Ready;
    const own = async () => (await readdir(place())).filter((name) => name.startsWith('control-'));
    expect(await own()).toEqual([`control-${pid}.json`]);
    const command = (...args: string[]) => runCli([...args, '--data-dir', place()]);
    const rule = '{"when":{"operation":"Identify"},"then":{"http":503}}';
    expect(await command('rules', 'add', rule)).toEqual({ code: 0, stdout: 'rule-1\n', stderr: '' });
    expect((await command('rules', 'list', '--json')).stdout).toContain('"id": "rule-1"');
    expect(await command('snapshot', '-o', join(place(), 'snapshot'))).toMatchObject({ code: 0 });
    expect(await command('restore', join(place(), 'snapshot'))).toMatchObject({ code: 0, stderr: '' });
    expect(await command('reset')).toEqual(KEEPS_A_BACKUP);
    expect((await command('rules', 'list', '--json')).stdout).toBe('[]\n');
    cli.process.kill('SIGTERM');
    await cli.result;
    expect(await own()).toEqual([]);
  });

  it('does without where it is told to, and keeps no file without a data directory', async () => {
    expect((await ready([...USER, '--control', 'off'])).control).toBeUndefined();
    expect((await ready([...USER, '--data-dir', 'none'])).control).toBeDefined();
    expect((await readdir(place())).filter((name) => name.startsWith('control-'))).toEqual([]);
  });

  it('is refused for other machines without TLS', async () => {
    const { code, stderr } = await runCli(['serve', ...USER, '--https-port', 'off', '--control-host', '0.0.0.0'], {
      ...{ CIMULATOR_PORT: '0', CIMULATOR_DATA_DIR: place() },
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^cimulator: --control-host: [^\n]*TLS[^\n]*\n$/)]);
  });

  it('is reached over TLS by the fingerprint of its file', async () => {
    await ready([...USER, '--https-port', '0', '--control-host', '0.0.0.0']);
    expect(await runCli(['reset', '--data-dir', place()])).toEqual(KEEPS_A_BACKUP);
  });

  it('takes no MOF that includes files of the server', async () => {
    const facts = await ready(USER);
    const response = await fetch(`${facts.control}/v1/seed`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${facts.controlToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ sources: [{ mof: '#pragma include ("/etc/hostname")' }] }),
    });
    expect(response.status).toBe(400);
  });
});

describe('cimulator serve --write-env', () => {
  it('writes what scripts need, for the owner alone, before it says that it is ready', async () => {
    const file = join(place(), 'env');
    const { http, control, controlToken } = await ready([...USER, '--write-env', file]);
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines).toEqual([
      `CIMULATOR_URL=${http}`,
      ...['CIMULATOR_USER=alice', 'CIMULATOR_PASSWORD=secret'],
      ...[`CIMULATOR_CONTROL_URL=${control}`, `CIMULATOR_CONTROL_TOKEN=${controlToken}`, ''],
    ]);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    const variables = Object.fromEntries(lines.filter(Boolean).map((line) => line.split(/=(.*)/s)));
    expect(await runCli(['reset'], variables)).toEqual(KEEPS_A_BACKUP);
    expect(await runCli(['identify'], variables)).toMatchObject({ code: 0 });
  });

  it.skipIf(process.platform === 'win32')('may be a FIFO', async () => {
    const fifo = join(place(), 'fifo');
    spawnSync('mkfifo', [fifo]);
    const { http } = await ready(['--ready-json', '--user', 'alice:a $b; c', '--write-env', fifo]);
    const read = 'while IFS= read -r line; do export "$line"; done < "$1"; printenv CIMULATOR_URL CIMULATOR_PASSWORD';
    const reader = spawn('sh', ['-c', read, 'sh', fifo]);
    let out = '';
    for await (const chunk of reader.stdout.setEncoding('utf8')) out += chunk;
    expect(out).toBe(`${http}\na $b; c\n`);
  });

  it('is refused where it cannot be written', async () => {
    const { code, stderr } = await runCli(['serve', ...USER, '--write-env', join(place(), 'none', 'env')], {
      ...{ CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: place() },
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^cimulator: --write-env: cannot write [^\n]*\n$/)]);
  });
});

describe('cimulator serve and CIMULATOR_PASSWORD', () => {
  it('takes name and password from variables of their own', async () => {
    const { http } = await ready(['--ready-json'], { CIMULATOR_USER: 'alice', CIMULATOR_PASSWORD: 'sec:ret' });
    expect(await identify(http, 'alice', 'sec:ret')).toBe(200);
  });
});
