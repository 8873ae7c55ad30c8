import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { createClient } from '../../../src/client/create-client.js';
import { createHttpTransport } from '../../../src/client/transport/http-transport.js';
import { type TransportFailure, WsmanTransportError } from '../../../src/client/transport/wsman-transport-error.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { windowsAnswer } from '../../client/answers.js';
import { type FakeAnswer, startFakeServer } from '../../client/fake-server.js';
import { makeSelfSignedCertificate } from '../../client/self-signed-certificate.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

function open(options: ClientOptions): WsmanClient {
  const client = createClient(options);
  opened.push(client);
  return client;
}

/** What a call to a server that answers so fails with. */
async function failureOf(
  answer: FakeAnswer | 'never',
  options: Partial<ClientOptions> = {},
): Promise<WsmanTransportError> {
  const server = await startFakeServer(answer);
  opened.push(server);
  return failure(open({ url: server.url, ...options }));
}

async function failure(client: WsmanClient, signal?: AbortSignal): Promise<WsmanTransportError> {
  const error: unknown = await client
    .invoke('CIM_X', 'Do', {}, signal ? { signal } : {})
    .catch((reason: unknown) => reason);
  if (error instanceof WsmanTransportError) return error;
  throw error;
}

function expectLine(error: WsmanTransportError, kind: TransportFailure, text: RegExp): void {
  expect([error.failure, error.message]).toEqual([kind, expect.stringMatching(text)]);
  expect(error.message).not.toContain('\n');
}

describe('an HTTP status without a fault', () => {
  it('401 without credentials says that they are asked for, and the schemes', async () => {
    const headers = { 'www-authenticate': ['Negotiate', 'Basic realm="WSMAN"'] };
    const error = await failureOf({ status: 401, headers });
    expectLine(error, 'unauthorized', /asks for a user name.*offers Negotiate, Basic/);
  });

  it('401 with credentials says that they are wrong', async () => {
    expectLine(await failureOf({ status: 401 }, { user: 'u', password: 'p' }), 'unauthorized', /refused the user name/);
  });

  it.each([
    [404, /HTTP 404: .*check the URL/],
    [413, /HTTP 413: .*larger than the endpoint takes/],
    [415, /HTTP 415: .*content type/],
    [500, /HTTP 500: .*no SOAP fault/],
  ])('%i says what to do', async (status, text) => {
    const error = await failureOf({ status, headers: { 'content-type': 'text/html' }, body: '<html></html>' });
    expectLine(error, 'http', text);
    expect(error.status).toBe(status);
  });

  it('another one shows the text of the server', async () => {
    const answer = { status: 418, headers: { 'content-type': 'text/plain' }, body: 'I am\na teapot' };
    expectLine(await failureOf(answer), 'http', /^HTTP 418: I am a teapot$/);
  });

  it('a redirect is not followed', async () => {
    const error = await failureOf({
      status: 302,
      headers: { location: 'http://127.0.0.1:1/', 'content-type': 'text/html' },
    });
    expectLine(error, 'http', /HTTP 302/);
  });
});

describe('an answer that is no WS-Man message', () => {
  it.each([
    ['HTML', '<html><body>Hi<br></body></html>', /not a WS-Man message/],
    ['a truncated envelope', windowsAnswer('').slice(0, 300), /not a WS-Man message/],
    ['SOAP 1.1', '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>', /SOAP 1\.1/],
    ['an envelope without body', '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"/>', /no Body/],
    ['nothing', '', /the answer is empty/],
  ])('%s is refused', async (_what, body, text) => {
    expectLine(await failureOf({ body }), 'response', text);
  });

  it('is refused when its bytes are no UTF-8', async () => {
    expectLine(await failureOf({ body: Buffer.from([0x3c, 0x61, 0xff, 0x3e]) }), 'response', /encoding/);
  });

  it('is refused when it is longer than allowed', async () => {
    const body = windowsAnswer(`<p:A>${'x'.repeat(20_000)}</p:A>`);
    expectLine(await failureOf({ body }, { maxEnvelopeSize: 8192 }), 'response', /maxEnvelopeSize/);
  });
});

