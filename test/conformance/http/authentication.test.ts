import { describe, expect, it } from 'vitest';
import type { AuthenticationScheme } from '../../../src/auth/schemes/authentication-scheme.js';
import { AUTHORIZATION, httpRequest, startTestListeners } from '../../http/test-listeners.js';

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;

describe('authentication over HTTP', () => {
  it('hands on who sent the request', async () => {
    await using server = await startTestListeners();
    expect(JSON.parse((await server.ask(httpRequest())).body)).toMatchObject({ user: 'alice' });
  });

  it.each([
    ['none', undefined],
    ['empty', ''],
    ['a scheme alone', 'Basic'],
    ['a scheme and a blank', 'Basic '],
    ['no base64', 'Basic !!!!'],
    ['no colon', basic('alice')],
    ['NUL', basic('alice\0:open sesame')],
    ['an empty password', basic('alice:')],
    ['a wrong password', basic('alice:open sesam')],
    ['the right password and more', basic('alice:open sesame!')],
    ['nobody', basic('bob:open sesame')],
    ['an unknown scheme', `Bearer ${AUTHORIZATION.slice(6)}`],
    ['the scheme twice', `Basic ${AUTHORIZATION}`],
    ['two in one field', `${AUTHORIZATION}, ${AUTHORIZATION}`],
    ['64 KiB', `Basic ${'QUFB'.repeat(16_000)}`],
    ['a disabled scheme', 'Negotiate TlRMTVNTUAABAAAA'],
  ])('refuses %s with 401, a text that tells nothing and what is enabled', async (_what, authorization) => {
    await using server = await startTestListeners();
    const { status, headers, body } = await server.ask(httpRequest({ headers: { Authorization: authorization } }));
    expect({ status, body, challenge: headers.get('www-authenticate') }).toEqual({
      status: 401,
      body: expect.stringMatching(/^Sign in first: [^\n]*\n?$/),
      challenge: 'Basic realm="WSMAN"',
    });
    expect(server.requests).toEqual([]);
  });

  it.each(['', 'Basic !!', AUTHORIZATION])('refuses correct credentials next to a second field: %j', async (second) => {
    await using server = await startTestListeners();
    const request = httpRequest().replace('\r\nContent-Type', `\r\nauthorization: ${second}\r\nContent-Type`);
    expect((await server.ask(request)).status).toBe(401);
    expect(server.requests).toEqual([]);
  });

  it('asks again on every request of a connection', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    const statuses: number[] = [];
    for (const authorization of [AUTHORIZATION, undefined, AUTHORIZATION, '', AUTHORIZATION]) {
      connection.send(httpRequest({ headers: { Authorization: authorization } }));
      statuses.push((await connection.response()).status);
    }
    expect(statuses).toEqual([200, 401, 200, 401, 200]);
    connection.destroy();
  });

  it('logs why, but never the password or the header', async () => {
    await using server = await startTestListeners();
    const wrong = basic('alice:wrong-secret');
    await server.ask(httpRequest({ headers: { Authorization: wrong } }));
    const log = server.log.join('');
    expect(log).toContain('wrong password for \\"alice\\"');
    expect(log).not.toContain('wrong-secret');
    expect(log).not.toContain(wrong.slice(6));
  });

  it('closes the connection instead of reading a large body of a stranger', async () => {
    await using server = await startTestListeners();
    const connection = await server.connect();
    connection.send(httpRequest({ headers: { Authorization: undefined, 'Content-Length': '200000' }, body: '' }));
    const { status, headers } = await connection.response();
    expect({ status, connection: headers.get('connection') }).toEqual({ status: 401, connection: 'close' });
    await connection.closed;
  });

  it('offers every scheme that is enabled, in a field of its own', async () => {
    const schemes = [legged('Negotiate'), legged('Kerberos')];
    await using server = await startTestListeners({ schemes });
    const { headers } = await server.ask(httpRequest({ headers: { Authorization: undefined } }));
    expect(headers.get('www-authenticate')).toBe('Negotiate\nKerberos');
  });

  it('lets a scheme talk in several legs over one connection, each a small refused request', async () => {
    await using server = await startTestListeners({ schemes: [legged('Negotiate')] });
    const connection = await server.connect();
    connection.send(httpRequest({ headers: { Authorization: 'Negotiate one' }, body: '' }));
    const first = await connection.response();
    expect([first.status, first.headers.get('www-authenticate')]).toEqual([401, 'Negotiate go-on']);
    connection.send(httpRequest({ headers: { Authorization: 'Negotiate two' } }));
    expect(JSON.parse((await connection.response()).body)).toMatchObject({ user: 'legged' });
    connection.destroy();
  });

  it('does not let another connection continue a conversation', async () => {
    await using server = await startTestListeners({ schemes: [legged('Negotiate')] });
    await server.ask(httpRequest({ headers: { Authorization: 'Negotiate one' }, body: '' }));
    expect((await server.ask(httpRequest({ headers: { Authorization: 'Negotiate two' } }))).status).toBe(401);
  });

  it('says 403 and names HTTPS to a peer that can authenticate in no way', async () => {
    const nowhere: AuthenticationScheme = { ...legged('Basic'), challenge: () => undefined };
    await using server = await startTestListeners({ schemes: [nowhere] });
    const { status, body } = await server.ask(httpRequest({ headers: { Authorization: undefined } }));
    expect({ status, namesHttps: body.includes('HTTPS') }).toEqual({ status: 403, namesHttps: true });
  });

  it('says 503 when too many checks wait', async () => {
    const busy: AuthenticationScheme = {
      ...legged('Basic'),
      authenticate: () => ({ kind: 'overloaded', reason: 'busy' }),
    };
    await using server = await startTestListeners({ schemes: [busy] });
    expect((await server.ask(httpRequest())).status).toBe(503);
  });

  it('is an internal error, told without details, when a scheme breaks', async () => {
    const broken: AuthenticationScheme = {
      ...legged('Basic'),
      authenticate: () => Promise.reject(new Error('secret detail')),
    };
    await using server = await startTestListeners({ schemes: [broken] });
    const { status, body } = await server.ask(httpRequest());
    expect({ status, body }).toEqual({
      status: 500,
      body: 'Internal error; the log of the endpoint has the details.\n',
    });
    expect(server.log.join('')).toContain('secret detail');
  });
});

