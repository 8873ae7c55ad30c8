import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAIN, runCli } from './run-cli.js';
import { IDENTIFY, identify, ready, SOAP, useServe } from './use-serve.js';

const { serve, place } = useServe();
let dataDir: string;
beforeEach(() => {
  dataDir = place();
});

describe('cimulator serve and cimulator user', () => {
  const user = (args: readonly string[], stdin?: string) =>
    runCli(['user', ...args], { CIMULATOR_DATA_DIR: dataDir }, stdin);

  it('takes accounts, passwords and removals over while it runs', async () => {
    const { http } = await ready(serve(['--ready-json']));
    const status = (password: string) => identify(http, 'alice', password);
    const becomes = (password: string, expected: number) =>
      vi.waitFor(async () => expect(await status(password)).toBe(expected), { timeout: 5000, interval: 50 });

    expect(await user(['add', 'alice', '--password-stdin'], 'one')).toEqual({ code: 0, stdout: '', stderr: '' });
    await becomes('one', 200);
    await user(['passwd', 'alice', '--password-stdin'], 'two');
    await becomes('two', 200);
    expect(await status('one')).toBe(401);
    await user(['remove', 'alice']);
    await becomes('two', 401);
  });

  it('loses no account when several are added at once', async () => {
    const names = ['a', 'b', 'c'];
    const results = await Promise.all(names.map((name) => user(['add', name, '--password-stdin'], 'secret')));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    const { stdout } = await user(['list', '--json']);
    expect(
      JSON.parse(stdout)
        .map(({ name }: { name: string }) => name)
        .sort(),
    ).toEqual(names);
  });
});

describe('cimulator serve and who may sign in', () => {
  const start = async (...args: string[]) =>
    (await ready(serve(['--ready-json', '--user', 'lab:secret', ...args]))).http;

  it('wants a domain where it is told to', async () => {
    const http = await start('--domain', 'lab.example', '--domain-policy', 'required');
    const names = ['lab', 'LAB\\lab', 'lab@lab.example', 'OTHER\\lab'];
    expect(await Promise.all(names.map((name) => identify(http, name, 'secret')))).toEqual([401, 200, 200, 401]);
  });

  it.each([
    ['on', 401],
    ['off', 200],
  ])('delays sign-ins after wrong passwords: --lock-out %s', async (value, status) => {
    const http = await start('--lock-out', value);
    for (let i = 0; i < 12; i++) await identify(http, 'lab', `guess ${i}`);
    expect(await identify(http, 'lab', 'secret')).toBe(status);
  });

  it.each([
    ['--domain-policy', 'maybe'],
    ['--spn', 'maybe'],
    ['--lock-out', 'maybe'],
  ])('ends with 1 and one line when a setting is none: %s %s', async (option, value) => {
    const { code, stderr } = await runCli(['serve', option, value], { CIMULATOR_DATA_DIR: dataDir });
    expect([code, stderr.split('\n')[0]]).toEqual([1, expect.stringMatching(new RegExp(`^error: option '${option} `))]);
  });
});

