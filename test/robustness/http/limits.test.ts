import { describe, expect, it } from 'vitest';
import type { WsmanResponse } from '../../../src/wsman/wsman-service.js';
import { gate } from '../../http/gate.js';
import { RawConnection } from '../../http/raw-connection.js';
import { echo, httpRequest, startTestListeners } from '../../http/test-listeners.js';

const SHORT = { headersTimeoutMs: 60, requestTimeoutMs: 60 };

describe('limits', () => {
  it('answers a 100 KB header with 431 and closes', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.send(httpRequest({ headers: { 'X-Long': 'x'.repeat(100_000) } }));
    expect((await connection.response()).status).toBe(431);
    await connection.closed;
  });

  it('answers a 100 KB path with 431', async () => {
    await using server = await startTestListeners();
    expect((await server.ask(httpRequest({ path: `/${'x'.repeat(100_000)}` }))).status).toBe(431);
  });

  it.each([
    ['says nothing', ''],
    ['stops within the head', 'POST /wsman HTTP/1.1\r\nHost: x\r\n'],
    ['stops within the body', httpRequest({ headers: { 'Content-Length': '1000' } })],
    [
      'stops within a chunk',
      httpRequest({ headers: { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' }, body: '9\r\nx' }),
    ],
  ])('does not wait for a client that %s', async (_what, bytes) => {
    await using server = await startTestListeners({ limits: SHORT });
    const connection = await server.connect();
    connection.send(bytes);
    expect((await connection.response()).status).toBe(408);
    await connection.closed;
    expect((await server.ask(httpRequest())).status).toBe(200);
  });

  it('closes an idle connection after the keep-alive time', async () => {
    await using server = await startTestListeners({ limits: { keepAliveTimeoutMs: 30 } });
    const connection = await server.connect();
    connection.send(httpRequest());
    expect((await connection.response()).status).toBe(200);
    await connection.closed;
  });

  it('closes connections beyond the most it takes, and takes new ones when old ones are gone', async () => {
    await using server = await startTestListeners({ limits: { maxConnections: 1 } });
    const first = await server.connect();
    first.send(httpRequest());
    await first.response();
    const second = await server.connect();
    await second.closed;
    first.destroy();
    await expect.poll(async () => (await attempt(server.port)) === 200).toBe(true);
  });

  it.each([
    ['say nothing', ''],
    ['have asked for its health', 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['have sent half a head', 'POST /wsman HTTP/1.1\r\nHost: x\r\nX'],
    ['are slow to identify', 'POST /wsman-anon/identify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<'],
  ])('has room for a client and for its health when many connections %s', async (_what, bytes) => {
    await using server = await startTestListeners({ limits: { maxConnections: 20, reservedConnections: 5 } });
    const member = await server.connect();
    member.send(httpRequest());
    expect((await member.response()).status).toBe(200);
    const silent = await Promise.all(Array.from({ length: 40 }, () => server.connect()));
    for (const connection of silent) connection.send(bytes);
    expect(await attempt(server.port)).toBe(200);
    expect((await fetch(`http://127.0.0.1:${server.port}/livez`)).status).toBe(200);
    // Who had signed in did not have to make room.
    member.send(httpRequest());
    expect((await member.response()).status).toBe(200);
    expect(server.log.join('')).toContain('too many connections; one was closed');
    for (const connection of [member, ...silent]) connection.destroy();
  });

  it('closes a connection on which nobody signs in', async () => {
    await using server = await startTestListeners({ limits: { signInTimeoutMs: 300 } });
    const [stranger, member] = [await server.connect(), await server.connect()];
    member.send(httpRequest());
    await member.response();
    stranger.send('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    await stranger.response();
    await stranger.closed;
    member.send(httpRequest());
    expect((await member.response()).status).toBe(200);
    member.destroy();
  });

  it('answers 503 beyond the requests it takes at once, and goes on after', async () => {
    const door = gate();
    await using server = await startTestListeners({
      limits: { maxRequestsInFlight: 1 },
      answer: async (request, call) => {
        await door.passed;
        return echo(request, call);
      },
    });
    const first = await server.connect();
    first.send(httpRequest());
    await expect.poll(() => server.requests.length).toBe(1);
    const { status, headers } = await server.ask(httpRequest());
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    door.open();
    expect((await first.response()).status).toBe(200);
    expect((await server.ask(httpRequest())).status).toBe(200);
    first.destroy();
  });

  it('answers 256 clients at once, many requests each', async () => {
    await using server = await startTestListeners({ logLevel: 'silent' });
    const clients = await Promise.all(Array.from({ length: 256 }, () => server.connect()));
    const statuses = await Promise.all(
      clients.map(async (client) => {
        const own: number[] = [];
        for (let i = 0; i < 5; i++) own.push((await client.send(httpRequest()).response()).status);
        client.destroy();
        return own;
      }),
    );
    expect(statuses.flat()).toEqual(Array(256 * 5).fill(200));
  });

  it.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex')],
    ['a bare line feed', 'POST /wsman HTTP/1.1\nHost: x\n\n'],
    ['a header with a NUL', 'POST /wsman HTTP/1.1\r\nHost: a\0b\r\n\r\n'],
    ['a blank before the colon', 'POST /wsman HTTP/1.1\r\nHost : x\r\n\r\n'],
  ])('answers 400 in plain text to %s', async (_what, bytes) => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    expect((await connection.send(bytes).response()).status).toBe(400);
    await connection.closed;
  });

  it.each(['POST /wsman', 'GET /livez'])('says to %s without Host what is missing', async (line) => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    const { status, headers, body } = await connection.send(`${line} HTTP/1.1\r\n\r\n`).response();
    expect([status, body]).toEqual([400, 'The request has no Host header, which HTTP/1.1 demands.\n']);
    expect(headers.get('content-length')).toBe(String(body.length));
    await connection.closed;
  });

  it('asks no Host of HTTP/1.0, which knows none', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    expect((await connection.send('GET /livez HTTP/1.0\r\n\r\n').response()).status).toBe(200);
  });
});