describe('Identify without credentials', () => {
  const IDENTIFY = '<s:Envelope><s:Body><wsmid:Identify/></s:Body></s:Envelope>';
  const anonymous = { Authorization: undefined };

  it.each([
    ['with the header WSMANIDENTIFY', '/wsman', { ...anonymous, WSMANIDENTIFY: 'unauthenticated' }],
    ['with that header and any value', '/wsman', { ...anonymous, wsmanidentify: 'x' }],
    ['at its own path', '/wsman-anon/identify', anonymous],
    ['at its own path, whatever credentials say', '/wsman-anon/identify', { Authorization: 'Basic garbage' }],
  ])('reaches the service as nobody: %s', async (_how, path, headers) => {
    await using server = await startTestListeners();
    const answer = await server.ask(httpRequest({ path, headers, body: IDENTIFY }));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).not.toHaveProperty('user');
    expect(JSON.parse(answer.body)).toMatchObject({ body: IDENTIFY });
  });

  it.each([
    ['with the header WSMANIDENTIFY', '/wsman', { ...anonymous, WSMANIDENTIFY: 'unauthenticated' }],
    ['at its own path', '/wsman-anon/identify', anonymous],
  ])('gets another message no further than a challenge: %s', async (_how, path, headers) => {
    await using server = await startTestListeners();
    const answer = await server.ask(httpRequest({ path, headers }));
    expect([answer.status, answer.body]).toEqual([401, expect.stringMatching(/^Sign in first: /)]);
    expect(answer.headers.get('www-authenticate')).toContain('Basic');
    expect(server.requests).toEqual([]);
  });

  it('does not spare wrong credentials the 401', async () => {
    await using server = await startTestListeners();
    const headers = { WSMANIDENTIFY: 'unauthenticated', Authorization: 'Basic garbage' };
    expect((await server.ask(httpRequest({ headers }))).status).toBe(401);
  });

  it('keeps who is known', async () => {
    await using server = await startTestListeners();
    const answer = await server.ask(httpRequest({ headers: { WSMANIDENTIFY: 'unauthenticated' } }));
    expect(JSON.parse(answer.body)).toMatchObject({ user: 'alice' });
  });

  it('takes no large body', async () => {
    await using server = await startTestListeners();
    const body = 'x'.repeat(17 * 1024);
    const answers = await Promise.all([
      server.ask(httpRequest({ path: '/wsman-anon/identify', headers: anonymous, body })),
      server.ask(httpRequest({ headers: { ...anonymous, WSMANIDENTIFY: 'x' }, body })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([413, 413]);
  });
});

/** A scheme of two legs that lives on the connection, as NTLM does. */
function legged(name: string): AuthenticationScheme {
  const scheme: AuthenticationScheme = {
    name,
    challenge: () => name,
    securityProfile: () => undefined,
    authenticate({ authorization, peer }) {
      if (authorization === `${name} one`) {
        peer.conversation = { scheme, state: 'met' };
        return { kind: 'continue', token: 'go-on' };
      }
      return authorization === `${name} two` && peer.conversation?.state === 'met'
        ? { kind: 'authenticated', user: 'legged' }
        : { kind: 'refused', reason: 'out of turn' };
    },
  };
  return scheme;
}
