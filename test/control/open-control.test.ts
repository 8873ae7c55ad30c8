import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { useControlLab } from './use-control-lab.js';

const open = useControlLab();

/** What a socket answers to bytes, until it is closed or enough has come. */
async function raw(port: number, text: string, enough?: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk;
    if (enough?.test(answer)) socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('the control listener', () => {
  it('says what endpoint it is, to who has the token', async () => {
    const lab = await open();
    expect(lab.token).toMatch(/^[\w-]{43}$/);
    expect(await lab.ask('GET', '/v1')).toEqual({
      status: 200,
      json: {
        ...{ version: expect.any(String), pid: process.pid, http: 'http://127.0.0.1:5985/wsman' },
        ...{ user: 'alice', lab: 'none', namespace: 'root/lab' },
        state: { kind: 'memory', place: 'none', wasFound: false },
      },
    });
    expect((await open()).token).not.toBe(lab.token);
  });

  it.each([
    ['no token', {}, 401],
    ['a wrong token', { Authorization: 'Bearer wrong' }, 401],
    ['a page', { Origin: 'http://rebound.example' }, 403],
  ])('refuses %s in one line of JSON, without a word for browsers', async (_what, headers, status) => {
    const lab = await open();
    const response = await fetch(`${lab.url}/v1`, { headers: headers as Record<string, string> });
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toEqual({ error: { message: expect.stringMatching(/^[^\n]+$/) } });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('refuses a page whose name leads here, before it looks at the token', async () => {
    const lab = await open();
    const answer = await raw(
      lab.port,
      `GET /v1 HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Bearer ${lab.token}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
  });

  it('answers no preflight', async () => {
    const lab = await open();
    const response = await lab.fetch('/v1', {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'POST' },
    });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });

  it('bounds bodies, whether they say their length or not', async () => {
    const lab = await open({ maxBodyBytes: 1000, maxModelBytes: 2000 });
    const body = { query: 'x'.repeat(1000) };
    expect((await lab.ask('POST', '/v1/instances/find', body)).status).toBe(413);
    expect((await lab.ask('POST', '/v1/seed', { sources: [{ mof: 'x'.repeat(1500) }] })).status).toBe(204);
    expect((await lab.ask('POST', '/v1/seed', { sources: [{ mof: 'x'.repeat(2000) }] })).status).toBe(413);
    const chunk = `${'x'.repeat(0x400)}\r\n`;
    const answer = await raw(
      lab.port,
      `POST /v1/reset HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${lab.token}\r\nContent-Type: application/json\r\n` +
        `Transfer-Encoding: chunked\r\n\r\n400\r\n${chunk}400\r\n${chunk}`,
      /\r\n\r\n/,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('reads nothing of a body whose sender has no token', async () => {
    const lab = await open();
    const answer = await raw(
      lab.port,
      'POST /v1/seed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
      /\r\n\r\n\{/,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('ends a request whose body comes too slowly', async () => {
    const lab = await open({ requestTimeoutMs: 300 });
    const answer = await raw(
      lab.port,
      `POST /v1/reset HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${lab.token}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  }, 15_000);

  it('has so many connections, and no more', async () => {
    const lab = await open({ maxConnections: 2 });
    const held = [connect(lab.port, '127.0.0.1'), connect(lab.port, '127.0.0.1')];
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    const third = connect(lab.port, '127.0.0.1').on('error', () => undefined);
    await once(third, 'close');
    for (const socket of held) socket.destroy();
    await vi.waitFor(async () => expect((await lab.ask('GET', '/v1')).status).toBe(200));
  });

  it.each([
    ['POST', '/v1/reste', undefined, 404, { nearest: '/v1/reset' }],
    ['GET', '/v1/reset', undefined, 405, {}],
    ['POST', '/v1/seed', '{"sources": [', 400, {}],
    ['POST', '/v1/seed', '{"__proto__": {}}', 400, {}],
    ['POST', '/v1/seed', undefined, 400, {}],
    ['GET', '/v1/requests?limit=many', undefined, 400, { place: 'limit' }],
    ['GET', '/v1/requests?mehtod=Turn', undefined, 400, { place: 'mehtod', nearest: 'method' }],
    ['GET', '/v1/rules/%E0%A4%A', undefined, 400, {}],
  ])('tells what is wrong in one line: %s %s', async (method, path, body, status, facts) => {
    const lab = await open();
    const found = await lab.ask(method, path, body);
    expect(found).toEqual({ status, json: { error: { message: expect.stringMatching(/^[^\n]+$/), ...facts } } });
  });

  it('takes JSON and nothing else', async () => {
    const lab = await open();
    const response = await lab.fetch('/v1/seed', {
      method: 'POST',
      body: 'a=b',
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(response.status).toBe(415);
  });

  it('logs each call without its token, query and body', async () => {
    const lab = await open();
    await lab.ask('GET', '/v1/requests?user=secret-user');
    await vi.waitFor(() => expect(lab.log).toHaveLength(1));
    expect(lab.log[0]).toMatch(
      /^info control \{"method":"GET","path":"\/v1\/requests","status":200,"ms":[\d.]+,"peer":"127\.0\.0\.1"\}$/,
    );
  });

  it('tells no more of an error that nobody expected than that there was one', async () => {
    const lab = await open();
    lab.kit.reset = () => Promise.reject(new Error('/secret/path is broken'));
    const { status, json } = await lab.ask('POST', '/v1/reset');
    expect([status, json]).toEqual([
      500,
      { error: { message: 'Internal error; the log of the endpoint has the details.' } },
    ]);
    expect(lab.log.some((line) => line.startsWith('error '))).toBe(true);
  });

  it('ends waits and streams when it closes', async () => {
    const lab = await open();
    const wait = lab.ask('POST', '/v1/requests/wait', { timeout: 60_000 });
    const stream = await lab.fetch('/v1/requests/stream');
    const text = stream.text();
    await sleep(50);
    const began = performance.now();
    await lab.close();
    expect(await text).toContain('event: end\ndata: {"reason":"the endpoint closes"}');
    expect(await wait).toEqual({ status: 503, json: { error: { message: 'the endpoint closes' } } });
    expect(performance.now() - began).toBeLessThan(900);
  });

  it('hands out metrics', async () => {
    const response = await (await open()).fetch('/metrics');
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/plain; version=0.0.4',
      'up 1\n',
    ]);
  });

  it('says how to have metrics where there are none', async () => {
    expect(await (await open({}, { isMeasured: false })).ask('GET', '/metrics')).toEqual({
      status: 404,
      json: { error: { message: expect.stringContaining("'cimulator serve --metrics'") } },
    });
  });
});
