import { describe, expect, it } from 'vitest';
import { makeSelfSignedCertificate } from '../../src/http/self-signed-certificate.js';
import { gate } from './gate.js';
import { RawConnection } from './raw-connection.js';
import { ENVELOPE, echo, httpRequest, startTestListeners } from './test-listeners.js';

const inHttp10 = (request: string) => request.replace('HTTP/1.1', 'HTTP/1.0');

describe('a client that has closed its half of the connection', () => {
  const chunked = httpRequest({
    headers: { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' },
    body: `${ENVELOPE.length.toString(16)}\r\n${ENVELOPE}\r\n0\r\n\r\n`,
  });

  it.each([
    ['a message', httpRequest(), 200],
    ['a message in chunks', chunked, 200],
    ['a message in HTTP/1.0', inHttp10(httpRequest()), 200],
    ['a message that is refused', httpRequest({ headers: { 'Content-Type': 'text/plain' } }), 415],
    ['a wrong password', httpRequest({ headers: { Authorization: 'Basic YWxpY2U6eA==' } }), 401],
    ['a request to nowhere', httpRequest({ path: '/nowhere' }), 404],
    ['a question about health', 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n', 200],
    ['half of a request', httpRequest().slice(0, -5), 400],
  ])('is answered when it sent %s, and then the connection ends', async (_what, request, status) => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.send(request).end();
    expect((await connection.response()).status).toBe(status);
    await connection.closed;
    expect(connection.received).toBe('');
  });

  it('is answered whatever it sent before, in order', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.send(httpRequest());
    expect((await connection.response()).status).toBe(200);
    connection.send(httpRequest({ body: 'a' }) + httpRequest({ body: 'b' })).end();
    expect(JSON.parse((await connection.response()).body)).toMatchObject({ body: 'a' });
    expect(JSON.parse((await connection.response()).body)).toMatchObject({ body: 'b' });
    await connection.closed;
  });

  it('is answered over TLS', async () => {
    await using server = await startTestListeners({ identity: await makeSelfSignedCertificate() });
    const connection = await RawConnection.open(server.httpsPort, { tls: true });
    connection.send(httpRequest()).end();
    expect((await connection.response()).status).toBe(200);
    await connection.closed;
  });

  it('is told that its request goes on when that takes long', async () => {
    const door = gate();
    await using server = await startTestListeners({
      answer: (request, call) => door.passed.then(() => echo(request, call)),
    });
    const connection = await server.connect();
    connection.send(httpRequest()).end();
    expect((await connection.response()).status).toBe(100);
    door.open();
    let status = 100;
    while (status === 100) ({ status } = await connection.response());
    expect(status).toBe(200);
    await connection.closed;
  });

  it('is told nothing of the kind in HTTP/1.0', async () => {
    await using server = await startTestListeners({
      answer: async (request, call) => {
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        return echo(request, call);
      },
    });
    const connection = await server.connect();
    connection.send(inHttp10(httpRequest())).end();
    expect((await connection.response()).status).toBe(200);
    await connection.closed;
  });
});

describe('a client that has closed its connection', () => {
  it('has its work ended, as it is not there to be told', async () => {
    const ended = gate();
    await using server = await startTestListeners({
      answer: (request, call) =>
        new Promise((resolve) => {
          request.client.signal.addEventListener('abort', () => {
            ended.open();
            resolve(echo(request, call));
          });
        }),
    });
    const connection = await server.connect();
    connection.send(httpRequest());
    await expect.poll(() => server.requests.length).toBe(1);
    connection.destroy();
    await ended.passed;
  });

  it('is let go when it sent nothing', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.end();
    await connection.closed;
    expect(connection.received).toBe('');
  });

  it('is let go when it leaves amid the TLS handshake', async () => {
    await using server = await startTestListeners({ identity: await makeSelfSignedCertificate() });
    const connection = await RawConnection.open(server.httpsPort);
    connection.send(Buffer.of(22, 3, 1, 2, 0, 1)).end();
    await connection.closed;
  });
});
