import { describe, expect, it } from 'vitest';
import { createCertificateScheme, MUTUAL_PROFILE } from '../../../src/auth/certificates/certificate-scheme.js';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme, createNtlmScheme } from '../../../src/auth/schemes/negotiate.js';
import { makeSelfSignedCertificate } from '../../../src/http/self-signed-certificate.js';
import { accounts, NAMES } from '../../auth/negotiation.js';
import { RawConnection, type RawResponse } from '../../http/raw-connection.js';
import { rawRequest, SOAP, seal, sealingClient, unseal } from '../../http/sealing-client.js';
import { httpRequest, startTestListeners, type TestListenersOptions } from '../../http/test-listeners.js';
import { ENUMERATION, EVENTING, TRANSFER } from '../../support/envelopes.js';

/**
 * What the list of attacks on peers says about authentication, over real connections. The scheme alone is in attacks.test.ts, its
 * decoders in fuzz.test.ts; rows about sizes, slowness and XML are in test/robustness/http/limits.test.ts and test/robustness.
 */
async function startServer(options: TestListenersOptions = {}) {
  const users = await accounts();
  const findAccount = (name: string) => users.list().find((user) => user === name);
  const schemes = [
    createNegotiateScheme(users, { names: NAMES }),
    createNtlmScheme(users, { names: NAMES }),
    createBasicScheme(users),
    createCertificateScheme({ findAccount }),
  ];
  return startTestListeners({ schemes, ...options });
}

type Server = Awaited<ReturnType<typeof startServer>>;

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
const GOOD = basic('alice:secret');

const SHELL = 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell';
const ACTIONS = [
  ...['Get', 'Put', 'Create', 'Delete'].map((name) => `${TRANSFER}/${name}`),
  ...['Enumerate', 'Pull', 'Release', 'GetStatus', 'Renew'].map((name) => `${ENUMERATION}/${name}`),
  ...['Subscribe', 'Unsubscribe', 'Renew'].map((name) => `${EVENTING}/${name}`),
  ...['Command', 'Send', 'Receive', 'Signal'].map((name) => `${SHELL}/${name}`),
  'http://schemas.dmtf.org/wbem/wsman/1/wsman/End',
  'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Service/StopService',
  'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd/Identify',
];

