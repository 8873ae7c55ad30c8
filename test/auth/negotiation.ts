import { createHash } from 'node:crypto';
import { openUserStore } from '../../src/auth/accounts/user-store.js';
import { ntlmNamesOf } from '../../src/auth/ntlm/ntlm-names.js';
import type { AuthenticationResult, AuthenticationScheme, Peer } from '../../src/auth/schemes/authentication-scheme.js';
import { createNegotiateScheme, type NegotiateOptions } from '../../src/auth/schemes/negotiate.js';

export const NAMES = ntlmNamesOf('iscsi-a.lab.example');
export const ALICE = { user: 'alice', password: 'secret' };
export const PLAIN: Peer = { tls: false, address: '192.0.2.7', loopback: false };
/** The hash of a certificate that there is not. */
export const CERTIFICATE_HASH = createHash('sha256').update('certificate').digest();

/** A new connection; `over` sets what is special about it. */
export function connect(over: Partial<Peer> = {}): Peer {
  return { ...PLAIN, ...over };
}

/** A new HTTPS connection. */
export function connectTls(): Peer {
  return connect({ tls: true, serverEndPoint: CERTIFICATE_HASH });
}

/** A server that knows alice and bob. */
export async function negotiateServer(options: Partial<NegotiateOptions> = {}): Promise<AuthenticationScheme> {
  return createNegotiateScheme(await accounts(), { names: NAMES, ...options });
}

/** Accounts with NT hashes: alice and bob. */
export async function accounts() {
  const users = await openUserStore({ cost: { N: 2, r: 1, p: 1 }, ntHashes: true });
  await users.add('alice', 'secret');
  await users.add('bob', 'hidden');
  return users;
}

/** Sends a token. */
export async function send(scheme: AuthenticationScheme, peer: Peer, token: Buffer): Promise<AuthenticationResult> {
  return scheme.authenticate({ authorization: `${scheme.name} ${token.toString('base64')}`, peer });
}

/** Sends a token that must be answered with another one. */
export async function exchange(scheme: AuthenticationScheme, peer: Peer, token: Buffer): Promise<Buffer> {
  const result = await send(scheme, peer, token);
  if (result.kind !== 'continue') throw new Error(`no answer but ${JSON.stringify(result)}`);
  return Buffer.from(result.token, 'base64');
}
