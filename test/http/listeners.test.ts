import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { DEFAULT_HTTP_LIMITS } from '../../src/http/http-limits.js';
import { ListenError } from '../../src/http/listen-error.js';
import { startListeners } from '../../src/http/listeners.js';
import { makeSelfSignedCertificate } from '../../src/http/self-signed-certificate.js';
import { gate } from './gate.js';
import { RawConnection } from './raw-connection.js';
import { echo, httpRequest, startTestListeners } from './test-listeners.js';

describe('listeners', () => {
  it('name the port they were given and the URL to use', async () => {
    await using server = await startTestListeners();
    const { http, https } = server.listeners;
    expect(http).toEqual({ host: '127.0.0.1', port: server.port, url: `http://127.0.0.1:${server.port}/wsman` });
    expect(https).toBeUndefined();
  });

  it('refuse a port in use with one clear line', async () => {
    await using server = await startTestListeners();
    await expect(openOn('127.0.0.1', server.port)).rejects.toThrow(
      `cannot listen on 127.0.0.1 port ${server.port}: the port is in use`,
    );
  });

  it('refuse an address of another machine', async () => {
    await expect(openOn('192.0.2.1', 0)).rejects.toThrow(
      'cannot listen on 192.0.2.1 port 0: this machine does not have that address',
    );
  });

  it('leave nothing open when one of them fails', async () => {
    await using taken = await startTestListeners();
    await using probe = await startTestListeners();
    const free = probe.port;
    await probe.listeners.close();
    const identity = await makeSelfSignedCertificate();
    await expect(openOn('127.0.0.1', free, { port: taken.port, identity })).rejects.toThrow(ListenError);
    await expect(RawConnection.open(free)).rejects.toThrow('ECONNREFUSED');
  });

  it('speak TLS 1.2 and 1.3 with forward secrecy, and nothing older', async () => {
    await using server = await startTestListeners({ identity: await makeSelfSignedCertificate() });
    expect(await handshake(server.httpsPort, 'TLSv1.3')).toMatch(/^TLS_/);
    expect(await handshake(server.httpsPort, 'TLSv1.2')).toMatch(/^ECDHE-ECDSA-AES.*GCM/);
    await expect(handshake(server.httpsPort, 'TLSv1.1')).rejects.toThrow();
    await expect(handshake(server.httpsPort, 'TLSv1.2', 'AES128-SHA')).rejects.toThrow();
  });

  it('answer the same over HTTPS, with the profile of HTTPS', async () => {
    await using server = await startTestListeners({ identity: await makeSelfSignedCertificate() });
    const connection = await RawConnection.open(server.httpsPort, { tls: true });
    const { status, body } = await connection.send(httpRequest()).response();
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      user: 'alice',
      securityProfiles: ['http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/basic'],
    });
    connection.destroy();
  });

  it('do not wait for a TLS handshake that never comes', async () => {
    await using server = await startTestListeners({
      identity: await makeSelfSignedCertificate(),
      limits: { handshakeTimeoutMs: 50 },
    });
    const connection = await RawConnection.open(server.httpsPort);
    await connection.closed;
  });
});

describe('closing', () => {
  it('lets a running request finish and then ends its connection', async () => {
    const door = gate();
    await using server = await startTestListeners({
      graceMs: 10_000,
      answer: async (request, call) => {
        await door.passed;
        return echo(request, call);
      },
    });
    const connection = await server.connect();
    connection.send(httpRequest());
    await expect.poll(() => server.requests.length).toBe(1);
    const closed = server.listeners.close();
    door.open();
    expect((await connection.response()).status).toBe(200);
    await connection.closed;
    await closed;
  });

  it('ends idle, silent and half-spoken connections at once', async () => {
    await using server = await startTestListeners({ graceMs: 60_000, identity: await makeSelfSignedCertificate() });
    const connections = await Promise.all([
      server.connect(),
      server.connect(),
      server.connect(),
      RawConnection.open(server.httpsPort, { tls: true }),
      // Says nothing at all, not even its first word of TLS.
      RawConnection.open(server.httpsPort),
    ]);
    const [used, half] = connections;
    await used?.send(httpRequest()).response();
    half?.send('POST /wsman HT');
    await server.ask(httpRequest());
    await server.listeners.close();
    await Promise.all(connections.map(({ closed }) => closed));
  });

  it('ends what is still running when the grace is over, and tells it', async () => {
    const never = new Promise<never>(() => undefined);
    await using server = await startTestListeners({ graceMs: 50, answer: () => never });
    const connection = await server.connect();
    connection.send(httpRequest());
    await expect.poll(() => server.requests.length).toBe(1);
    await server.listeners.close();
    await connection.closed;
    expect(server.requests[0]?.client.aborted).toBe(true);
  });

  it('takes no new connections', async () => {
    await using server = await startTestListeners();
    await server.listeners.close();
    await expect(RawConnection.open(server.port)).rejects.toThrow('ECONNREFUSED');
  });

  it('may be asked for twice', async () => {
    await using server = await startTestListeners();
    await Promise.all([server.listeners.close(), server.listeners.close()]);
  });
});

describe('the default limits', () => {
  it('are those of WinRM where it has them', () => {
    expect(DEFAULT_HTTP_LIMITS).toMatchObject({ maxBodyBytes: 2_097_152, maxRequestsInFlight: 1500 });
  });

  it.each(Object.entries(DEFAULT_HTTP_LIMITS))('bound %s', (_name, value) => {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

async function openOn(host: string, port: number, https: Parameters<typeof startListeners>[0]['https'] = 'off') {
  const { pino } = await import('pino');
  const { createAuthenticator } = await import('../../src/auth/schemes/authenticator.js');
  const authenticator = createAuthenticator([]);
  return startListeners({ host, port, https, authenticator, logger: pino({ level: 'silent' }) }, { handle: echo });
}

/** The cipher agreed on. */
function handshake(port: number, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', ciphers?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      ...(ciphers !== undefined && { ciphers }),
    });
    socket.once('secureConnect', () => {
      resolve(socket.getCipher().name);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
