import { describe, expect, it } from 'vitest';
import { httpRequest, startTestListeners } from './test-listeners.js';

describe('paths and verbs', () => {
  it.each(['/wsman', '/wsman/', '/WSMAN', '/wsman?PSVersion=5.1', '/wsman/?x=%zz', 'http://localhost/wsman'])(
    'answers a POST to %s',
    async (path) => {
      await using server = await startTestListeners();
      expect((await server.ask(httpRequest({ path }))).status).toBe(200);
    },
  );

  it.each([
    '/',
    '/foo',
    '/wsman/x',
    '/wsman2',
    '/wsman/..%2f..%2fetc/passwd',
    '/wsman/%2e%2e/%2e%2e/etc/passwd',
    '/..%5c..%5cwindows',
    '/%zz',
    '/wsman%00',
    '//wsman',
    '*',
  ])('has nothing at %s', async (path) => {
    await using server = await startTestListeners();
    const { status, body } = await server.ask(httpRequest({ path }));
    expect({ status, body }).toEqual({ status: 404, body: 'Not found; WS-Management is at /wsman.\n' });
    expect(server.requests).toEqual([]);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'turns %s /wsman down, naming POST',
    async (method) => {
      await using server = await startTestListeners();
      const connection = await server.connect();
      // HEAD names the length of a body that does not come, so only the head is read: no body is asked for.
      connection.send(httpRequest({ method, headers: { 'Content-Length': '0', Connection: 'close' }, body: '' }));
      if (method === 'HEAD') await connection.closed;
      else {
        const { status, headers } = await connection.response();
        expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
      }
      expect(server.requests).toEqual([]);
    },
  );

  it.each([
    ['no type', 'x'],
    ['no type at all', ';'],
    ['a type whose body is not one', 'application/json'],
    ['another type', 'text/plain'],
  ])('turns other methods down with %s just as well, and reads nothing of the body', async (_, type) => {
    await using server = await startTestListeners();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      for (const path of ['/wsman', '/nowhere']) {
        const fields = { 'Content-Type': type, 'Content-Length': '1000', Connection: 'close' };
        const { status } = await server.ask(httpRequest({ method, path, headers: fields, body: '{' }));
        expect([method, path, status]).toEqual([method, path, path === '/wsman' ? 405 : 404]);
      }
    }
    expect(server.log.filter((line) => line.includes('internal error'))).toEqual([]);
  });

  it('is no proxy', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.send(httpRequest({ method: 'CONNECT', path: 'example.com:443', body: '' }));
    const { status, headers, body } = await connection.response();
    expect({ status, allow: headers.get('allow'), body }).toEqual({
      status: 405,
      allow: 'POST',
      body: 'This is no proxy.\n',
    });
    await connection.closed;
  });

  // An error that nobody heard would end the process, which the test run tells as well.
  it.each([
    ['behind the answer', ''],
    ['behind other requests', httpRequest({ path: '/nowhere' }) + httpRequest({})],
  ])('outlives whoever asks for a tunnel %s and breaks the connection off', async (_, before) => {
    await using server = await startTestListeners();
    for (let i = 0; i < 5; i++) {
      const connection = await server.connect();
      connection.send(before + httpRequest({ method: 'CONNECT', path: 'example.com:443', body: '' }));
      await connection.response();
      connection.reset();
    }
    const { status } = await server.ask('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(status).toBe(200);
  });

  it('turns POST /livez down, naming GET', async () => {
    await using server = await startTestListeners();
    const { status, headers } = await server.ask(httpRequest({ path: '/livez' }));
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  it.each(['/livez', '/readyz'])('says ok at %s to anybody', async (path) => {
    await using server = await startTestListeners();
    const { status, body } = await server.ask(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect({ status, body }).toEqual({ status: 200, body: 'ok\n' });
  });

  it('does not read the body of a request to nowhere', async () => {
    await using server = await startTestListeners();
    const request = httpRequest({ path: '/foo', headers: { 'Content-Length': String(12 * 1024 * 1024) } });
    expect((await server.ask(request)).status).toBe(404);
  });

  it('tells nothing about what it is made of', async () => {
    await using server = await startTestListeners();
    const answers = await Promise.all([
      server.ask(httpRequest()),
      server.ask(httpRequest({ path: '/foo' })),
      server.ask('nonsense\r\n\r\n'),
    ]);
    for (const { headers } of answers) {
      expect(headers.has('server')).toBe(false);
      expect(headers.has('x-powered-by')).toBe(false);
    }
  });
});
