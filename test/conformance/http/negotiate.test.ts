import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tlsServerEndPoint } from '../../../src/auth/certificates/tls-server-end-point.js';
import { makeSelfSignedCertificate } from '../../../src/http/self-signed-certificate.js';
import { gate } from '../../http/gate.js';
import { alice, askSealed, CLEAR, NOTHING, signedIn, signInOn, startServer } from '../../http/negotiate-server.js';
import { RawConnection } from '../../http/raw-connection.js';
import { rawRequest, SOAP, seal, sealingClient, unseal } from '../../http/sealing-client.js';
import { ENVELOPE } from '../../http/test-listeners.js';

describe('signing in with Negotiate', () => {
  it('is offered first, in a field of its own, and NTLM is not', async () => {
    await using server = await startServer();
    const { headers } = await server.ask(rawRequest(CLEAR));
    expect(headers.get('www-authenticate')).toBe('Negotiate\nBasic realm="WSMAN"');
  });

  it('ends an empty last leg with 200, no body, and the proof of the server', async () => {
    await using server = await startServer();
    const connection = await server.connect();
    const client = sealingClient(connection);
    const response = await client.signIn();
    expect({ status: response.status, body: response.body }).toEqual({ status: 200, body: '' });
    expect(response.headers.get('www-authenticate')).toMatch(/^Negotiate \S+$/);
    expect(server.requests).toEqual([]);
    connection.destroy();
  });

  it.each([
    ['SPNEGO', {}],
    ['raw NTLM', { raw: true }],
  ])('answers a sealed message on the last leg, sealed: %s', async (_what, options) => {
    await using server = await startServer();
    const connection = await server.connect();
    const client = sealingClient(connection, options);
    const response = await client.signIn((security) => seal(security, ENVELOPE));
    expect(response.status).toBe(200);
    expect(JSON.parse((await unseal(client.security, response)).text)).toMatchObject({ user: 'alice', body: ENVELOPE });
    connection.destroy();
  });

  it('proves itself on the last leg, and only there', async () => {
    await using server = await startServer();
    const connection = await server.connect();
    const client = sealingClient(connection);
    const last = await client.signIn((security) => seal(security, ENVELOPE));
    await unseal(client.security, last);
    const next = await askSealed(connection, client.security);
    expect([last, next].map(({ headers }) => headers.has('www-authenticate'))).toEqual([true, false]);
    connection.destroy();
  });

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['nobody', { user: 'mallory' }],
  ])('refuses %s with 401 and what is enabled', async (_what, options) => {
    await using server = await startServer();
    const connection = await server.connect();
    const { status, headers } = await sealingClient(connection, options).signIn();
    expect({ status, offers: headers.get('www-authenticate') }).toEqual({
      status: 401,
      offers: 'Negotiate\nBasic realm="WSMAN"',
    });
    connection.destroy();
  });

  it.each([
    ['garbage', 'Negotiate AAAA', 401],
    ['an unknown scheme', 'Bearer x', 401],
    ['Basic', alice('secret'), 200],
    ['nothing', undefined, 401],
  ])('takes no answer to a challenge after something else: %s', async (_what, authorization, expected) => {
    await using server = await startServer();
    const connection = await server.connect();
    const statuses: number[] = [];
    const other = rawRequest(CLEAR, authorization === undefined ? {} : { Authorization: authorization });
    const last = await sealingClient(connection).signIn(undefined, async () => {
      statuses.push((await connection.send(other).response()).status);
    });
    expect([...statuses, last.status]).toEqual([expected, 401]);
    connection.destroy();
  });

  it('takes a message in clear over HTTPS, with the binding to its certificate', async () => {
    const identity = await makeSelfSignedCertificate();
    await using server = await startServer({ identity }, { channelBinding: 'strict' });
    const serverEndPoint = tlsServerEndPoint(new X509Certificate(identity.certificate).raw);
    const connection = await RawConnection.open(server.httpsPort, { tls: true });
    const client = sealingClient(connection, { serverEndPoint });
    expect(JSON.parse((await client.signIn(async () => CLEAR)).body)).toMatchObject({ user: 'alice' });
    connection.destroy();
  });

  it.each([
    ['of another certificate', { serverEndPoint: Buffer.alloc(32, 7) }],
    ['that is missing', {}],
  ])('refuses a binding %s when it is required', async (_what, options) => {
    const identity = await makeSelfSignedCertificate();
    await using server = await startServer({ identity }, { channelBinding: 'strict' });
    const connection = await RawConnection.open(server.httpsPort, { tls: true });
    expect((await sealingClient(connection, options).signIn()).status).toBe(401);
    expect(server.log.join('')).toContain('channel binding');
    connection.destroy();
  });
});

