import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MessageSecurityError } from '../../src/auth/message-encryption/message-security.js';
import { createBasicScheme } from '../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../src/auth/schemes/negotiate.js';
import { makeSelfSignedCertificate } from '../../src/http/self-signed-certificate.js';
import type { Delivery, WsmanRequest } from '../../src/wsman/wsman-service.js';
import { accounts, NAMES } from '../auth/negotiation.js';
import { RawConnection } from './raw-connection.js';
import { rawRequest, SOAP, seal, sealingClient, unseal } from './sealing-client.js';
import { httpRequest, startTestListeners } from './test-listeners.js';

const identity = await makeSelfSignedCertificate();
const BASIC = { Authorization: `Basic ${Buffer.from('alice:secret').toString('base64')}` };
const ENVELOPE =
  '<s:Envelope><s:Header><a:RelatesTo>uuid:1</a:RelatesTo></s:Header><s:Body>' +
  `${'x'.repeat(900)}</s:Body></s:Envelope>`;

/** Listeners whose service answers `slow` as the delivery says, and anything else at once. */
async function startServer(delivery: Delivery) {
  const users = await accounts();
  const answer = ({ body }: WsmanRequest) =>
    Promise.resolve({
      status: 200,
      contentType: SOAP,
      body: ENVELOPE,
      outcome: {},
      ...(Buffer.from(body).toString() === 'slow' && { delivery }),
    });
  const schemes = [createNegotiateScheme(users, { names: NAMES }), createBasicScheme(users)];
  return startTestListeners({ schemes, identity, answer, limits: { stallTimeoutMs: 20_000 }, graceMs: 20_000 });
}
type Server = Awaited<ReturnType<typeof startServer>>;

/** A connection on which messages can be sent. */
interface Talk {
  readonly connection: RawConnection;
  request(message: string): Promise<string | Buffer>;
  /** The text of an answer's body. */
  read(body: string): Promise<string>;
}

const clear = (connection: RawConnection): Talk => ({
  connection,
  request: async (message) => httpRequest({ headers: BASIC, body: message }),
  read: async (body) => body,
});

async function sealed({ port }: Server): Promise<Talk> {
  const connection = await RawConnection.open(port);
  const client = sealingClient(connection);
  await client.signIn();
  return {
    connection,
    request: async (message) => rawRequest(await seal(client.security, message)),
    read: async (body) => {
      const headers = new Map([['content-type', contentTypeOfSealed]]);
      return (await unseal(client.security, { status: 200, headers, body })).text;
    },
  };
}
const contentTypeOfSealed =
  'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';

const ways: readonly (readonly [string, (server: Server) => Promise<Talk>])[] = [
  ['in clear', async ({ port }) => clear(await RawConnection.open(port))],
  ['over TLS', async ({ httpsPort }) => clear(await RawConnection.open(httpsPort, { tls: true }))],
  ['sealed', sealed],
];

/** Sends `slow`, and gives how long its whole answer took. */
async function askSlow({ connection, request, read }: Talk) {
  const message = await request('slow');
  const startedAt = performance.now();
  const response = await connection.send(message).response();
  return { ms: performance.now() - startedAt, status: response.status, text: await read(response.body) };
}

/** Sends `slow`, and gives what came before the connection ended, and how it ended. */
async function askUntilEnd({ connection, request }: Talk) {
  connection.send(await request('slow'));
  await connection.closed;
  const [head = '', body = ''] = connection.received.split('\r\n\r\n');
  return { head, body, failure: connection.failure };
}

