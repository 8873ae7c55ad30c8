import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Check, CheckStatus } from '../../src/cli/doctor/check.js';
import { addDoctorCommand } from '../../src/cli/doctor-command.js';
import type { EndpointOptions } from '../../src/endpoint/options/endpoint-options.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { identifyAnswer, windowsFault } from '../client/answers.js';
import { type FakeAnswer, type FakeRequest, startFakeServer } from '../client/fake-server.js';
import { makeSelfSignedCertificate } from '../client/self-signed-certificate.js';
import { keptState } from '../state/kept-state.js';
import { recordingTerminal } from './recording-terminal.js';

const account = { name: 'lab', password: 'very-secret-1' };

/** An address that means something only together with the network card. */
const [linkLocal] = Object.entries(networkInterfaces()).flatMap(([zone, addresses]) =>
  (addresses ?? []).filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => ({ zone, address })),
);

const opened: { close(): Promise<void> }[] = [];
beforeEach(() => {
  for (const name of ['URL', 'USER', 'PASSWORD', 'CLIENT_AUTH']) vi.stubEnv(`CIMULATOR_${name}`, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of opened.splice(0)) await one.close();
});

/** What the command says as JSON, with its exit status. */
async function examine(url: string, ...flags: readonly string[]) {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addDoctorCommand(program, terminal);
  await program.parseAsync(['doctor', url, '--json', ...flags], { from: 'user' });
  const { out, err, exitCode } = terminal.seen;
  if (err !== '') throw new Error(err);
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] };
  expect(exitCode).toBe(ok ? 0 : 1);
  expect(out).not.toContain(account.password);
  const status = (name: string) => checks.find((check) => check.name === name)?.status;
  return { ok, checks, status, find: (name: string) => checks.find((check) => check.name === name) };
}

async function start(options: EndpointOptions = {}) {
  const endpoint = await startEndpoint({ users: [account], ...options });
  opened.push(endpoint);
  return {
    http: endpoint.http?.url ?? '',
    https: endpoint.https?.url ?? '',
    sha256: endpoint.https?.fingerprints.sha256 ?? '',
  };
}

async function startFake(
  answer: FakeAnswer | ((request: FakeRequest) => FakeAnswer),
  tls?: { key: string; cert: string },
) {
  const server = await startFakeServer(answer, tls);
  opened.push(server);
  return server;
}

/** A server of Identify that asks for these schemes otherwise. */
function identifying(challenges: readonly string[], headers: Readonly<Record<string, string>> = {}) {
  const identity = identifyAnswer(
    'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd',
    '<i:ProductVendor>V</i:ProductVendor>',
  );
  return (request: FakeRequest): FakeAnswer =>
    request.headers.wsmanidentify === undefined
      ? { status: 401, headers: { ...headers, 'www-authenticate': challenges } }
      : { headers, body: identity };
}

/** A TCP server that does this with each connection. */
async function startTcp(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  return (server.address() as AddressInfo).port;
}

/** A port whose connections nobody takes: Linux drops what comes when enough of them wait. */
async function startBlackHole(): Promise<number> {
  const program =
    "require('net').createServer().listen(0, '127.0.0.1', 1, function () { console.log(this.address().port); });";
  const stopped = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(stopped.stdout, 'data')) as [Buffer];
  stopped.kill('SIGSTOP');
  const port = Number(line.toString());
  const waiting = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }).on('error', () => undefined));
  opened.push({
    async close() {
      for (const socket of waiting) socket.destroy();
      stopped.kill('SIGKILL');
      await once(stopped, 'exit');
    },
  });
  // Two find room; their being connected says that the others are dropped.
  await Promise.all(waiting.slice(0, 2).map((socket) => once(socket, 'connect')));
  return port;
}

function expectCheck(found: Check | undefined, status: CheckStatus, text: RegExp, remedy?: RegExp): void {
  expect(found).toMatchObject({ status, text: expect.stringMatching(text) });
  if (remedy) expect(found?.remedy).toMatch(remedy);
}

