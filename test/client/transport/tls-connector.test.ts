import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/create-client.js';
import type { ClientTlsOptions } from '../../../src/client/transport/tls-connector.js';
import { createAuthority, SERVER_AUTH } from '../../support/certificate-authority.js';
import { windowsAnswer } from '../answers.js';
import { startFakeServer } from '../fake-server.js';
import { makeSelfSignedCertificate } from '../self-signed-certificate.js';

const HOUR_MS = 3_600_000;

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

let ca = '';
/** What a server shows: `own` is self-signed for its address, `other` from our authority for another host. */
let shown: Record<'own' | 'expired' | 'early' | 'other', { key: string; cert: string }>;
beforeAll(async () => {
  const authority = await createAuthority();
  ca = authority.cert;
  shown = {
    own: await makeSelfSignedCertificate(),
    expired: await makeSelfSignedCertificate({ notBefore: Date.now() - 3 * HOUR_MS }),
    early: await makeSelfSignedCertificate({ notBefore: Date.now() + HOUR_MS }),
    other: await authority.issue({ subject: 'CN=other.example', usages: [SERVER_AUTH] }),
  };
});

async function outcome(certificate: keyof typeof shown, tls: ClientTlsOptions): Promise<string> {
  const server = await startFakeServer({ body: windowsAnswer('<p:ReturnValue>0</p:ReturnValue>') }, shown[certificate]);
  const client = createClient({ url: server.url, tls });
  opened.push(client, server);
  try {
    // The second call may take up a TLS session, in which no certificate is shown.
    await client.invoke('CIM_X', 'Do');
    return `${(await client.invoke('CIM_X', 'Do')).returnValue}`;
  } catch (error) {
    return String(error)
      .replace(/^.*: (?=its certificate)/, '')
      .replace(/:.*/, '');
  }
}

const untrusted = 'its certificate is not trusted';
const otherHost = 'its certificate is for another host name';
const expired = 'its certificate has expired, by the clock of this machine';

describe('a certificate of an unknown issuer', () => {
  it.each([
    ['own', {}, untrusted],
    ['own', { skipCACheck: true }, '0'],
    ['own', { skipCNCheck: true }, untrusted],
    ['other', { skipCACheck: true }, otherHost],
    ['other', { skipCACheck: true, skipCNCheck: true }, '0'],
    ['expired', { skipCACheck: true }, expired],
    ['expired', { skipCACheck: true, skipCNCheck: true }, expired],
    ['early', { skipCACheck: true }, 'its certificate is not valid yet, by the clock of this machine'],
    ['expired', { skipCACheck: true, rejectUnauthorized: false }, '0'],
  ] as const)('%s, %j: %s', async (certificate, tls, expected) => {
    expect(await outcome(certificate, tls)).toBe(expected);
  });
});

describe('a certificate of a trusted issuer for another host', () => {
  it('is refused', async () => {
    expect(await outcome('other', { ca })).toBe(otherHost);
  });

  it('is taken when the name does not matter', async () => {
    expect(await outcome('other', { ca, skipCNCheck: true })).toBe('0');
  });
});
