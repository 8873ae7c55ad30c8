import { describe, expect, it } from 'vitest';
import type { MessageSecurity } from '../../../src/auth/message-encryption/message-security.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../../src/auth/schemes/negotiate.js';
import { makeSelfSignedCertificate } from '../../../src/http/self-signed-certificate.js';
import { accounts, NAMES } from '../../auth/negotiation.js';
import { gate } from '../../http/gate.js';
import { alice, askSealed, CLEAR, NO_SECURITY, signedIn, signInOn, startServer } from '../../http/negotiate-server.js';
import { RawConnection } from '../../http/raw-connection.js';
import { rawRequest, SOAP, seal, sealingClient, unseal } from '../../http/sealing-client.js';
import { ENVELOPE } from '../../http/test-listeners.js';

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
    const { server, connection } = await signedIn({ allowUnencrypted: 'always' });
    await using _ = server;
    expect((await connection.send(rawRequest(CLEAR)).response()).status).toBe(200);
    connection.destroy();
  });

  describe('where they are never taken', () => {
    const never = { allowUnencrypted: 'never' } as const;

    it.each([
      ['from who agreed to seal them', {}],
      ['from who did not, on this machine, too', { seal: false }],
    ])('have 500 %s', async (_who, client) => {
      const { server, connection } = await signedIn(never, client);
      await using _ = server;
      for (const body of [CLEAR, { ...CLEAR, type: 'text/xml' }, { ...CLEAR, type: 'multipart/mixed' }]) {
        const { status, body: text } = await connection.send(rawRequest(body)).response();
        expect([status, text]).toEqual([500, expect.stringContaining('never accepted over plain HTTP')]);
      }
      expect(server.requests).toEqual([]);
      connection.destroy();
    });

    it('have 500 with the last word of the sign-in', async () => {
      await using server = await startServer(never);
      const connection = await server.connect();
      const response = await sealingClient(connection, {}).signIn(async () => CLEAR);
      expect([response.status, server.requests]).toEqual([500, []]);
      connection.destroy();
    });

    it.each(['secret', 'wrong'])('have 500 with the password %s, which is not looked at', async (password) => {
      const users = await accounts();
      const basic = createBasicScheme(users, never);
      await using server = await startServer({
        ...never,
        schemes: [createNegotiateScheme(users, { names: NAMES }), basic],
      });
      const { status, headers } = await server.ask(rawRequest(CLEAR, { Authorization: alice(password) }));
      expect([status, server.requests]).toEqual([500, []]);
      expect(headers.has('www-authenticate')).toBe(false);
      expect((await server.ask(rawRequest(CLEAR))).headers.get('www-authenticate')).toBe('Negotiate');
    });

    it('end what was signed in when they come with a password', async () => {
      const { server, connection, security } = await signedIn(never);
      await using _ = server;
      expect((await connection.send(rawRequest(CLEAR, { Authorization: alice('secret') })).response()).status).toBe(
        500,
      );
      expect((await connection.send(rawRequest(await seal(security, ENVELOPE))).response()).status).toBe(401);
      connection.destroy();
    });

    it('are no obstacle to those that are sealed, or come over TLS', async () => {
      const { server, connection, security } = await signedIn({
        ...never,
        identity: await makeSelfSignedCertificate(),
      });
      await using _ = server;
      expect((await askSealed(connection, security)).status).toBe(200);
      const overTls = await RawConnection.open(server.httpsPort, { tls: true });
      const clear = rawRequest(CLEAR, { Authorization: alice('secret') });
      expect((await overTls.send(clear).response()).status).toBe(200);
      connection.destroy();
      overTls.destroy();
    });
  });

  it('are taken from this machine where sealing was not agreed on', async () => {
    const { server, connection } = await signedIn({}, { seal: false });
    await using _ = server;
    expect(JSON.parse((await connection.send(rawRequest(CLEAR)).response()).body)).toMatchObject({ user: 'alice' });
    connection.destroy();
  });
});

const PROTOCOL = 'application/HTTP-SPNEGO-session-encrypted';

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
