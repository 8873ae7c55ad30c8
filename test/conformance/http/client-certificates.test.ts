import { once } from 'node:events';
import { connect, type SecureVersion, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';
import {
  type CertificateSchemeOptions,
  createCertificateScheme,
  MUTUAL_PROFILE,
} from '../../../src/auth/certificates/certificate-scheme.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { makeSelfSignedCertificate } from '../../../src/http/self-signed-certificate.js';
import { RawConnection } from '../../http/raw-connection.js';
import { AUTHORIZATION, httpRequest, startTestListeners } from '../../http/test-listeners.js';
import {
  type CertificateAuthority,
  createAuthority,
  type IssuedCertificate,
  SERVER_AUTH,
  selfSigned,
} from '../../support/certificate-authority.js';

const MUTUAL = httpRequest({ headers: { Authorization: MUTUAL_PROFILE } });
const WITHOUT = httpRequest({ headers: { Authorization: undefined } });
const BASIC = httpRequest();

let authority: CertificateAuthority;
let alice: IssuedCertificate;
beforeAll(async () => {
  authority = await createAuthority();
  alice = await authority.issue();
});

interface ServerOptions extends Partial<CertificateSchemeOptions> {
  readonly certificates?: string;
  readonly revocationLists?: string;
}

/** A server that knows alice, by password and by certificates of the authority. */
async function startServer(options: ServerOptions = {}) {
  const { certificates = authority.cert, revocationLists, ...scheme } = options;
  const users = await openUserStore({ cost: { N: 2, r: 1, p: 1 } });
  await users.add('alice', 'open sesame');
  const findAccount = (name: string) => users.list().find((user) => user === name);
  return startTestListeners({
    schemes: [createBasicScheme(users), createCertificateScheme({ findAccount, ...scheme })],
    identity: {
      ...(await makeSelfSignedCertificate()),
      clientAuthorities: { certificates, ...(revocationLists !== undefined && { revocationLists }) },
    },
  });
}

/** What a client with this certificate is answered on a connection of its own, and why. */
async function ask(
  options: ServerOptions,
  client: IssuedCertificate | undefined,
  request = MUTUAL,
  version?: SecureVersion,
) {
  await using server = await startServer(options);
  const tls = { ...client, ...(version && { minVersion: version, maxVersion: version }) };
  const connection = await RawConnection.open(server.httpsPort, { tls });
  const { status, body } = await connection.send(request).response();
  connection.destroy();
  const user = status === 200 ? (JSON.parse(body) as { user?: string }).user : undefined;
  return { status, user, log: server.log.join('') };
}

describe('a client certificate', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('signs in with the header that says so, over %s', async (version) => {
    expect(await ask({}, alice, MUTUAL, version)).toMatchObject({ status: 200, user: 'alice' });
  });

  it('signs in by its user principal name, with or without the domain', async () => {
    const client = await authority.issue({ subject: 'CN=Somebody Else', upn: 'alice@corp.example' });
    expect(await ask({}, client)).toMatchObject({ status: 200, user: 'alice' });
  });

  it('signs in as the account that it is mapped to', async () => {
    const client = await authority.issue({ subject: 'CN=build agent 7,O=Corp' });
    const mappings = [{ name: 'Build Agent *', account: 'alice' }];
    expect(await ask({ mappings }, client)).toMatchObject({ status: 200, user: 'alice' });
  });

  it.each([
    ['of a domain that is ours', 'alice@corp.example', ['corp.example']],
    ['of an account that is called so as a whole', 'alice@corp.example', []],
  ])('signs in by the principal name %s where domains are looked at', async (_, upn, ours) => {
    const client = await authority.issue({ subject: 'CN=Somebody Else', upn });
    const options = ours.length > 0 ? {} : { findAccount: (name: string) => (name === upn ? 'alice' : undefined) };
    const answer = await ask({ ...options, domain: { policy: 'matched', ours } }, client);
    expect(answer).toMatchObject({ status: 200, user: 'alice' });
  });

  it('that is self-signed signs in when it is itself among the authorities', async () => {
    const client = await selfSigned();
    expect(await ask({ certificates: client.cert }, client)).toMatchObject({ status: 200, user: 'alice' });
  });

  it('of the authority signs in where revocation lists are looked at and none names it', async () => {
    const revocationLists = await authority.revoke(await authority.issue());
    expect(await ask({ revocationLists }, alice)).toMatchObject({ status: 200, user: 'alice' });
  });

  it('leaves the password working, whatever certificate there is', async () => {
    expect(await ask({}, await selfSigned(), BASIC)).toMatchObject({ status: 200, user: 'alice' });
    expect(await ask({}, undefined, BASIC)).toMatchObject({ status: 200, user: 'alice' });
  });

  it('signs in the connection: later requests may leave out the header', async () => {
    await using server = await startServer();
    const connection = await RawConnection.open(server.httpsPort, { tls: { ...alice } });
    await connection.send(MUTUAL).response();
    expect((await connection.send(WITHOUT).response()).status).toBe(200);
    connection.destroy();
  });

  it('signs nobody in any more when it has expired: later requests are refused without the header, too', async () => {
    let now = Date.now();
    await using server = await startServer({ now: () => new Date(now) });
    const connection = await RawConnection.open(server.httpsPort, { tls: { ...alice } });
    await connection.send(MUTUAL).response();
    now += 2 * 86_400_000;
    expect((await connection.send(WITHOUT).response()).status).toBe(401);
    expect(server.log.join('')).toContain('the certificate has expired');
    connection.destroy();
  });
});

