import {
  parseEncryptedContentType,
  writeEncryptedContentType,
} from '../../src/auth/message-encryption/encrypted-content-type.js';
import type { MessageSecurity } from '../../src/auth/message-encryption/message-security.js';
import { readEncryptedMessage } from '../../src/auth/message-encryption/read-encrypted-message.js';
import { writeEncryptedMessage } from '../../src/auth/message-encryption/write-encrypted-message.js';
import { type NtlmInitiatorOptions, startNtlm } from '../../src/auth/ntlm/ntlm-initiator.js';
import { startSpnegoNtlm } from '../../src/auth/spnego/spnego-initiator.js';
import type { RawConnection, RawResponse } from './raw-connection.js';

export const SOAP = 'application/soap+xml;charset=UTF-8';

/** One client that signs in on a connection and seals what it sends, message by message and byte by byte as the test wants it. */
export interface SealingClient {
  /**
   * Asks for a challenge, and answers it with the body that `body` makes; an empty one by default. `meanwhile` happens
   * in between. Where the server lets the client in,
   * its proof (the mechListMIC of SPNEGO) is checked, and takes the first number of its messages.
   */
  signIn(body?: (security: MessageSecurity) => Promise<Body>, meanwhile?: () => Promise<unknown>): Promise<RawResponse>;
  /** What the server and the client agreed on, after signing in. */
  readonly security: MessageSecurity;
}

/** A body and its type. */
export interface Body {
  readonly type: string;
  readonly bytes: Buffer;
}

export interface SealingClientOptions extends NtlmInitiatorOptions {
  readonly user?: string;
  readonly domain?: string;
  readonly password?: string;
  /** Raw NTLM in place of SPNEGO. */
  readonly raw?: boolean;
  /** More header fields of the requests that sign in. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request of any bytes. */
export function rawRequest({ type, bytes }: Body, headers: Readonly<Record<string, string>> = {}): Buffer {
  const fields = { Host: 'localhost', 'Content-Type': type, 'Content-Length': String(bytes.length), ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /wsman HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}

/** A sealed and framed message. */
export async function seal(
  security: MessageSecurity,
  message: Buffer | string,
  options: { readonly contentType?: string; readonly tabs?: boolean } = {},
): Promise<Body> {
  const { contentType = SOAP, tabs = false } = options;
  const { protocol } = security;
  const plain = Buffer.from(message);
  const parts = { ...(await security.wrap(plain)), protocol, contentType, length: plain.length, tabs };
  return { type: writeEncryptedContentType(protocol), bytes: writeEncryptedMessage(parts) };
}

/** What an answer says, and how it was framed. */
export async function unseal(security: MessageSecurity, { headers, body }: RawResponse) {
  const type = parseEncryptedContentType(headers.get('content-type') ?? '');
  if (type === undefined) throw new Error(`not sealed: ${body.slice(0, 200)}`);
  const { token, sealed, contentType, tabs } = readEncryptedMessage(Buffer.from(body, 'latin1'), type);
  return { text: Buffer.from(await security.unwrap(token, sealed)).toString('utf8'), contentType, tabs };
}

export function sealingClient(connection: RawConnection, options: SealingClientOptions = {}): SealingClient {
  const { user = 'alice', domain = '', password = 'secret', raw = false, headers = {} } = options;
  const ntlm = startNtlm({ user, domain, password }, options);
  const spnego = startSpnegoNtlm(ntlm);
  let agreed: MessageSecurity | undefined;
  const legHeaders = (token: Buffer) => ({ ...headers, Authorization: `Negotiate ${token.toString('base64')}` });

  function security(): MessageSecurity {
    if (agreed === undefined) throw new Error('sealing was not agreed on');
    return agreed;
  }

  return {
    get security() {
      return security();
    },

    async signIn(makeBody, meanwhile) {
      const empty = { type: SOAP, bytes: Buffer.alloc(0) };
      connection.send(rawRequest(empty, legHeaders(raw ? ntlm.negotiate : spnego.init)));
      const first = await connection.response();
      const challenge = tokenOf(first);
      if (challenge === undefined) return first;
      await meanwhile?.();
      const { token, ...session } = raw ? ntlm.authenticate(challenge) : spnego.authenticate(challenge);
      agreed = session.security;
      connection.send(rawRequest(makeBody ? await makeBody(security()) : empty, legHeaders(token)));
      const last = await connection.response();
      if (!raw && last.status !== 401) spnego.finish(tokenOf(last) ?? Buffer.alloc(0));
      return last;
    },
  };
}

function tokenOf({ headers }: RawResponse): Buffer | undefined {
  const [, token] = /^Negotiate ([A-Za-z0-9+/=]+)$/.exec(headers.get('www-authenticate') ?? '') ?? [];
  return token === undefined ? undefined : Buffer.from(token, 'base64');
}