describe('cimulator serve, as it runs', () => {
  const { serve } = useServe('all');
  let http: string;
  beforeAll(async () => {
    ({ http } = await ready(serve(['--ready-json', '--user', 'a:b'])));
  });

  it('is found by readyz, which waits for it', async () => {
    expect(await runCli(['readyz', http])).toEqual({ code: 0, stdout: 'ready\n', stderr: '' });
    expect(await runCli(['readyz', 'http://127.0.0.1:9', '--wait', '0.2'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'cimulator: http://127.0.0.1:9 is not ready: ECONNREFUSED\n',
    });
  });

  it('refuses a property that there is not, and names the nearest', async () => {
    const flags = ['--url', http, '--user', 'a:b', '--properties'];
    const misspelt = await runCli(['enumerate', 'MSFTSM_ComputerSystem', ...flags, 'Name,ElementNam']);
    expect([misspelt.code, misspelt.stderr]).toEqual([
      1,
      'cimulator: --properties: ElementNam is no property of MSFTSM_ComputerSystem (did you mean ElementName?)\n',
    ]);
    expect((await runCli(['enumerate', 'MSFTSM_ComputerSystem', ...flags, 'Name,Roles'])).code).toBe(0);
  });

  it('offers what is safe', async () => {
    expect(await offers(http)).toBe('Negotiate, Basic realm="WSMAN"');
  });
});

describe.each([
  ['negotiate', 'Negotiate', true],
  ['basic', 'Basic realm="WSMAN"', false],
])('cimulator serve --auth %s', (schemes, offered, isHashKept) => {
  const { serve, place } = useServe('all');
  let http: string;
  beforeAll(async () => {
    ({ http } = await ready(serve(['--ready-json', '--auth', schemes])));
  });

  it('offers it', async () => {
    expect(await offers(http)).toBe(offered);
  });

  it('keeps NT hashes only where Negotiate needs them', async () => {
    expect((await readFile(join(place(), 'users.json'), 'utf8')).includes('ntHash')).toBe(isHashKept);
  });
});

/** The schemes that it asks for. */
async function offers(http: string): Promise<string | null> {
  const { headers } = await fetch(http, { method: 'POST', body: IDENTIFY, headers: SOAP });
  return headers.get('www-authenticate');
}

describe('cimulator serve', () => {
  it('prints one JSON line when it is listening, with the password it made', async () => {
    const cli = serve(['--ready-json']);
    const { http, https, user, password, pid } = await ready(cli);
    expect([user, pid, https]).toEqual(['cimulator', cli.process.pid, undefined]);
    expect(await identify(http, user, password ?? '')).toBe(200);
    cli.process.kill('SIGTERM');
    expect((await cli.result).stdout.split('\n')).toHaveLength(2);
  });

  it('tells programs of the certificate, the version and the lab', async () => {
    const told = await ready(serve(['--ready-json', '--https-port', '0', '--port', 'off', '--user', 'a:b']));
    expect(told).toEqual({
      https: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/wsman$/),
      hosts: ['srv01', 'srv02'].map((name, at) => ({
        ...{ name: `${name}.lab.example`, aliases: [`iscsi-${'ab'[at]}.lab.example`], isDefault: at === 0, user: 'a' },
        https: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/wsman$/),
      })),
      user: 'a',
      pid: expect.any(Number),
      fingerprint: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      lab: 'two-servers',
      state: expect.anything(),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      controlToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { control: _, ...without } = told as Record<string, unknown>;
    const off = await ready(
      serve([
        '--ready-json',
        '--https-port',
        '0',
        '--port',
        'off',
        '--user',
        'a:b',
        '--control',
        'off',
        '--state',
        'none',
      ]),
    );
    expect(Object.keys(off)).toEqual(Object.keys(without).filter((name) => name !== 'controlToken'));
  });

  it.each([
    ['--data-dir', 'none'],
    ['--data-dir', join('/dev/null', 'nowhere')],
  ])('needs no place to write to with an account and without HTTPS: %s %s', async (...place) => {
    const { http } = await ready(serve(['--ready-json', '--user', 'a:b', ...place]));
    expect(await identify(http, 'a', 'b')).toBe(200);
  });

  it('says at the next start what to do about a lost password', async () => {
    const first = serve([]);
    await first.firstLine();
    first.process.kill('SIGTERM');
    await first.result;
    const second = serve([]);
    await second.firstLine();
    second.process.kill('SIGTERM');
    expect((await second.result).stdout).toMatch(
      /Password +as before; if it is lost: cimulator user passwd cimulator --data-dir \S+\n/,
    );
  });

  it('keeps the account it made, and shows its password once', async () => {
    const first = serve(['--ready-json']);
    const { password } = await ready(first);
    first.process.kill('SIGTERM');
    await first.result;
    const second = await ready(serve(['--ready-json']));
    expect(second).not.toHaveProperty('password');
    expect(await identify(second.http, 'cimulator', password ?? '')).toBe(200);
    expect((await stat(join(dataDir, 'users.json'))).mode & 0o777).toBe(0o600);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 at %s', async (signal) => {
    const cli = serve();
    await cli.firstLine();
    cli.process.kill(signal);
    const { code, stderr } = await cli.result;
    expect([code, stderr]).toEqual([0, '']);
  });

  it('does not guess which password of two is meant for one account', async () => {
    const { code, stderr } = await serve(['--user', 'alice:one', '--user', 'Alice:two']).result;
    expect([code, stderr]).toEqual([1, 'cimulator: there is a user alice already\n']);
  });

  it('takes its accounts from repeated --user, and only those', async () => {
    const cli = serve(['--ready-json', '--user', 'alice:one', '--user', 'bob:two,three']);
    const { http, user } = await ready(cli);
    const statuses = [
      await identify(http, 'alice', 'one'),
      await identify(http, 'bob', 'two,three'),
      await identify(http, 'bob', 'x'),
    ];
    expect([user, ...statuses]).toEqual(['alice', 200, 200, 401]);
  });

  it('takes its accounts from the environment, and prefers the command line', async () => {
    const fromVariable = await ready(serve(['--ready-json'], { CIMULATOR_USER: 'alice:one,bob:two' }));
    expect(await identify(fromVariable.http, 'bob', 'two')).toBe(200);
    const fromOption = await ready(
      serve(['--ready-json', '--user', 'carol:three', '--state', 'none'], { CIMULATOR_USER: 'alice:one' }),
    );
    expect([fromOption.user, await identify(fromOption.http, 'alice', 'one')]).toEqual(['carol', 401]);
  });

  it('takes a variable that is empty or says no for one that is not set', async () => {
    const cli = serve([], { CIMULATOR_READY_JSON: 'false', CIMULATOR_LAB: '', CIMULATOR_CERT: '' });
    expect(await cli.firstLine()).toMatch(/^cimulator \d+\.\d+\.\d+ is listening$/);
  });

  it('makes a certificate that a client can check', async () => {
    const cli = serve(['--ready-json', '--https-port', '0', '--user', 'alice:one']);
    const { https = '' } = await ready(cli);
    const { readFile } = await import('node:fs/promises');
    const ca = await readFile(join(dataDir, 'tls-certificate.pem'), 'utf8');
    const request = httpsRequest(https, { method: 'POST', ca, auth: 'alice:one', headers: SOAP }).end(IDENTIFY);
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(200);
    response.destroy();
  });

  it.skipIf(process.platform === 'win32')(
    'ends when npm, which started it, is ended (Windows tells nobody)',
    async () => {
      // npm's way: a shell that waits, and that alone hears of the signal.
      const command = '"$0" "$1" serve --port 0 --https-port off --ready-json --data-dir "$2"; true';
      const shell = spawn('sh', ['-c', command, process.execPath, MAIN, dataDir], {
        env: { ...process.env, npm_lifecycle_event: 'start', npm_package_name: 'cimulator' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(shell.stdout, 'close');
      const [line] = (await once(shell.stdout, 'data')) as [Buffer];
      const { http } = JSON.parse(line.toString());
      expect((await fetch(new URL('/livez', http))).status).toBe(200);
      shell.kill('SIGTERM');
      // The server has the other end of the pipe; it goes with its process.
      await ended;
      await expect(fetch(new URL('/livez', http))).rejects.toThrow();
    },
  );

  it('says in one line that a port is in use, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, stdout, stderr } = await serve(['--port', port]).result;
    taken.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`cimulator: cannot listen on 127.0.0.1 port ${port}: the port is in use\n`);
  });

  it('says in one line that a certificate cannot be used, and ends with 1', async () => {
    const bad = join(dataDir, 'bad.pem');
    await writeFile(bad, 'x');
    const { code, stderr } = await serve(['--https-port', '0', '--cert', bad, '--key', bad]).result;
    expect([code, stderr]).toEqual([1, `cimulator: ${bad} is not a PEM certificate\n`]);
  });

  it('says in one line that its accounts are spoilt, and ends with 1', async () => {
    await writeFile(join(dataDir, 'users.json'), '{');
    const { code, stderr } = await serve().result;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^cimulator: .*users\.json is not a file of accounts; .*\n$/);
  });

  it('says in one line that Kerberos cannot be served, and ends with 1', async () => {
    const { code, stdout, stderr } = await serve(['--auth', 'kerberos,basic', '--keytab', 'package.json']).result;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^cimulator: Kerberos: .*\n$/);
  });

  it.each([
    [['--auth', 'kerberos'], '--auth kerberos needs --keytab'],
    [['--service-principal', 'HTTP/localhost'], '--service-principal needs --keytab'],
    [['--auth', 'negotiate', '--keytab', 'package.json'], '--keytab is for Kerberos, which --auth leaves out'],
  ])('says in one line that a keytab and Kerberos go together: %j', async (args, message) => {
    expect(await serve(args).result).toEqual({ code: 1, stdout: '', stderr: `cimulator: ${message}\n` });
  });

  it('logs that Kerberos is not offered when nobody insists on it, and goes on', async () => {
    const cli = serve(['--ready-json', '--keytab', 'package.json']);
    const { http } = await ready(cli);
    const { headers } = await fetch(http, { method: 'POST' });
    expect(headers.get('www-authenticate')).toBe('Negotiate, Basic realm="WSMAN"');
    cli.process.kill('SIGTERM');
    const [line = ''] = (await cli.result).stderr.split('\n');
    expect(JSON.parse(line)).toMatchObject({
      msg: 'Kerberos is not offered',
      reason: expect.stringMatching(/^Kerberos: /),
    });
  });

  it('logs requests as JSON lines on stderr when asked to, before it ends', async () => {
    const cli = serve(['--ready-json', '--log-level', 'info', '--user', 'alice:one']);
    const { http } = await ready(cli);
    await identify(http, 'alice', 'one');
    cli.process.kill('SIGTERM');
    const lines = (await cli.result).stderr.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'wsman')).toMatchObject([
      { status: 200, user: 'alice' },
    ]);
  });

  it('says in one line that the data directory cannot be made, and ends with 1', async () => {
    await writeFile(join(dataDir, 'file'), '');
    const { code, stderr } = await runCli(['serve', '--data-dir', join(dataDir, 'file', 'x')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^cimulator: cannot make the data directory .*\n$/);
  });
});