const bodyOf = (action: string) =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>${action}</a:Action></s:Header><s:Body/></s:Envelope>`;

/** The fields as they are sent, by what is wrong with them. */
const BAD_FIELDS: Readonly<Record<string, readonly string[]>> = {
  none: [],
  empty: [''],
  blank: ['   '],
  'doubled, both good': [GOOD, GOOD],
  'doubled, the first good': [GOOD, 'Negotiate AAAA'],
  'doubled, the second good': ['', GOOD],
  'two in one': [`${GOOD}, ${GOOD}`],
  garbage: ['gar"b,age=;?'],
  'a scheme alone': ['Negotiate'],
  'an unknown scheme': [`Bearer ${GOOD.slice(6)}`],
  'the profile of certificates, over plain HTTP': [MUTUAL_PROFILE],
};

function withFields(fields: readonly string[], body: string): string {
  const request = httpRequest({ headers: { Authorization: undefined }, body });
  const lines = fields.map((value) => `Authorization: ${value}\r\n`).join('');
  return request.replace('\r\n\r\n', `\r\n${lines}\r\n`);
}

/** A connection on which alice has signed in with NTLM. */
async function signedIn(server: Server) {
  const connection = await server.connect();
  const client = sealingClient(connection);
  expect((await client.signIn()).status).toBe(200);
  return { connection, security: client.security };
}

describe('CVE-2021-38647 (OMIGOD): no action is carried out for an Authorization that is', () => {
  it.each(Object.entries(BAD_FIELDS))('%s', async (_, fields) => {
    await using server = await startServer();
    for (const action of ACTIONS) {
      const { status } = await server.ask(withFields(fields, bodyOf(action)));
      expect(status, action).toBe(401);
    }
    expect(server.requests).toEqual([]);
  });

  it.each(Object.entries(BAD_FIELDS))('%s, after a good request on the same connection', async (_, fields) => {
    await using server = await startServer();
    for (const action of ACTIONS) {
      const connection = await server.connect();
      const good = httpRequest({ headers: { Authorization: GOOD } });
      expect((await connection.send(good).response()).status).toBe(200);
      expect((await connection.send(withFields(fields, bodyOf(action))).response()).status, action).toBe(401);
      connection.destroy();
    }
    expect(server.requests).toHaveLength(ACTIONS.length);
  });

  const { none: _, ...given } = BAD_FIELDS;
  it.each(Object.entries(given))('%s, on a connection that is signed in, which it ends', async (_, fields) => {
    await using server = await startServer();
    const { connection, security } = await signedIn(server);
    const [first, second] = [
      await seal(security, bodyOf(ACTIONS[0] ?? '')),
      await seal(security, bodyOf(ACTIONS[1] ?? '')),
    ];
    const lines = fields.map((value) => `Authorization: ${value}\r\n`).join('');
    const sealed = rawRequest(first).toString('latin1').replace('\r\n\r\n', `\r\n${lines}\r\n`);
    expect((await connection.send(Buffer.from(sealed, 'latin1')).response()).status).toBe(401);
    expect((await connection.send(rawRequest(second)).response()).status).toBe(401);
    expect(server.requests).toEqual([]);
    connection.destroy();
  });

  it('none, in clear, on a connection whose user seals', async () => {
    await using server = await startServer();
    for (const action of ACTIONS) {
      const { connection } = await signedIn(server);
      expect((await connection.send(withFields([], bodyOf(action))).response()).status, action).toBe(403);
      connection.destroy();
    }
    expect(server.requests).toEqual([]);
  });
});

describe('CVE-2024-21330, -21334: connections that end or run ahead while somebody signs in', () => {
  const { negotiate } = startNtlm({ user: 'alice', password: 'secret' });
  const EMPTY = { type: SOAP, bytes: Buffer.alloc(0) };
  const leg = (token: Buffer) => rawRequest(EMPTY, { Authorization: `Negotiate ${token.toString('base64')}` });

  it('closed between the legs, and right behind each of them', async () => {
    await using server = await startServer();
    for (let i = 0; i < 20; i++) {
      const between = await server.connect();
      await between.send(leg(negotiate)).response();
      between.destroy();
      (await server.connect()).send(leg(negotiate)).destroy();
      (await server.connect()).send(httpRequest({ headers: { Authorization: basic(`alice:${i}`) } })).destroy();
    }
    expect((await server.ask(httpRequest({ headers: { Authorization: GOOD } }))).status).toBe(200);
    expect(server.log.join('')).not.toContain('internal error');
  });

  it('all legs and a message sent at once: the last leg answers no challenge of its own', async () => {
    await using server = await startServer();
    const challenge = await legOf(await server.connect(), leg(negotiate));
    const ntlm = startNtlm({ user: 'alice', password: 'secret' });
    const { token } = ntlm.authenticate(challenge);
    const connection = await server.connect();
    const message = httpRequest({ headers: { Authorization: undefined } });
    connection.send(Buffer.concat([leg(ntlm.negotiate), leg(token), Buffer.from(message)]));
    const statuses = [await connection.response(), await connection.response(), await connection.response()];
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(server.requests).toEqual([]);
    connection.destroy();
  });

  async function legOf(connection: RawConnection, request: Buffer): Promise<Buffer> {
    const { headers } = await connection.send(request).response();
    connection.destroy();
    return Buffer.from(headers.get('www-authenticate')?.slice('Negotiate '.length) ?? '', 'base64');
  }
});

describe('CVE-2017-5689 (AMT): no proof is too short to be wrong', () => {
  it.each([
    ['Basic, an empty password', basic('alice:')],
    ['Basic, a prefix of the password', basic('alice:secre')],
    ['Basic, the password and more', basic('alice:secret\0')],
    ['Basic, nothing at all', basic('')],
    ['Basic, a colon', basic(':')],
    ['Digest, an empty response', 'Digest username="alice", realm="Digest:0", nonce="0", uri="/wsman", response=""'],
    ['Digest, no response', 'Digest username="alice", realm="Digest:0", nonce="0", uri="/wsman"'],
  ])('%s', async (_, authorization) => {
    await using server = await startServer();
    const { status, headers } = await server.ask(httpRequest({ headers: { Authorization: authorization } }));
    expect(status).toBe(401);
    // As Windows, nothing offers Digest.
    expect(headers.get('www-authenticate')).toBe('Negotiate\nBasic realm="WSMAN"');
  });
});

describe('CVE-2008-2234, CVE-2007-5360, CVE-2008-0003: credentials of any length', () => {
  it.each([
    ['Basic, a name of 20 KB', basic(`${'a'.repeat(20_000)}:secret`), 401],
    ['Basic, a password of 20 KB', basic(`alice:${'secret'.repeat(3_000)}`), 401],
    ['Basic, 20,000 colons', basic(':'.repeat(20_000)), 401],
    ['Basic, NULs', basic('\0'.repeat(10_000)), 401],
    ['Basic, 1 MiB', basic('a'.repeat(1_048_576)), 431],
    ['Negotiate, 1 MiB', `Negotiate ${'A'.repeat(1_048_576)}`, 431],
    ['a scheme of 20 KB', 'A'.repeat(20_000), 401],
  ])('%s', async (_, authorization, status) => {
    await using server = await startServer();
    expect((await server.ask(httpRequest({ headers: { Authorization: authorization } }))).status).toBe(status);
    expect((await server.ask(httpRequest({ headers: { Authorization: GOOD } }))).status).toBe(200);
  });

  it('16 MiB end the connection, and nothing else', async () => {
    await using server = await startServer();
    const connection = await server.connect();
    connection.send(`POST /wsman HTTP/1.1\r\nAuthorization: Basic ${'A'.repeat(16 * 1_048_576)}`);
    await connection.closed;
    expect((await server.ask(httpRequest({ headers: { Authorization: GOOD } }))).status).toBe(200);
  });

  it.each([
    ['Basic', (name: string) => askOnce(httpRequest({ headers: { Authorization: basic(`${name}:secret`) } }))],
    ['Negotiate', async (name: string) => signInAs(name)],
  ])('and what is logged of them stays short: %s', async (_, attempt) => {
    const { status, log } = await attempt('a'.repeat(9_000));
    expect(status).toBe(401);
    expect(log.join('')).toContain('not authenticated');
    expect(Math.max(...log.map((line) => line.length))).toBeLessThan(2_000);
  });

  async function askOnce(request: string) {
    await using server = await startServer();
    const { status } = await server.ask(request);
    return { status, log: server.log };
  }

  async function signInAs(user: string) {
    await using server = await startServer();
    const connection = await server.connect();
    const { status } = await sealingClient(connection, { user }).signIn();
    connection.destroy();
    return { status, log: server.log };
  }
});

describe('CVE-2021-31166, -2022-21907 (http.sys): credentials come in the head', () => {
  it('and not in a trailer', async () => {
    await using server = await startServer();
    const head = 'POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n';
    const body = `Trailer: Authorization\r\n\r\n4\r\n<a/>\r\n0\r\nAuthorization: ${GOOD}\r\n\r\n`;
    expect((await server.ask(head + body)).status).toBe(401);
    expect(server.requests).toEqual([]);
  });

  it('and not folded over lines', async () => {
    await using server = await startServer();
    const [scheme = '', token = ''] = GOOD.split(' ');
    const { status } = await server.ask(httpRequest({ headers: { Authorization: `${scheme}\r\n ${token}` } }));
    expect([400, 401]).toContain(status);
    expect(server.requests).toEqual([]);
  });
});

describe('CVE-2022-32213 and its kin: a request hidden in another has no user', () => {
  it.each([
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked'],
    ['chunks that are not the last coding', 'Transfer-Encoding: chunked, identity'],
  ])('on a connection that is signed in: %s', async (_, framing) => {
    await using server = await startServer();
    const { connection } = await signedIn(server);
    const hidden = httpRequest({ headers: { Authorization: undefined } });
    connection.send(`POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Type: ${SOAP}\r\n${framing}\r\n\r\n0\r\n\r\n${hidden}`);
    expect((await connection.response()).status).toBe(400);
    await connection.closed;
    expect(server.requests).toEqual([]);
  });
});

describe('haproxy #581, express-ntlm #76: two users over one pooled connection never mix', () => {
  const alice = { user: 'alice', password: 'secret' };
  const bob = { user: 'bob', password: 'hidden' };

  it('whose legs a proxy mixes: nobody is signed in', async () => {
    await using server = await startServer();
    const connection = await server.connect();
    const later: { challenge?: RawResponse } = {};
    const first = await sealingClient(connection, alice).signIn(undefined, async () => {
      const negotiate = startNtlm(bob).negotiate.toString('base64');
      const request = rawRequest({ type: SOAP, bytes: Buffer.alloc(0) }, { Authorization: `Negotiate ${negotiate}` });
      later.challenge = await connection.send(request).response();
    });
    expect([later.challenge?.status, first.status]).toEqual([401, 401]);
    expect((await connection.send(httpRequest({ headers: { Authorization: undefined } })).response()).status).toBe(401);
    connection.destroy();
  });

  it('one after the other: messages sealed for the first are none of the second', async () => {
    await using server = await startServer();
    const connection = await server.connect();
    const first = sealingClient(connection, alice);
    await first.signIn();
    const second = sealingClient(connection, bob);
    await second.signIn();
    const answer = await connection.send(rawRequest(await seal(second.security, '<mine/>'))).response();
    expect(JSON.parse((await unseal(second.security, answer)).text)).toMatchObject({ user: 'bob' });
    connection.send(rawRequest(await seal(first.security, '<not-mine/>')));
    await connection.closed;
    expect(server.calls.map(({ user }) => user)).toEqual(['bob']);
  });

  it('of different schemes: who signed in with Negotiate is gone when Basic was let in', async () => {
    await using server = await startServer();
    const { connection } = await signedIn(server);
    const good = httpRequest({ headers: { Authorization: basic('bob:hidden') } });
    expect(JSON.parse((await connection.send(good).response()).body)).toMatchObject({ user: 'bob' });
    expect((await connection.send(httpRequest({ headers: { Authorization: undefined } })).response()).status).toBe(401);
    connection.destroy();
  });
});

describe('CVE-2016-2183 (SWEET32) and older TLS', () => {
  it.each([
    ['3DES', { ciphers: 'DES-CBC3-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' }],
    ['RSA without forward secrecy', { ciphers: 'AES256-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' }],
    ['TLS 1.1', { ciphers: 'ALL:@SECLEVEL=0', minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }],
  ] as const)('%s', async (_, tls) => {
    await using server = await startServer({ identity: await makeSelfSignedCertificate() });
    await expect(RawConnection.open(server.httpsPort, { tls })).rejects.toThrow();
  });
});

describe('CVE-2025-66416 and its kin: a page in a browser of this machine', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'cannot use a connection that is signed in with a form of %s',
    async (type) => {
      await using server = await startServer({ allowUnencrypted: 'always' });
      const { connection } = await signedIn(server);
      const request = httpRequest({
        headers: { Authorization: undefined, 'Content-Type': type, Origin: 'http://evil' },
      });
      expect((await connection.send(request).response()).status).toBe(415);
      expect(server.requests).toEqual([]);
      connection.destroy();
    },
  );

  it('is told of no other type that it may send', async () => {
    await using server = await startServer();
    const preflight =
      'OPTIONS /wsman HTTP/1.1\r\nHost: x\r\nOrigin: http://evil\r\nAccess-Control-Request-Method: POST\r\n\r\n';
    const { status, headers } = await server.ask(preflight);
    expect(status).toBe(405);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
