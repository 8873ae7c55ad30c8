import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type buildConnector, Client } from 'undici';
import { explainConnectionFailure } from './explain-connection-failure.js';
import { WsmanTransportError } from './wsman-transport-error.js';

/** An HTTP proxy that makes tunnels (RFC 9110 §9.3.6). */
export interface ClientProxy {
  /** `http://proxy:3128`, or `https:`; its port is that of the scheme without one. */
  readonly url: string;
  /** Basic credentials for the proxy itself. Without a user, none are sent. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * Opens connections through a proxy, for plain HTTP too: each is a tunnel of its own, so that what belongs to one connection (a
 * sign-in, its seal, a certificate) is between the client and the endpoint.
 *
 * @param secure makes TLS of a tunnel, for an endpoint on HTTPS
 * @throws TypeError for a user's name that Basic cannot carry
 */
export function throughProxy(
  proxy: ClientProxy,
  secure: buildConnector.connector,
  timeoutMs: number,
): buildConnector.connector {
  const url = new URL(proxy.url);
  const credentials = authorizationOf(proxy);
  return (target, callback) => {
    const { hostname, protocol } = target;
    const port = target.port || (protocol === 'https:' ? '443' : '80');
    const authority = `${hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname}:${port}`;
    openTunnel(url, authority, credentials, timeoutMs).then(
      (socket) => {
        if (protocol === 'https:') secure({ ...target, httpSocket: socket }, callback);
        else callback(null, socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS));
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** As connections without a proxy have it. */
const KEEP_ALIVE_MS = 60_000;

/** @throws WsmanTransportError `proxy` */
async function openTunnel(
  url: URL,
  authority: string,
  credentials: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Socket> {
  const client = new Client(url.origin, { connect: { timeout: timeoutMs }, headersTimeout: timeoutMs });
  try {
    const headers = { host: authority, ...credentials };
    const { statusCode, socket } = await client.connect({ path: authority, headers });
    if (statusCode === 200 && socket instanceof Socket) return socket;
    drop(socket);
    throw new WsmanTransportError(
      'proxy',
      `the proxy refuses the connection with HTTP ${statusCode}${hint(statusCode)}`,
      {
        status: statusCode,
      },
    );
  } catch (error) {
    if (error instanceof WsmanTransportError) throw error;
    const { message } = explainConnectionFailure(error, url);
    throw new WsmanTransportError('proxy', `the proxy ${message}`, { cause: error });
  } finally {
    void client.destroy();
  }
}

function drop(socket: Duplex): void {
  socket.on('error', () => undefined);
  socket.destroy();
}

function hint(status: number): string {
  if (status === 407) return ': it asks for a user name and a password, or does not know those it got';
  return status === 403 || status === 405 ? ': it makes no tunnels there' : '';
}

function authorizationOf({ user, password = '' }: ClientProxy): Readonly<Record<string, string>> {
  if (user === undefined) return {};
  if (user.includes(':')) throw new TypeError('a user name for Basic authentication cannot hold a colon');
  return { 'proxy-authorization': `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}` };
}