describe('a connection that fails', () => {
  it('because nothing listens says so', async () => {
    const server = await startFakeServer({});
    await server.close();
    expectLine(await failure(open({ url: server.url })), 'connect', /nothing listens there/);
  });

  it('because the host name is unknown says so', async () => {
    expectLine(await failure(open({ url: 'http://no-such-host.invalid:5985' })), 'connect', /host name/);
  });

  it('because the server hangs up asks for the protocol', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    expectLine(await failure(open({ url: `http://127.0.0.1:${port}/wsman` })), 'closed', /right protocol/);
  });

  it('because the server does not answer in time says so', async () => {
    const server = await startFakeServer('never');
    opened.push(server);
    const url = new URL(server.url);
    const transport = createHttpTransport({ url, tls: undefined, connections: 1, maxResponseSize: 8192 });
    opened.push(transport);
    const post = transport.post(Buffer.from('x'), { headers: {}, timeoutMs: 20 });
    await expect(post).rejects.toMatchObject({
      failure: 'timeout',
      message: `${url.origin}: no answer within the time allowed`,
    });
  });

  it('because the caller aborts it says so', async () => {
    const server = await startFakeServer('never');
    opened.push(server);
    const controller = new AbortController();
    const failed = failure(open({ url: server.url }), controller.signal);
    controller.abort(new Error('my own reason'));
    expectLine(await failed, 'aborted', /aborted/);
  });

  it('because the client is closed says so', async () => {
    const client = createClient({ url: 'http://127.0.0.1:5985/wsman' });
    await client.close();
    expectLine(await failure(client), 'closed', /client is closed/);
  });
});

describe('a server with a self-signed certificate', () => {
  let certificate: Awaited<ReturnType<typeof makeSelfSignedCertificate>>;
  beforeAll(async () => {
    certificate = await makeSelfSignedCertificate();
  });

  async function startTls(): Promise<string> {
    const server = await startFakeServer({ body: windowsAnswer('<p:ReturnValue>0</p:ReturnValue>') }, certificate);
    opened.push(server);
    return server.url;
  }

  it('is not trusted', async () => {
    expectLine(await failure(open({ url: await startTls() })), 'tls', /not trusted: give its fingerprint/);
  });

  it.each([
    ['has expired', { notAfter: Date.now() - 60_000 }, /has expired, by the clock/],
    ['is not valid yet', { notBefore: Date.now() + 600_000 }, /is not valid yet, by the clock/],
  ])('that %s says so', async (_what, dates, text) => {
    const { key, cert } = await makeSelfSignedCertificate(dates);
    const server = await startFakeServer({}, { key, cert });
    opened.push(server);
    expectLine(await failure(open({ url: server.url, tls: { ca: cert } })), 'tls', text);
  });

  it('is trusted by its fingerprint, in either spelling', async () => {
    const url = await startTls();
    const plain = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
    const clients = [certificate.fingerprint256, plain].map((fingerprint256) => open({ url, tls: { fingerprint256 } }));
    const results = await Promise.all(clients.map((client) => client.invoke('CIM_X', 'Do')));
    expect(results.map((result) => result.returnValue)).toEqual([0, 0]);
  });

  it('is not trusted by another fingerprint, and hears nothing', async () => {
    const server = await startFakeServer({}, certificate);
    opened.push(server);
    const error = await failure(open({ url: server.url, tls: { fingerprint256: 'ab'.repeat(32) } }));
    expectLine(error, 'tls', /another fingerprint than expected/);
    expect(server.requests).toEqual([]);
  });

  it('is trusted as its own CA', async () => {
    const client = open({ url: await startTls(), tls: { ca: certificate.cert } });
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
  });

  it('is trusted when the check is off', async () => {
    const client = open({ url: await startTls(), tls: { rejectUnauthorized: false } });
    expect((await client.invoke('CIM_X', 'Do')).returnValue).toBe(0);
  });

  it('is not spoken to when the fingerprint is none', () => {
    expect(() => createClient({ url: 'https://127.0.0.1', tls: { fingerprint256: 'abc' } })).toThrow(/64 hexadecimal/);
  });

  it('that speaks plain HTTP is named as such', async () => {
    const server = await startFakeServer({});
    opened.push(server);
    const error = await failure(open({ url: server.url.replace('http:', 'https:') }));
    expectLine(error, 'tls', /is this an https port/);
  });
});

it('a server that speaks something else than HTTP is named as such', async () => {
  const server = createServer((socket) => void socket.resume().end('220 mail.example ESMTP\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  const { port } = server.address() as AddressInfo;
  expectLine(await failure(open({ url: `http://127.0.0.1:${port}/wsman` })), 'response', /the answer is not HTTP/);
});
