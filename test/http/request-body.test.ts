import { describe, expect, it } from 'vitest';
import { AUTHORIZATION, ENVELOPE, httpRequest, startTestListeners } from './test-listeners.js';

const CHUNKED = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };

describe('request bodies', () => {
  it('arrive whole, in however many pieces', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    const body = 'é'.repeat(100_000);
    const request = Buffer.from(httpRequest({ body }));
    connection.send(request.subarray(0, 300)).send(request.subarray(300, 70_001)).send(request.subarray(70_001));
    await connection.response();
    expect(Buffer.from(server.requests[0]?.body ?? []).toString()).toBe(body);
    connection.destroy();
  });

  it('may be chunked, with trailers', async () => {
    await using server = await startTestListeners();
    const body = '3\r\n<s:\r\n9;ext=1\r\nEnvelope/\r\n1\r\n>\r\n0\r\nX-Trailer: y\r\n\r\n';
    const answer = await server.ask(httpRequest({ headers: CHUNKED, body }));
    expect(JSON.parse(answer.body)).toMatchObject({ body: ENVELOPE });
  });

  it('of exactly the limit are read', async () => {
    await using server = await startTestListeners({ limits: { maxBodyBytes: 1000 } });
    expect((await server.ask(httpRequest({ body: 'x'.repeat(1000) }))).status).toBe(200);
  });

  it('of one byte more are 413', async () => {
    await using server = await startTestListeners({ limits: { maxBodyBytes: 1000 } });
    const { status, body } = await server.ask(httpRequest({ body: 'x'.repeat(1001) }));
    expect({ status, body }).toEqual({ status: 413, body: 'The body is larger than 1000 bytes.\n' });
  });

  it.each([String(12 * 1024 * 1024), String(10 * 1024 ** 3), '99999999999999'])(
    'declared as %s bytes are 413 before one of them is sent',
    async (length) => {
      await using server = await startTestListeners();
      expect((await server.ask(httpRequest({ headers: { 'Content-Length': length }, body: '' }))).status).toBe(413);
    },
  );

  it('of 12 MiB sent without waiting still get to read their 413', async () => {
    await using server = await startTestListeners();
    expect((await server.ask(httpRequest({ body: 'x'.repeat(12 * 1024 * 1024) }))).status).toBe(413);
  });

  it('that grow too large in chunks are 413 and the connection is closed', async () => {
    await using server = await startTestListeners({ limits: { maxBodyBytes: 1000 } });
    const connection = await server.connect();
    connection.send(httpRequest({ headers: CHUNKED, body: '' }));
    connection.send(`400\r\n${'x'.repeat(1024)}\r\n`);
    const { status, headers } = await connection.response();
    expect({ status, connection: headers.get('connection') }).toEqual({ status: 413, connection: 'close' });
    await connection.closed;
  });

  it.each(['-1', '1e3', '0x10', '18446744073709551616', '5, 6'])(
    'with Content-Length %s are 400 at once',
    async (length) => {
      await using server = await startTestListeners();
      const { status, body } = await server.ask(httpRequest({ headers: { 'Content-Length': length }, body: '' }));
      expect({ status, body }).toEqual({
        status: 400,
        body: 'Content-Length is no length, or stands beside Transfer-Encoding.\n',
      });
    },
  );

  it('with two lengths, or a length and chunks, are 400: they are how requests are smuggled', async () => {
    await using server = await startTestListeners();
    const both = httpRequest({ headers: { 'Transfer-Encoding': 'chunked' }, body: '0\r\n\r\n' });
    const twice = httpRequest().replace('\r\n\r\n', '\r\nContent-Length: 1\r\n\r\n');
    const obscured = httpRequest({ headers: { 'Content-Length': undefined, 'Transfer-Encoding': 'xchunked' } });
    const answers = await Promise.all([both, twice, obscured].map((request) => server.ask(request)));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(server.requests).toEqual([]);
  });

  it.each(['g\r\n', '-5\r\nhello\r\n', 'ffffffffffffffffff\r\n', '5\r\nhello!!\r\n'])(
    'with the chunk %j are 400',
    async (chunk) => {
      await using server = await startTestListeners();
      expect((await server.ask(httpRequest({ headers: CHUNKED, body: chunk }))).status).toBe(400);
    },
  );

  it('that are empty are 400 and say so', async () => {
    await using server = await startTestListeners();
    const { status, body } = await server.ask(httpRequest({ body: '' }));
    expect({ status, body }).toEqual({ status: 400, body: 'The request has no body; a SOAP envelope is expected.\n' });
  });

  it('shorter than declared reach nobody', async () => {
    await using server = await startTestListeners({ limits: { requestTimeoutMs: 100, headersTimeoutMs: 100 } });
    const { status } = await server.ask(httpRequest({ headers: { 'Content-Length': '100' } }));
    expect(status).toBe(408);
    expect(server.requests).toEqual([]);
  });

  it('longer than declared are cut, and the rest ends the connection', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.send(httpRequest({ headers: { 'Content-Length': '5' } }));
    expect(JSON.parse((await connection.response()).body)).toMatchObject({ body: ENVELOPE.slice(0, 5) });
    await connection.closed;
    expect(server.requests).toHaveLength(1);
  });

  it('are asked for with 100 Continue when the client waits for it', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    const request = httpRequest({ headers: { Expect: '100-continue' } });
    connection.send(request.slice(0, -ENVELOPE.length));
    expect((await connection.response()).status).toBe(100);
    connection.send(ENVELOPE);
    expect((await connection.response()).status).toBe(200);
    connection.destroy();
  });

  it.each([
    ['without credentials', 401, { Authorization: undefined }],
    ['of the wrong type', 415, { 'Content-Type': 'text/plain' }],
    ['too large', 413, { 'Content-Length': '3000000' }],
  ])('are not asked for when they are not wanted: %s', async (_why, status, headers) => {
    await using server = await startTestListeners();
    const request = httpRequest({
      headers: { Expect: '100-continue', Authorization: AUTHORIZATION, ...headers },
      body: '',
    });
    expect((await server.ask(request)).status).toBe(status);
  });
});
