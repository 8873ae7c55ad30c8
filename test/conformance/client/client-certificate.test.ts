import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../src/cli/connection-options.js';
import { addDoctorCommand } from '../../../src/cli/doctor-command.js';
import { addIdentifyCommand } from '../../../src/cli/identify-command.js';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { createClient } from '../../../src/client/create-client.js';
import { recordingTerminal } from '../../cli/recording-terminal.js';
import { createAuthority, type IssuedCertificate, selfSigned } from '../../support/certificate-authority.js';
import { runEndpoint, USER } from '../../support/running-endpoint.js';

const folder = mkdtempSync(join(tmpdir(), 'cimulator-client-certificate-'));
const file = (name: string) => join(folder, name);
let certificate: IssuedCertificate;
beforeAll(async () => {
  const authority = await createAuthority();
  certificate = await authority.issue({ subject: `CN=${USER}` });
  await writeFile(file('ca.pem'), authority.cert);
  await writeFile(file('client.pem'), certificate.cert);
  await writeFile(file('client.key'), certificate.key);
});
const running = runEndpoint({ httpsPort: 0, clientCertificates: { caPath: file('ca.pem') } });
afterAll(() => rmSync(folder, { recursive: true }));

async function systems(options: Omit<ClientOptions, 'url'>): Promise<number> {
  const client = createClient({ url: running.endpoint.https?.url ?? '', ...options });
  try {
    let count = 0;
    for await (const _ of client.enumerate('MSFTSM_ComputerSystem')) count++;
    return count;
  } finally {
    await client.close();
  }
}

describe('a client with a certificate', () => {
  it('signs in with it', async () => {
    expect(await systems({ clientCertificate: certificate, tls: { rejectUnauthorized: false } })).toBeGreaterThan(0);
  });

  it('signs in to the one server that it trusts by fingerprint', async () => {
    const fingerprint256 = running.endpoint.https?.fingerprints.sha256 ?? '';
    expect(await systems({ clientCertificate: certificate, tls: { fingerprint256 } })).toBeGreaterThan(0);
  });

  it('is told when the server does not take it', async () => {
    const stranger = await selfSigned({ subject: `CN=${USER}` });
    const call = systems({ clientCertificate: stranger, tls: { rejectUnauthorized: false } });
    await expect(call).rejects.toMatchObject({ failure: 'unauthorized' });
  });

  it.each([
    ['over plain HTTP', { url: 'http://127.0.0.1:5985/wsman' }, 'over https only'],
    ['next to a user', { url: 'https://127.0.0.1/wsman', user: 'alice', password: 'x' }, 'or a user'],
  ])('is refused %s', (_, options, reason) => {
    expect(() => createClient({ ...options, clientCertificate: certificate })).toThrow(reason);
  });
});

describe('--client-cert and --client-key', () => {
  const flags = { url: 'https://127.0.0.1/wsman', namespace: 'x' };

  it('are read from their files', async () => {
    const { cert, key } = certificate;
    const options = await clientOptions({ ...flags, clientCert: file('client.pem'), clientKey: file('client.key') });
    expect(options.clientCertificate).toEqual({ cert, key });
  });

  it.each([
    ['one of them alone', { clientCert: 'x' }, '--client-cert and --client-key go together'],
    ['a user beside them', { clientCert: 'x', clientKey: 'x', user: 'a:b' }, 'either --user signs in'],
    ['a file that is not there', { clientCert: '/nowhere/x', clientKey: 'y' }, 'cannot read /nowhere/x (ENOENT)'],
  ])('are refused: %s', async (_, given, reason) => {
    await expect(clientOptions({ ...flags, ...given })).rejects.toThrow(reason);
  });
});

describe('commands with --client-cert', () => {
  async function run(add: typeof addDoctorCommand, ...args: string[]) {
    const terminal = recordingTerminal();
    const program = new Command('cimulator');
    add(program, terminal);
    const certificateFlags = ['--client-cert', file('client.pem'), '--client-key', file('client.key')];
    await program.parseAsync([...args, '--insecure', ...certificateFlags], { from: 'user' });
    return terminal.seen;
  }
  const url = () => running.endpoint.https?.url ?? '';

  it('identify as somebody: security profiles are for those', async () => {
    const { out } = await run(addIdentifyCommand, 'identify', '--url', url());
    expect(out).toContain('secprofile/https/mutual');
  });

  it('are tried by the doctor, in place of the schemes for accounts', async () => {
    const { out, exitCode } = await run(addDoctorCommand, 'doctor', url());
    expect(out).toMatch(/^ok +sign-in certificate +signed in$/m);
    expect(out).toMatch(/^ok +namespace /m);
    expect(out).not.toMatch(/sign-in (?:Negotiate|Basic)/);
    expect(exitCode).toBe(0);
  });
});