describe('a connection that somebody has signed in on', () => {
  it.each([
    ['empty', { Authorization: '' }],
    ['a scheme alone', { Authorization: 'Negotiate' }],
    ['garbage', { Authorization: 'Negotiate AAAA' }],
    ['an unknown scheme', { Authorization: 'Bearer x' }],
    ['a wrong password', { Authorization: alice('wrong') }],
    ['two fields', { Authorization: alice('secret'), authorization: alice('secret') }],
  ])('forgets it with the next attempt, whatever that is: %s', async (_what, headers) => {
    const { server, connection } = await signedIn({ allowUnencrypted: 'always' });
    await using _ = server;
    const statuses: number[] = [];
    for (const fields of [{}, headers, {}])
      statuses.push((await connection.send(rawRequest(CLEAR, fields)).response()).status);
    expect(statuses).toEqual([200, 401, 401]);
    expect(server.requests).toHaveLength(1);
    connection.destroy();
  });

  it('forgets it with a Basic request that is let in', async () => {
    const { server, connection } = await signedIn({ allowUnencrypted: 'always' });
    await using _ = server;
    const basic = rawRequest(CLEAR, { Authorization: alice('secret') });
    expect((await connection.send(basic).response()).status).toBe(200);
    expect((await connection.send(rawRequest(CLEAR)).response()).status).toBe(401);
    connection.destroy();
  });

  it('lets another user sign in, who has it from then on', async () => {
    const { server, connection } = await signedIn();
    await using _ = server;
    const { security } = await signInOn(connection, { user: 'bob', password: 'hidden' });
    expect(JSON.parse((await askSealed(connection, security)).text)).toMatchObject({ user: 'bob' });
    connection.destroy();
  });

  it('does not take the new user until the last leg: messages in between are nobody’s', async () => {
    const { server, connection } = await signedIn({ allowUnencrypted: 'always' });
    await using _ = server;
    const begin = rawRequest(NOTHING, { Authorization: `Negotiate ${NTLM_NEGOTIATE}` });
    expect((await connection.send(begin).response()).status).toBe(401);
    expect((await connection.send(rawRequest(CLEAR)).response()).status).toBe(401);
    connection.destroy();
  });

  it('is no other connection: its neighbour is asked who it is', async () => {
    const { server, connection } = await signedIn();
    await using _ = server;
    expect((await server.ask(rawRequest(CLEAR))).status).toBe(401);
    connection.destroy();
  });

  it('never mixes its user with the one of the next connection', async () => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    const other = await server.connect();
    const bob = await signInOn(other, { user: 'bob', password: 'hidden' });
    const users = [];
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all([askSealed(connection, security), askSealed(other, bob.security)]);
      users.push(answers.map(({ text }) => JSON.parse(text).user));
    }
    expect(users).toEqual(Array(3).fill(['alice', 'bob']));
    connection.destroy();
    other.destroy();
  });

  it('answers Identify without credentials as it answers anybody', async () => {
    const { server, connection } = await signedIn();
    await using _ = server;
    const identify = { type: SOAP, bytes: Buffer.from('<wsmid:Identify/>') };
    const answer = await connection.send(rawRequest(identify, { WSMANIDENTIFY: 'unauthenticated' })).response();
    expect(JSON.parse(answer.body)).not.toHaveProperty('user');
    connection.destroy();
  });
});

describe('behind a proxy that may share the connection', () => {
  it.each(['Via', 'X-Forwarded-For', 'Forwarded'])('nobody can sign in: %s', async (name) => {
    await using server = await startServer();
    const connection = await server.connect();
    const response = await sealingClient(connection, { headers: { [name]: '1.1 proxy' } }).signIn();
    expect({ status: response.status, offers: response.headers.get('www-authenticate') }).toMatchObject({
      status: 401,
      offers: expect.stringMatching(/^Negotiate\n/),
    });
    expect(server.log.join('')).toContain('a proxy forwarded the request');
    connection.destroy();
  });

  it('nobody stays signed in', async () => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    const forwarded = rawRequest(await seal(security, ENVELOPE), { Via: '1.1 proxy' });
    expect((await connection.send(forwarded).response()).status).toBe(401);
    expect((await connection.send(rawRequest(await seal(security, ENVELOPE))).response()).status).toBe(401);
    connection.destroy();
  });

  it('Basic goes on as before', async () => {
    await using server = await startServer();
    const headers = { Via: '1.1 proxy', Authorization: alice('secret') };
    expect((await server.ask(rawRequest(CLEAR, headers))).status).toBe(200);
  });
});

it('lets no more than 64 requests wait on one connection', async () => {
  const first = gate();
  await using server = await startServer({
    answer: async () => {
      await first.passed;
      return { status: 200, contentType: SOAP, body: '<a/>', outcome: {} };
    },
  });
  const connection = await server.connect();
  const request = rawRequest(CLEAR, { Authorization: alice('secret') });
  connection.send(Buffer.concat(Array<Buffer>(66).fill(request)));
  const refusals = () => server.log.filter((line) => line.includes('too many requests wait'));
  await expect.poll(refusals).toHaveLength(2);
  first.open();
  const statuses: number[] = [];
  for (let i = 0; i < 66; i++) statuses.push((await connection.response()).status);
  expect(statuses).toEqual([...Array(64).fill(200), 503, 503]);
  connection.destroy();
});

/** NEGOTIATE_MESSAGE of a client that asks for everything. */
const NTLM_NEGOTIATE = 'TlRMTVNTUAABAAAAt4II4gAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==';
