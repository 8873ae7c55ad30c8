import { describe, expect, it } from 'vitest';
import { createLockOut } from '../../../src/auth/lock-out/lock-out.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../../src/auth/schemes/negotiate.js';
import { accounts, NAMES } from '../../auth/negotiation.js';
import { rawRequest, type SealingClientOptions, SOAP, seal, sealingClient } from '../../http/sealing-client.js';
import { ENVELOPE, httpRequest, startTestListeners } from '../../http/test-listeners.js';

/** A server that logs what `cimulator serve` does unless it is told otherwise. */
async function startServer() {
  const users = await accounts();
  await users.add('old', 'secret');
  const lockOut = createLockOut();
  const schemes = [
    createNegotiateScheme(users, { names: NAMES, lockOut, domain: 'matched' }),
    createBasicScheme(users, { lockOut }),
  ];
  return Object.assign(await startTestListeners({ schemes, accounts: users, logLevel: 'warn' }), { users });
}
const basic = (text: string) =>
  httpRequest({ headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` } });
type Server = Awaited<ReturnType<typeof startServer>>;

async function signIn(server: Server, options: SealingClientOptions) {
  const connection = await server.connect();
  const client = sealingClient(connection, options);
  const response = await client.signIn();
  return { connection, client, response };
}

describe('the log of serve, at its default level, names the true reason of', () => {
  it.each([
    ['an unknown user', 'mallory:x', 'no such user: "mallory"'],
    ['a wrong password', 'alice:x', 'wrong password for "alice"'],
    ['a header that cannot be read', 'alice', 'no colon between name and password'],
  ])('%s with Basic', async (_what, text, reason) => {
    await using server = await startServer();
    const { status, body } = await server.ask(basic(text));
    expect({ status, body }).toEqual({ status: 401, body: expect.stringMatching(/^Sign in first: .*\n?$/) });
    expect(JSON.parse(server.log.join(''))).toMatchObject({ level: 40, reason: `Basic: ${reason}`, peer: '127.0.0.1' });
  });

  it.each([
    ['an unknown user', { user: 'mallory' }, 'no such user: "mallory"'],
    ['a wrong password', { password: 'x' }, 'wrong password for "alice"'],
    ['another domain', { domain: 'ELSEWHERE' }, 'the domain "ELSEWHERE" is not ours'],
    ['a channel binding', { serverEndPoint: Buffer.alloc(32, 1) }, 'a channel binding on a connection without TLS'],
  ] as readonly (readonly [string, SealingClientOptions, string])[])(
    '%s with Negotiate',
    async (_what, options, reason) => {
      await using server = await startServer();
      const { response } = await signIn(server, options);
      expect(response.status).toBe(401);
      expect(JSON.parse(server.log.join('')).reason).toContain(reason);
    },
  );

  it('a disabled scheme', async () => {
    await using server = await startServer();
    await server.ask(httpRequest({ headers: { Authorization: 'Kerberos YII=' } }));
    expect(JSON.parse(server.log.join('')).reason).toBe('the scheme Kerberos is not enabled');
  });

  it('being locked out', async () => {
    await using server = await startServer();
    for (let i = 0; i < 7; i++) await server.ask(basic(`alice:${i}`));
    expect(JSON.parse(server.log.at(-1) ?? '').reason).toMatch(
      /^Basic: locked out after 6 wrong passwords from 127.0.0.1, for another 1 s \(user "alice"\)$/,
    );
  });

  it('a message in clear where sealing was agreed on', async () => {
    await using server = await startServer();
    const { connection } = await signIn(server, {});
    const clear = rawRequest({ type: SOAP, bytes: Buffer.from(ENVELOPE) });
    expect((await connection.send(clear).response()).status).toBe(403);
    expect(JSON.parse(server.log.join(''))).toMatchObject({ user: 'alice', msg: 'a message in clear was refused' });
  });

  it.each([
    [
      'a sign-in that ended with its password',
      {},
      'got another password, since the connection was signed in (user "alice")',
    ],
    ['a proxy on a connection that is signed in', { Via: '1.1 proxy' }, 'a proxy forwarded the request'],
  ])('%s', async (_what, headers, reason) => {
    await using server = await startServer();
    const { connection, client } = await signIn(server, {});
    if (!('Via' in headers)) await server.users.add('alice', 'another');
    const message = rawRequest(await seal(client.security, ENVELOPE), headers);
    expect((await connection.send(message).response()).status).toBe(401);
    expect(JSON.parse(server.log.join(''))).toMatchObject({ level: 40, reason: expect.stringContaining(reason) });
  });

  it('a role that is missing', async () => {
    const answer = async () => ({
      status: 500,
      contentType: SOAP,
      body: '<fault/>',
      outcome: { action: 'urn:get', fault: 'AccessDenied', reason: 'this user may not read X' },
    });
    await using server = await startTestListeners({ logLevel: 'warn', answer });
    await server.ask(httpRequest());
    expect(JSON.parse(server.log.join(''))).toMatchObject({
      ...{ level: 40, msg: 'access denied', user: 'alice', action: 'urn:get', reason: 'this user may not read X' },
    });
  });

  it('nothing when all is well', async () => {
    await using server = await startServer();
    await server.ask(rawRequest({ type: SOAP, bytes: Buffer.from(ENVELOPE) }));
    await server.ask(basic('alice:secret'));
    const { connection, client } = await signIn(server, {});
    await connection.send(rawRequest(await seal(client.security, ENVELOPE))).response();
    expect(server.log).toEqual([]);
  });
});