describe('cimulator doctor finds nothing wrong', () => {
  it.runIf(linkLocal)('with an IPv6 address that needs its zone', async () => {
    const { http } = await start({ host: '::' });
    const { port } = new URL(http);
    const { status, find } = await examine(`http://[${linkLocal?.address}%${linkLocal?.zone}]:${port}/wsman`);
    expect([status('name'), status('port'), status('http')]).toEqual(['ok', 'ok', 'ok']);
    expect(find('port')?.text).toContain(`${linkLocal?.address}%${linkLocal?.zone} accepts connections`);
    expect(find('sign-in')?.remedy).toContain(`http://[${linkLocal?.address}%25${linkLocal?.zone}]:${port}/wsman`);
  });

  it('with an endpoint over plain HTTP, and signs in by every scheme', async () => {
    const { http } = await start();
    const { ok, checks } = await examine(http, '--user', `lab:${account.password}`);
    expect(ok).toBe(true);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      ...['name ok', 'port ok', 'http ok', 'clock ok', 'schemes ok', 'windows defaults warn'],
      ...['sign-in Negotiate ok', 'sign-in Basic ok', 'MaxEnvelopeSize ok', 'namespace ok'],
    ]);
  });

  it('with an endpoint over HTTPS whose fingerprint is given', async () => {
    const { https, sha256 } = await start({ httpsPort: 0 });
    const { ok, status } = await examine(https, '--user', `lab:${account.password}`, '--fingerprint', sha256);
    expect([ok, status('certificate'), status('sign-in Negotiate')]).toEqual([true, 'ok', 'ok']);
  });

  it('without an account, and says that it was not tried', async () => {
    const { http } = await start();
    const { ok, find } = await examine(http);
    expect(ok).toBe(true);
    expectCheck(find('sign-in'), 'skip', /without an account/);
  });

  it('and shows it as lines', async () => {
    const { http } = await start();
    const terminal = recordingTerminal();
    const program = new Command('cimulator');
    addDoctorCommand(program, terminal);
    await program.parseAsync(['doctor', http], { from: 'user' });
    expect(terminal.seen.out).toMatch(/^ok {4}name {16}127\.0\.0\.1 is an address\n/);
    expect(terminal.seen.out).toMatch(/^ +-> on the client.*TrustedHosts -Value '127\.0\.0\.1' -Concatenate -Force$/m);
  });
});

describe('cimulator doctor finds on the way', () => {
  it('a host name that is not known', async () => {
    const { checks } = await examine('http://no-such-host.invalid:5985');
    expect(checks.length).toBe(1);
    expectCheck(checks[0], 'fail', /no-such-host\.invalid is not known/, /spelling/);
  });

  it('a port on which nothing listens', async () => {
    const server = await startFakeServer({});
    await server.close();
    const { checks } = await examine(server.url);
    expectCheck(checks.at(-1), 'fail', /nothing listens on port/, /winrm quickconfig/);
  });

  it.runIf(process.platform === 'linux')('a host that answers nothing at all, as behind a firewall', async () => {
    const port = await startBlackHole();
    const { checks } = await examine(`http://127.0.0.1:${port}`, '--timeout', '0.2');
    expectCheck(
      checks.at(-1),
      'fail',
      /nothing answers on port \d+ within 0\.2 s/,
      /New-NetFirewallRule .* -LocalPort \d+/,
    );
  });

  it('a server that takes the connection and never says a word', async () => {
    const port = await startTcp(() => undefined);
    const { checks } = await examine(`http://127.0.0.1:${port}`, '--timeout', '0.2');
    expectCheck(checks.at(-1), 'fail', /no HTTP answer within 0\.2 s/);
  });

  it('a server that never finishes its TLS handshake', async () => {
    const port = await startTcp(() => undefined);
    const { checks } = await examine(`https://127.0.0.1:${port}`, '--timeout', '0.2');
    expectCheck(checks.at(-1), 'fail', /no TLS handshake within 0\.2 s/);
  });

  it('an https port when http is asked for', async () => {
    const { https } = await start({ httpsPort: 0 });
    const { checks } = await examine(https.replace('https:', 'http:'));
    expectCheck(checks.at(-1), 'fail', /speaks TLS, not plain HTTP/, new RegExp(`use ${https}`));
  });

  it('an http port when https is asked for', async () => {
    const { http } = await start();
    const { checks } = await examine(http.replace('http:', 'https:'));
    expectCheck(checks.at(-1), 'fail', /does not speak TLS/, new RegExp(`try ${http}`));
  });

  it('something that is no HTTP', async () => {
    const port = await startTcp((socket) => void socket.end('220 mail.example ESMTP\r\n'));
    const { checks } = await examine(`http://127.0.0.1:${port}`, '--timeout', '1');
    expectCheck(checks.at(-1), 'fail', /not HTTP|closed/, /5985/);
  });
});

describe('cimulator doctor finds in the certificate', () => {
  const identity = identifying(['Negotiate']);

  it('that it is self-signed, and sends it no password', async () => {
    const { https } = await start({ httpsPort: 0 });
    const { ok, find } = await examine(https, '--user', `lab:${account.password}`);
    expect(ok).toBe(false);
    expectCheck(
      find('certificate'),
      'fail',
      /SHA-256 [0-9A-F:]{95}: it is self-signed/,
      /Import-Certificate.*--fingerprint [0-9A-F:]{95}/,
    );
    expectCheck(find('sign-in'), 'skip', /nobody signs in/);
  });

  it('that it is another one than --fingerprint names', async () => {
    const { https } = await start({ httpsPort: 0 });
    expectCheck((await examine(https, '--fingerprint', 'ab'.repeat(32))).find('certificate'), 'fail', /not the one/);
  });

  it('that it is for another host', async () => {
    const certificate = await makeSelfSignedCertificate();
    const server = await startFake(identity, certificate);
    const { find } = await examine(server.url.replace('127.0.0.1', 'localhost'));
    expectCheck(find('certificate name'), 'fail', /not for localhost, but for IP Address:127\.0\.0\.1/, /-SkipCNCheck/);
  });

  it('that it has expired', async () => {
    const server = await startFake(identity, await makeSelfSignedCertificate({ notAfter: Date.now() - 60_000 }));
    expectCheck((await examine(server.url)).find('certificate dates'), 'fail', /expired on/, /CertificateThumbprint/);
  });

  it('that it is not valid yet', async () => {
    const server = await startFake(identity, await makeSelfSignedCertificate({ notBefore: Date.now() + 600_000 }));
    expectCheck((await examine(server.url)).find('certificate dates'), 'fail', /not valid before/, /w32tm/);
  });

  it('that it will expire soon', async () => {
    const server = await startFake(identity, await makeSelfSignedCertificate());
    expectCheck((await examine(server.url)).find('certificate dates'), 'warn', /valid for 0 more days/);
  });

  it('nothing that counts when it is not looked at', async () => {
    const server = await startFake(identity, await makeSelfSignedCertificate({ notAfter: Date.now() - 60_000 }));
    const { ok, status } = await examine(server.url, '--insecure');
    expect([ok, status('certificate'), status('certificate dates')]).toEqual([true, 'skip', 'warn']);
  });
});