describe.each(ways)('an answer %s', (_way, open) => {
  it('has the status that is wanted', async () => {
    await using server = await startServer({ status: 503 });
    const talk = await open(server);
    expect(await askSlow(talk)).toMatchObject({ status: 503, text: ENVELOPE });
    talk.connection.destroy();
  });

  it('begins after the delay, and the connection goes on', async () => {
    await using server = await startServer({ delayMs: 150 });
    const talk = await open(server);
    const first = await askSlow(talk);
    const second = await askSlow(talk);
    expect([first.text, second.text]).toEqual([ENVELOPE, ENVELOPE]);
    expect(Math.min(first.ms, second.ms)).toBeGreaterThanOrEqual(149);
    talk.connection.destroy();
  });

  it('comes no faster than the rate, and is whole', async () => {
    await using server = await startServer({ bytesPerSecond: 5_000 });
    const talk = await open(server);
    const { ms, text } = await askSlow(talk);
    expect(text).toBe(ENVELOPE);
    expect(ms).toBeGreaterThan(180);
    talk.connection.destroy();
  });

  it.each(['close', 'reset'] as const)('is cut by a %s after so many bytes of its body', async (how) => {
    await using server = await startServer({ cutAfter: 100, end: { how, when: 'within' } });
    const { head, body, failure } = await askUntilEnd(await open(server));
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(body).toHaveLength(100);
    expect(failure).toBe(how === 'reset' ? 'ECONNRESET' : undefined);
  });

  it.each(['close', 'reset'] as const)('is not sent at all where a %s comes before it', async (how) => {
    await using server = await startServer({ end: { how, when: 'before' } });
    const { head, failure } = await askUntilEnd(await open(server));
    expect(head).toBe('');
    expect(failure).toBe(how === 'reset' ? 'ECONNRESET' : undefined);
  });

  it.each(['close', 'reset'] as const)('is whole where a %s comes after it', async (how) => {
    await using server = await startServer({ end: { how, when: 'after' } });
    const talk = await open(server);
    const { text } = await askSlow(talk);
    await talk.connection.closed;
    expect(text).toBe(ENVELOPE);
    expect(talk.connection.failure).toBe(how === 'reset' ? 'ECONNRESET' : undefined);
  });

  it('stands still after so many bytes of its body', async () => {
    await using server = await startServer({ stallAfter: 100 });
    const talk = await open(server);
    talk.connection.send(await talk.request('slow'));
    const body = () => talk.connection.received.split('\r\n\r\n')[1] ?? '';
    await expect.poll(() => body().length, { timeout: 5_000 }).toBe(100);
    await wait(300);
    expect(body()).toHaveLength(100);
    talk.connection.destroy();
  });

  it('relates to what it is told to', async () => {
    await using server = await startServer({ relatesTo: 'uuid:forged' });
    const talk = await open(server);
    expect((await askSlow(talk)).text).toBe(ENVELOPE.replace('uuid:1', 'uuid:forged'));
    talk.connection.destroy();
  });

  it('keeps those behind it on its connection waiting, and nobody else', async () => {
    await using server = await startServer({ delayMs: 300 });
    const [talk, other] = [await open(server), await open(server)];
    const startedAt = performance.now();
    talk.connection.send(await talk.request('slow')).send(await talk.request('quick'));
    await other.connection.send(await other.request('quick')).response();
    const othersMs = performance.now() - startedAt;
    await talk.connection.response();
    await talk.connection.response();
    expect(othersMs).toBeLessThan(250);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(299);
    talk.connection.destroy();
    other.connection.destroy();
  });

  it.each([
    ['a delay', { delayMs: 60_000 }],
    ['a slow body', { bytesPerSecond: 1 }],
    ['a body that stands still', { stallAfter: 10 }],
  ])('is whole at once when the endpoint closes during %s', async (_what, delivery) => {
    const server = await startServer(delivery);
    const talk = await open(server);
    const pending = askSlow(talk);
    while (server.requests.length === 0) await wait(5);
    const startedAt = performance.now();
    await server.listeners.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect((await pending).text).toBe(ENVELOPE);
  });

  it.each([
    ['a delay', { delayMs: 60_000 }],
    ['a slow body', { bytesPerSecond: 1 }],
    ['a body that stands still', { stallAfter: 10 }],
  ])('is over when the client goes away during %s', async (_what, delivery) => {
    await using server = await startServer(delivery);
    const talk = await open(server);
    talk.connection.send(await talk.request('slow'));
    while (server.requests.length === 0) await wait(5);
    talk.connection.destroy();
    const isLogged = () => server.log.some((line) => line.includes('"msg":"wsman"'));
    await expect.poll(isLogged, { timeout: 5_000 }).toBe(true);
  });
});

describe('an answer behind one that is not yet written', () => {
  /** More than the system takes from a server whose client does not read. */
  const LONG = 'x'.repeat(12_000_000);

  async function askBehindLong(delivery: Delivery) {
    const answer = ({ body }: WsmanRequest) => {
      const isLong = Buffer.from(body).toString() === 'long';
      const wanted = isLong ? { body: LONG } : { body: ENVELOPE, delivery };
      return Promise.resolve({ status: 200, contentType: SOAP, outcome: {}, ...wanted });
    };
    const server = await startTestListeners({ answer });
    const connection = (await server.connect()).pause();
    connection.send(httpRequest({ body: 'long' }) + httpRequest({ body: 'slow' }));
    while (server.requests.length < 2) await wait(5);
    await wait(50);
    return { server, connection: connection.resume() };
  }

  it('comes all the same', async () => {
    const { server, connection } = await askBehindLong({ delayMs: 1 });
    await using _server = server;
    await expect.poll(() => connection.received.length, { timeout: 10_000 }).toBeGreaterThan(LONG.length + 500);
    expect((await connection.response()).body.length).toBe(LONG.length);
    expect((await connection.response()).body).toBe(ENVELOPE);
    connection.destroy();
  });

  it('is cut where it is to be, and the one before it is whole', async () => {
    const { server, connection } = await askBehindLong({ cutAfter: 10 });
    await using _server = server;
    await connection.closed;
    expect((await connection.response()).body.length).toBe(LONG.length);
    expect(connection.received.split('\r\n\r\n')[1]).toBe(ENVELOPE.slice(0, 10));
  });
});

describe('a forged signature', () => {
  it('makes a sealed answer one that does not verify', async () => {
    await using server = await startServer({ forgedSignature: true });
    const talk = await sealed(server);
    await expect(askSlow(talk)).rejects.toThrow(MessageSecurityError);
    talk.connection.destroy();
  });

  it('changes nothing of an answer in clear', async () => {
    await using server = await startServer({ forgedSignature: true });
    const talk = clear(await server.connect());
    expect((await askSlow(talk)).text).toBe(ENVELOPE);
    talk.connection.destroy();
  });
});

describe('a status that asks for credentials', () => {
  it('names the schemes, as without credentials', async () => {
    await using server = await startServer({ status: 401 });
    const talk = clear(await server.connect());
    const asked = await talk.connection.send(await talk.request('slow')).response();
    const without = await talk.connection.send(httpRequest({ body: 'slow' })).response();
    expect(asked.status).toBe(401);
    expect(asked.headers.get('www-authenticate')).toBe(without.headers.get('www-authenticate'));
    talk.connection.destroy();
  });
});

describe('a status without a body', () => {
  it.each([204, 304])('takes the body away: %i', async (status) => {
    await using server = await startServer({ status });
    const talk = clear(await server.connect());
    const first = await askSlow(talk);
    const second = await talk.connection.send(await talk.request('quick')).response();
    expect({ first: [first.status, first.text], second: second.status }).toEqual({ first: [status, ''], second: 200 });
    talk.connection.destroy();
  });
});
