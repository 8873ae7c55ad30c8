import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTUAL_PROFILE } from '../../src/auth/certificates/certificate-scheme.js';
import { createAuthority, selfSigned } from '../support/certificate-authority.js';
import { identifyRequest, METHOD, request, WMI } from '../support/envelopes.js';
import { at, readTree, textAt } from '../support/read-answer.js';
import { runEndpoint, USER } from '../support/running-endpoint.js';
import { GO_ENVIRONMENT } from './go-environment.js';
import { findLiveClient } from './live-client.js';

const curl = findLiveClient({ name: 'curl', debianPackage: 'curl', probes: [['curl', '--version']] });
const pywinrm = findLiveClient({
  name: 'pywinrm',
  debianPackage: 'python3-winrm',
  probes: [
    ['python3', '-c', 'import winrm'],
    ['/usr/bin/python3', '-c', 'import winrm'],
  ],
});
const go = findLiveClient({
  name: 'masterzen/winrm (Go)',
  debianPackage: 'golang-go golang-github-masterzen-winrm-dev',
  probes: [['go', 'version']],
});

const folder = mkdtempSync(join(tmpdir(), 'cimulator-certificates-'));
const file = (name: string) => join(folder, name);
const script = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url));

beforeAll(async () => {
  const authority = await createAuthority();
  const client = await authority.issue({ subject: 'CN=Some Person', upn: `${USER}@corp.example` });
  const stranger = await selfSigned({ subject: `CN=${USER}` });
  await writeFile(file('ca.pem'), authority.cert);
  await writeFile(file('client.pem'), client.cert);
  await writeFile(file('client.key'), client.key);
  await writeFile(file('stranger.pem'), stranger.cert);
  await writeFile(file('stranger.key'), stranger.key);
});
const running = runEndpoint({ httpsPort: 0, clientCertificates: { caPath: file('ca.pem') } });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const httpsUrl = () => running.endpoint.https?.url ?? '';
const returnValue = (answer: string) => textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue');

async function pipe(command: string, arguments_: readonly string[], input: string): Promise<string> {
  const { REQUESTS_CA_BUNDLE: _, CURL_CA_BUNDLE: __, ...env } = process.env;
  const child = spawn(command, arguments_, { stdio: ['pipe', 'pipe', 'pipe'], env });
  child.stdin.end(input);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (output === '') throw new Error(errors);
  return output;
}

describe.skipIf(curl === undefined)('curl with a client certificate', () => {
  function run(body: string, name: string, ...more: string[]): Promise<string> {
    const fields = ['Content-Type: application/soap+xml;charset=UTF-8', `Authorization: ${MUTUAL_PROFILE}`];
    const certificate = ['--cert', file(`${name}.pem`), '--key', file(`${name}.key`)];
    const flags = ['-ksS', '--max-time', '10', ...certificate, ...fields.flatMap((field) => ['-H', field])];
    return pipe(curl ?? '', [...flags, ...more, '--data-binary', '@-', httpsUrl()], body);
  }

  it.each(['1.2', '1.3'])('calls the method over TLS %s', async (version) => {
    const answer = await run(request(), 'client', '--tls-max', version, `--tlsv${version}`);
    expect(returnValue(answer)).toBe('0');
  });

  it('is told that the listener takes certificates', async () => {
    const profiles = at(
      readTree(await run(identifyRequest, 'client')),
      ...['Envelope', 'Body', 'IdentifyResponse', 'SecurityProfiles', 'SecurityProfileName'],
    );
    expect(profiles).toContain(MUTUAL_PROFILE);
  });

  it('is refused with a certificate of the same name that it made itself', async () => {
    const output = await run(request(), 'stranger', '-o', '/dev/null', '-w', '%{http_code}');
    expect(output).toBe('401');
  });
});

describe.skipIf(pywinrm === undefined)("pywinrm's transport 'certificate'", () => {
  async function send(name: string): Promise<{ answer?: string; error?: string; status?: number }> {
    const certificate = { certificate: file(`${name}.pem`), key: file(`${name}.key`) };
    const task = { url: httpsUrl(), transport: 'certificate', message: request(), ...certificate };
    return JSON.parse(await pipe(pywinrm ?? '', [script('pywinrm-send.py')], JSON.stringify(task)));
  }

  it('calls the method', async () => {
    const { answer = '' } = await send('client');
    expect(returnValue(answer)).toBe('0');
  });

  it('is refused with a certificate of nobody it knows', async () => {
    expect((await send('stranger')).error).toMatch(/credentials were rejected/);
  });
});

describe.skipIf(go === undefined)("masterzen/winrm's ClientAuthRequest", () => {
  beforeAll(async () => {
    const env = { ...process.env, ...GO_ENVIRONMENT };
    await promisify(execFile)(go ?? '', ['build', '-o', file('go-winrm'), script('go-winrm.go')], { env });
  }, 240_000);

  it('enumerates a class', async () => {
    const { hostname: Host, port: Port } = new URL(httpsUrl());
    const certificate = { Cert: file('client.pem'), Key: file('client.key') };
    const task = { Host, Port, HTTPS: true, ...certificate, ResourceURI: `${WMI}CIM_ComputerSystem` };
    const { answer } = JSON.parse(await pipe(file('go-winrm'), [], JSON.stringify(task))) as { answer: string };
    const items = at(readTree(answer), 'Envelope', 'Body', 'EnumerateResponse', 'Items', 'MSFTSM_ComputerSystem');
    expect(items).toHaveLength(3);
  });
});