describe('cimulator doctor finds in the answers', () => {
  it('that the path is another', async () => {
    const { http } = await start();
    const { checks } = await examine(`${http}/elsewhere`);
    expectCheck(checks.at(-1), 'fail', /HTTP 404: there is no WS-Management/, new RegExp(`try ${http}`));
  });

  it('that it is another kind of server', async () => {
    const server = await startFake({
      headers: { 'content-type': 'text/html', server: 'shop\u00e9/1' },
      body: '<html>',
    });
    expectCheck((await examine(server.url)).find('http'), 'fail', /no WS-Management message \(the server is shop/);
  });

  it('that Identify needs credentials', async () => {
    const server = await startFake({ status: 401, headers: { 'www-authenticate': 'Negotiate' } });
    expectCheck((await examine(server.url)).find('http'), 'warn', /Test-WSMan/);
  });

  it('that its clock is off by an hour', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString();
    const server = await startFake(identifying(['Negotiate'], { date }));
    expectCheck((await examine(server.url)).find('clock'), 'warn', /60 minutes behind .*Kerberos/, /w32tm \/resync/);
  });

  it('that it offers Basic only, which Windows does not send over plain HTTP', async () => {
    const server = await startFake(identifying(['Basic realm="x"']));
    const { ok, find } = await examine(server.url);
    expect(ok).toBe(false);
    expectCheck(find('schemes'), 'warn', /offered: Basic; .*read the password/);
    expectCheck(find('windows defaults'), 'fail', /sealed messages only/, /AllowUnencrypted \$true/);
  });

  it('that it offers no way to sign in', async () => {
    const server = await startFake(identifying([]));
    expectCheck((await examine(server.url)).find('schemes'), 'fail', /no way to sign in/, /Auth\\Negotiate \$true/);
  });

  it('an endpoint that cannot write its state', async () => {
    const { http } = await start({ state: keptState({ problem: () => 'the disk is full' }) });
    expectCheck((await examine(http)).find('ready'), 'fail', /^the disk is full$/, /log of the endpoint/);
  });

  it('schemes that this client does not have', async () => {
    const server = await startFake(identifying(['CredSSP']));
    expectCheck((await examine(server.url, '--user', 'u:p')).find('sign-in CredSSP'), 'skip', /does not have it/);
  });
});

describe('cimulator doctor finds with an account', () => {
  it('that the password is wrong', async () => {
    const { http } = await start();
    const { ok, find } = await examine(http, '--user', 'lab:wrong');
    expect(ok).toBe(false);
    for (const scheme of ['Negotiate', 'Basic'])
      expectCheck(
        find(`sign-in ${scheme}`),
        'fail',
        new RegExp(`refused .* sent by ${scheme}`),
        /Remote Management Users/,
      );
  });

  it('that the namespace is not there', async () => {
    const { http } = await start();
    const { find } = await examine(http, '--user', `lab:${account.password}`, '--namespace', 'root/nowhere');
    expectCheck(find('namespace'), 'fail', /no namespace root\/nowhere/, /--namespace/);
  });

  it('that messages must be small', async () => {
    const { http } = await start({ maxEnvelopeSizeKb: 150 });
    const { find } = await examine(http, '--user', `lab:${account.password}`);
    expectCheck(find('MaxEnvelopeSize'), 'warn', /up to 150 KB/, /MaxEnvelopeSizekb 500/);
  });

  it('that a server has neither configuration nor class declarations, which some do not', async () => {
    const identity = identifying(['Basic realm="x"']);
    const fault = windowsFault('Sender', 'a:ActionNotSupported', 'not here', '');
    const server = await startFake((request) => {
      if (request.headers.authorization === undefined) return identity(request);
      if (request.body.includes('Identify')) return identity({ ...request, headers: { wsmanidentify: 'x' } });
      return { status: 500, body: fault };
    });
    const { find } = await examine(server.url, '--user', 'u:p');
    expectCheck(find('sign-in Basic'), 'ok', /signed in as u/);
    expectCheck(find('MaxEnvelopeSize'), 'skip', /ActionNotSupported/);
    expectCheck(find('namespace'), 'warn', /ActionNotSupported/);
  });
});