describe('a running request', () => {
  it('is told when its client goes away', async () => {
    const door = gate<WsmanResponse>();
    await using server = await startTestListeners({ answer: () => door.passed });
    const connection = await server.connect();
    connection.send(httpRequest());
    await expect.poll(() => server.requests.length).toBe(1);
    const client = server.requests[0]?.client;
    connection.destroy();
    await expect.poll(() => client?.aborted).toBe(true);
    door.open({ status: 204, contentType: undefined, body: new Uint8Array(), outcome: {} });
  });

  it('that fails is a 500 without details, and the connection lives', async () => {
    let calls = 0;
    await using server = await startTestListeners({
      answer: (request, call) =>
        calls++ === 0 ? Promise.reject(new Error('at /secret/path.ts:1')) : echo(request, call),
    });
    const connection = await server.connect();
    const broken = await connection.send(httpRequest()).response();
    expect([broken.status, broken.body]).toEqual([500, 'Internal error; the log of the endpoint has the details.\n']);
    expect((await connection.send(httpRequest()).response()).status).toBe(200);
    connection.destroy();
  });

  it('is logged with what it was, whose, and how it ended', async () => {
    await using server = await startTestListeners({ logLevel: 'info' });
    await server.ask(httpRequest());
    await expect.poll(() => server.log.length).toBe(1);
    expect(JSON.parse(server.log[0] ?? '')).toMatchObject({
      action: 'urn:echo',
      messageId: 'uuid:1',
      status: 200,
      user: 'alice',
      msg: 'wsman',
    });
  });

  it('logs no more of a long text than a line can bear', async () => {
    await using server = await startTestListeners({
      logLevel: 'info',
      answer: async (request, call) => ({ ...(await echo(request, call)), outcome: { action: 'x'.repeat(100_000) } }),
    });
    await server.ask(httpRequest());
    await expect.poll(() => server.log.length).toBe(1);
    expect(server.log[0]?.length).toBeLessThan(1000);
  });

  it('answers 204 without a body or its length', async () => {
    await using server = await startTestListeners({
      answer: () => Promise.resolve({ status: 204, contentType: undefined, body: new Uint8Array(), outcome: {} }),
    });
    const { status, headers } = await server.ask(httpRequest());
    expect([status, headers.has('content-length'), headers.has('content-type')]).toEqual([204, false, false]);
  });

  it('answers with a length and never in chunks', async () => {
    await using server = await startTestListeners({
      answer: async (request, call) => ({
        ...(await echo(request, call)),
        status: 500,
        body: Buffer.alloc(300_000, 'x'),
      }),
    });
    const { status, headers, body } = await server.ask(httpRequest());
    expect([status, body.length, headers.has('transfer-encoding')]).toEqual([500, 300_000, false]);
    expect(headers.get('content-type')).toBe('application/soap+xml;charset=UTF-8');
  });

  it('keeps its place: pipelined requests are answered in order', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    const bodies = ['<a/>', '<b/>', '<c/>'];
    connection.send(bodies.map((body) => httpRequest({ body })).join(''));
    const answers = [await connection.response(), await connection.response(), await connection.response()];
    expect(answers.map(({ body }) => JSON.parse(body).body)).toEqual(bodies);
    connection.destroy();
  });
});

async function attempt(port: number): Promise<number | undefined> {
  const connection = await RawConnection.open(port);
  try {
    return (await connection.send(httpRequest()).response()).status;
  } catch {
    return undefined;
  } finally {
    connection.destroy();
  }
}
