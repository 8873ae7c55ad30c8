import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createBasicScheme } from '../../src/auth/basic.js';
import type { MessageSecurity } from '../../src/auth/message-security.js';
import { createNegotiateScheme, createNtlmScheme, type NegotiateOptions } from '../../src/auth/negotiate.js';
import { tlsServerEndPoint } from '../../src/auth/tls-server-end-point.js';
import { makeSelfSignedCertificate } from '../../src/http/self-signed-certificate.js';
import { accounts, NAMES } from '../auth/negotiation.js';
import { gate } from './gate.js';
import { RawConnection } from './raw-connection.js';
import { rawRequest, type SealingClientOptions, SOAP, seal, sealingClient, unseal } from './sealing-client.js';
import { ENVELOPE, startTestListeners, type TestListenersOptions } from './test-listeners.js';

const CLEAR = { type: SOAP, bytes: Buffer.from(ENVELOPE) };
const NOTHING = { type: SOAP, bytes: Buffer.alloc(0) };
const alice = (password: string) => `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;

async function startServer(options: TestListenersOptions = {}, negotiate: Partial<NegotiateOptions> = {}) {
  const users = await accounts();
  const scheme = { names: NAMES, ...negotiate };
  const schemes = [createNegotiateScheme(users, scheme), createNtlmScheme(users, scheme), createBasicScheme(users)];
  return startTestListeners({ schemes, ...options });
}

/** A server and a connection that somebody has signed in on. */
async function signedIn(options: TestListenersOptions = {}, client: SealingClientOptions = {}) {
  const server = await startServer(options);
  const connection = await server.connect();
  const { security } = await signInOn(connection, client);
  return { server, connection, security };
}

/** Signs in and gives what was agreed on; `undefined` where sealing was not. */
async function signInOn(connection: RawConnection, options: SealingClientOptions = {}) {
  const client = sealingClient(connection, options);
  const response = await client.signIn();
  if (response.status !== 200) throw new Error(`not signed in: ${response.status}`);
  return { response, security: options.seal === false ? NO_SECURITY : client.security };
}
const NO_SECURITY: MessageSecurity = {
  protocol: 'none',
  wrap: (message) => ({ token: Buffer.alloc(16), sealed: message }),
  unwrap: (_token, sealed) => sealed,
};

/** Sends a sealed envelope and reads what the service made of it. */
async function askSealed(connection: RawConnection, security: MessageSecurity, message: string = ENVELOPE) {
  const response = await connection.send(rawRequest(await seal(security, message))).response();
  return { ...response, ...(await unseal(security, response)) };
}

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

describe('sealed messages', () => {
  it('belong to the user of the connection, one after the other', async () => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    for (const body of ['<a/>', '<b/>', '<c/>'])
      expect(JSON.parse((await askSealed(connection, security, body)).text)).toMatchObject({ user: 'alice', body });
    connection.destroy();
  });

  it('are answered in order when they arrive together', async () => {
    const first = gate();
    const { server, connection, security } = await signedIn({
      answer: async ({ body }) => {
        const text = Buffer.from(body).toString('utf8');
        if (text === '<a/>') await first.passed;
        else first.open();
        return { status: 200, contentType: SOAP, body: text, outcome: {} };
      },
    });
    await using _ = server;
    const requests = [await seal(security, '<a/>'), await seal(security, '<b/>')].map((body) => rawRequest(body));
    connection.send(Buffer.concat(requests));
    first.open();
    const texts = [];
    for (const _request of requests) texts.push((await unseal(security, await connection.response())).text);
    expect(texts).toEqual(['<a/>', '<b/>']);
    connection.destroy();
  });

  it.each([true, false])('are framed as the request was: TABs %s', async (tabs) => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    const response = await connection.send(rawRequest(await seal(security, ENVELOPE, { tabs }))).response();
    expect((await unseal(security, response)).tabs).toBe(tabs);
    connection.destroy();
  });

  it('carry their character set inside', async () => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    const text = Buffer.from(`\ufeff${ENVELOPE}`, 'utf16le');
    const body = await seal(security, text, { contentType: 'application/soap+xml;charset=UTF-16' });
    await unseal(security, await connection.send(rawRequest(body)).response());
    expect(server.requests[0]?.charset).toBe('utf-16');
    expect(Buffer.from(server.requests[0]?.body ?? [])).toEqual(text);
    connection.destroy();
  });

  it('hide faults, too', async () => {
    const fault = { status: 500, contentType: SOAP, body: '<fault/>', outcome: {} };
    const { server, connection, security } = await signedIn({ answer: async () => fault });
    await using _ = server;
    const { status, text, contentType } = await askSealed(connection, security);
    expect({ status, text, contentType }).toEqual({ status: 500, text: '<fault/>', contentType: SOAP });
    connection.destroy();
  });

  it('are opened over HTTPS as well', async () => {
    await using server = await startServer({ identity: await makeSelfSignedCertificate() });
    const connection = await RawConnection.open(server.httpsPort, { tls: true });
    const { security } = await signInOn(connection);
    expect(JSON.parse((await askSealed(connection, security)).text)).toMatchObject({ user: 'alice' });
    connection.destroy();
  });

  it.each<[string, (security: MessageSecurity) => Promise<Buffer>]>([
    ['changed', async (security) => altered(rawRequest(await seal(security, ENVELOPE)))],
    ['sealed with another key', async () => rawRequest(await seal({ ...NO_SECURITY, protocol: PROTOCOL }, ENVELOPE))],
    [
      'reordered',
      async (security) => {
        await seal(security, ENVELOPE);
        return rawRequest(await seal(security, ENVELOPE));
      },
    ],
    ['cut', async (security) => rawRequest(cut(await seal(security, ENVELOPE)))],
    ['of another protocol', async (security) => rawRequest(renamed(await seal(security, ENVELOPE)))],
    ['not SOAP', async (security) => rawRequest(await seal(security, ENVELOPE, { contentType: 'text/html' }))],
  ])('end the connection, unheard, when they are %s', async (_what, make) => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    connection.send(await make(security));
    await connection.closed;
    expect(server.requests).toEqual([]);
    expect(server.log.join('')).toContain('sealed message refused');
  });

  it('end the connection when they come twice', async () => {
    const { server, connection, security } = await signedIn();
    await using _ = server;
    const message = rawRequest(await seal(security, ENVELOPE));
    await connection.send(message).response();
    connection.send(message);
    await connection.closed;
    expect(server.requests).toHaveLength(1);
    expect(server.log.join('')).toContain('replayed');
  });

  it('are refused where nobody signed in', async () => {
    await using server = await startServer();
    const { status } = await server.ask(rawRequest(await seal({ ...NO_SECURITY, protocol: PROTOCOL }, ENVELOPE)));
    expect({ status, requests: server.requests }).toEqual({ status: 401, requests: [] });
  });

  it('are refused where sealing was not agreed on', async () => {
    const { server, connection, security } = await signedIn({}, { seal: false });
    await using _ = server;
    const body = await seal({ ...security, protocol: PROTOCOL }, ENVELOPE);
    expect((await connection.send(rawRequest(body)).response()).status).toBe(415);
    connection.destroy();
  });

  it('that are too large leave a connection on which nobody is signed in', async () => {
    const { server, connection, security } = await signedIn({ limits: { maxBodyBytes: 100 } });
    await using _ = server;
    const large = await seal(security, `<a>${'x'.repeat(20_000)}</a>`);
    expect((await connection.send(rawRequest(large)).response()).status).toBe(413);
    expect((await connection.send(rawRequest(await seal(security, ENVELOPE))).response()).status).toBe(401);
    connection.destroy();
  });
});

describe('messages in clear over plain HTTP', () => {
  it('are refused from who agreed to seal them', async () => {
    const { server, connection } = await signedIn();
    await using _ = server;
    expect((await connection.send(rawRequest(CLEAR)).response()).status).toBe(403);
    expect(server.requests).toEqual([]);
    connection.destroy();
  });

  it('are taken when that is allowed by name', async () => {
    const { server, connection } = await signedIn({ allowUnencrypted: true });
    await using _ = server;
    expect((await connection.send(rawRequest(CLEAR)).response()).status).toBe(200);
    connection.destroy();
  });

  it('are taken from this machine where sealing was not agreed on', async () => {
    const { server, connection } = await signedIn({}, { seal: false });
    await using _ = server;
    expect(JSON.parse((await connection.send(rawRequest(CLEAR)).response()).body)).toMatchObject({ user: 'alice' });
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
    const { server, connection } = await signedIn({ allowUnencrypted: true });
    await using _ = server;
    const statuses: number[] = [];
    for (const fields of [{}, headers, {}])
      statuses.push((await connection.send(rawRequest(CLEAR, fields)).response()).status);
    expect(statuses).toEqual([200, 401, 401]);
    expect(server.requests).toHaveLength(1);
    connection.destroy();
  });

  it('forgets it with a Basic request that is let in', async () => {
    const { server, connection } = await signedIn({ allowUnencrypted: true });
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
    const { server, connection } = await signedIn({ allowUnencrypted: true });
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

const PROTOCOL = 'application/HTTP-SPNEGO-session-encrypted';
/** NEGOTIATE_MESSAGE of a client that asks for everything. */
const NTLM_NEGOTIATE = 'TlRMTVNTUAABAAAAt4II4gAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==';

/** One bit in the sealed part. */
function altered(request: Buffer): Buffer {
  const at = request.lastIndexOf('--Encrypted') - 1;
  request.writeUInt8(request.readUInt8(at) ^ 1, at);
  return request;
}

function cut({ type, bytes }: { type: string; bytes: Buffer }) {
  return { type, bytes: bytes.subarray(0, bytes.length - 30) };
}

function renamed({ type, bytes }: { type: string; bytes: Buffer }) {
  return { type: type.replace('SPNEGO', 'Kerberos'), bytes };
}