describe('nobody is signed in', () => {
  it('by a certificate without the header', async () => {
    expect(await ask({}, alice, WITHOUT)).toMatchObject({ status: 401 });
  });

  it('by the header without a certificate', async () => {
    const { status, log } = await ask({}, undefined);
    expect(status).toBe(401);
    expect(log).toContain('the client has shown none');
  });

  it('by the header over plain HTTP', async () => {
    await using server = await startServer();
    expect((await server.ask(MUTUAL)).status).toBe(401);
    expect(server.log.join('')).toContain('over plain HTTP');
  });

  it.each([
    ['a token behind the URI', `${MUTUAL_PROFILE} YWxpY2U=`],
    ['another profile', MUTUAL_PROFILE.replace('mutual', 'mutual/basic')],
    ['the profile of HTTP', MUTUAL_PROFILE.replace('https', 'http')],
  ])('by a certificate and a header with %s', async (_, authorization) => {
    const request = httpRequest({ headers: { Authorization: authorization } });
    expect(await ask({}, alice, request)).toMatchObject({ status: 401 });
  });

  it('after a wrong password on a connection that a certificate had signed in', async () => {
    await using server = await startServer();
    const connection = await RawConnection.open(server.httpsPort, { tls: { ...alice } });
    await connection.send(MUTUAL).response();
    await connection.send(httpRequest({ headers: { Authorization: `${AUTHORIZATION}x` } })).response();
    expect((await connection.send(WITHOUT).response()).status).toBe(401);
    connection.destroy();
  });

  it.each<[string, () => Promise<[ServerOptions, IssuedCertificate]>, string]>([
    [
      'of another authority',
      async () => [{}, await (await createAuthority('CN=Other')).issue()],
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    ['of another authority of the same name', async () => [{}, await (await createAuthority()).issue()], 'TLS: '],
    ['that is self-signed', async () => [{}, await selfSigned()], 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'that has expired',
      async () => [{}, await authority.issue({ notAfter: new Date(Date.now() - 1000) })],
      'CERT_HAS_EXPIRED',
    ],
    [
      'that is not valid yet',
      async () => [{}, await authority.issue({ notBefore: new Date(Date.now() + 3_600_000) })],
      'CERT_NOT_YET_VALID',
    ],
    ['for servers', async () => [{}, await authority.issue({ usages: [SERVER_AUTH] })], 'INVALID_PURPOSE'],
    [
      'for no purpose by name',
      async () => [{}, await authority.issue({ usages: [] })],
      'not one for client authentication',
    ],
    ['that was revoked', async () => [{ revocationLists: await authority.revoke(alice) }, alice], 'CERT_REVOKED'],
    [
      'without its authority among the revocation lists',
      async () => [{ revocationLists: await (await createAuthority('CN=Other')).revoke() }, alice],
      'UNABLE_TO_GET_CRL',
    ],
    [
      'of somebody without an account',
      async () => [{}, await authority.issue({ subject: 'CN=mallory' })],
      'no account for [\\"mallory\\"]',
    ],
    [
      'whose common name alone is an account',
      async () => [{}, await authority.issue({ upn: 'mallory@corp.example' })],
      'no account',
    ],
    [
      'whose common name has the account in it',
      async () => [{}, await authority.issue({ subject: 'CN=alice@corp.example' })],
      'no account',
    ],
    [
      'whose principal name is of another domain',
      async () => [
        { domain: { policy: 'matched', ours: ['corp.example'] } },
        await authority.issue({ upn: 'alice@other.example' }),
      ],
      'the domain \\"other.example\\" is not ours',
    ],
    ['that no mapping fits', async () => [{ mappings: [{ name: 'bob', account: 'alice' }] }, alice], 'no account'],
    [
      'mapped to an account that is not there',
      async () => [{ mappings: [{ name: '*', account: 'root' }] }, alice],
      'no account',
    ],
    [
      'that expires while it is connected',
      async () => [{ now: () => new Date(Date.now() + 2 * 86_400_000) }, alice],
      'the certificate has expired',
    ],
  ])('by a certificate %s', async (_, arrange, reason) => {
    const [options, client] = await arrange();
    const { status, log } = await ask(options, client);
    expect(status).toBe(401);
    expect(log).toContain(reason);
  });
});

describe('a TLS session that is resumed', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('still holds the certificate (%s)', async (version) => {
    await using server = await startServer();
    const session = await sessionOf(server.httpsPort, version, alice);
    // Without certificate and key: what is known of the client comes from the session alone.
    const { reused, status } = await resume(server.httpsPort, version, session);
    expect({ reused, status }).toEqual({ reused: true, status: 200 });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('without a certificate has none (%s)', async (version) => {
    await using server = await startServer();
    const session = await sessionOf(server.httpsPort, version, undefined);
    const { reused, status } = await resume(server.httpsPort, version, session);
    expect({ reused, status }).toEqual({ reused: true, status: 401 });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('with a certificate that was no good is no better (%s)', async (version) => {
    await using server = await startServer();
    const session = await sessionOf(server.httpsPort, version, await selfSigned());
    const { status } = await resume(server.httpsPort, version, session);
    expect(status).toBe(401);
  });
});

async function sessionOf(port: number, version: SecureVersion, client: IssuedCertificate | undefined): Promise<Buffer> {
  const socket = connect({ port, rejectUnauthorized: false, minVersion: version, maxVersion: version, ...client });
  const session = once(socket, 'session') as Promise<[Buffer]>;
  socket.on('secureConnect', () => socket.write(MUTUAL));
  const [bytes] = await session;
  await leave(socket);
  return bytes;
}

async function resume(port: number, version: SecureVersion, session: Buffer) {
  const socket = connect({ port, rejectUnauthorized: false, minVersion: version, maxVersion: version, session });
  await once(socket, 'secureConnect');
  socket.write(MUTUAL);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  const reused = socket.isSessionReused();
  await leave(socket);
  return { reused, status: Number(answer.toString('latin1', 9, 12)) };
}

async function leave(socket: TLSSocket): Promise<void> {
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}
