import { pino } from 'pino';
import { openUserStore, type UserStore } from '../../src/auth/accounts/user-store.js';
import type { AllowUnencrypted } from '../../src/auth/schemes/allow-unencrypted.js';
import type { AuthenticationScheme } from '../../src/auth/schemes/authentication-scheme.js';
import { createAuthenticator } from '../../src/auth/schemes/authenticator.js';
import { createBasicScheme } from '../../src/auth/schemes/basic.js';
import type { Call } from '../../src/cim/contracts/call.js';
import type { HttpLimits } from '../../src/http/http-limits.js';
import { startListeners } from '../../src/http/listeners.js';
import type { TlsSettings } from '../../src/http/node-server.js';
import type { WsmanRequest, WsmanResponse, WsmanService } from '../../src/wsman/wsman-service.js';
import { RawConnection, type RawResponse } from './raw-connection.js';

export const ENVELOPE = '<s:Envelope/>';
export const AUTHORIZATION = `Basic ${Buffer.from('alice:open sesame').toString('base64')}`;
const CONTENT_TYPE = 'application/soap+xml;charset=UTF-8';

export interface TestListenersOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly schemes?: readonly AuthenticationScheme[];
  /** Where users that a scheme lets in have their accounts; default: nobody needs one. */
  readonly accounts?: UserStore;
  readonly identity?: TlsSettings;
  readonly graceMs?: number;
  readonly allowUnencrypted?: AllowUnencrypted;
  readonly logLevel?: string;
  /** What the service does; default: answers with what it was given, as JSON. */
  readonly answer?: (request: WsmanRequest, call: Call) => Promise<WsmanResponse>;
}

/** The answer of the service behind the test listeners: what HTTP made of the request. */
export function echo(request: WsmanRequest, { user }: Call): Promise<WsmanResponse> {
  const { charset, securityProfiles } = request;
  const seen = { body: Buffer.from(request.body).toString('utf8'), charset, user, securityProfiles };
  return Promise.resolve({
    status: 200,
    contentType: CONTENT_TYPE,
    body: Buffer.from(JSON.stringify(seen)),
    outcome: { action: 'urn:echo', messageId: 'uuid:1' },
  });
}

/** Real listeners on free ports with one account (alice), a service that can be watched, and the log in memory. */
export async function startTestListeners(options: TestListenersOptions = {}) {
  const { limits = {}, identity, accounts, answer = echo } = options;
  const users = await openUserStore({ cost: { N: 2, r: 1, p: 1 } });
  await users.add('alice', 'open sesame');
  const log: string[] = [];
  const requests: WsmanRequest[] = [];
  const calls: Call[] = [];
  const service: WsmanService = {
    handle(request, call) {
      requests.push(request);
      calls.push(call);
      return answer(request, call);
    },
  };
  const listeners = await startListeners(
    {
      host: '127.0.0.1',
      port: 0,
      https: identity === undefined ? 'off' : { port: 0, identity },
      authenticator: createAuthenticator(
        options.schemes ?? [createBasicScheme(users)],
        accounts && ((user) => accounts.accountOf(user)),
      ),
      allowUnencrypted: options.allowUnencrypted ?? 'loopback',
      logger: pino({ level: options.logLevel ?? 'debug' }, { write: (line: string) => void log.push(line) }),
      limits: { lingerMs: 200, ...limits },
      graceMs: options.graceMs ?? 200,
    },
    service,
  );
  // Neither port is off, but the TLS one without a certificate.
  const port = listeners.http?.port ?? 0;
  const httpsPort = listeners.https?.port ?? 0;

  return {
    users,
    log,
    requests,
    calls,
    listeners,
    port,
    httpsPort,
    connect: () => RawConnection.open(port),
    /** Sends one request on a connection of its own and returns the answer. */
    async ask(request: string | Buffer): Promise<RawResponse> {
      const connection = await RawConnection.open(port);
      try {
        return await connection.send(request).response();
      } finally {
        connection.destroy();
      }
    },
    [Symbol.asyncDispose]: () => listeners.close(),
  };
}

export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  /** `undefined` leaves a default field out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** The text of a request: a correct one but for what is given. */
export function httpRequest(parts: RequestParts = {}): string {
  const { method = 'POST', path = '/wsman', body = ENVELOPE } = parts;
  const headers: Record<string, string | undefined> = {
    Host: 'localhost',
    Authorization: AUTHORIZATION,
    'Content-Type': CONTENT_TYPE,
    'Content-Length': String(Buffer.byteLength(body)),
    ...parts.headers,
  };
  const fields = Object.entries(headers).filter(([, value]) => value !== undefined);
  return `${method} ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}
