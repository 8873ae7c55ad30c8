import type { MessageSecurity } from '../../src/auth/message-encryption/message-security.js';
import { createBasicScheme } from '../../src/auth/schemes/basic.js';
import { createNegotiateScheme, createNtlmScheme, type NegotiateOptions } from '../../src/auth/schemes/negotiate.js';
import { accounts, NAMES } from '../auth/negotiation.js';
import type { RawConnection } from './raw-connection.js';
import { rawRequest, type SealingClientOptions, SOAP, seal, sealingClient, unseal } from './sealing-client.js';
import { ENVELOPE, startTestListeners, type TestListenersOptions } from './test-listeners.js';

/** A message as nobody sealed it. */
export const CLEAR = { type: SOAP, bytes: Buffer.from(ENVELOPE) };
export const NOTHING = { type: SOAP, bytes: Buffer.alloc(0) };
/** The `Authorization` of alice by Basic. */
export const alice = (password: string) => `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;

/** A server on which alice and bob sign in with Negotiate, NTLM or Basic. */
export async function startServer(options: TestListenersOptions = {}, negotiate: Partial<NegotiateOptions> = {}) {
  const users = await accounts();
  const scheme = { names: NAMES, ...negotiate };
  const schemes = [createNegotiateScheme(users, scheme), createNtlmScheme(users, scheme), createBasicScheme(users)];
  return startTestListeners({ schemes, ...options });
}

/** A server and a connection that somebody has signed in on. */
export async function signedIn(options: TestListenersOptions = {}, client: SealingClientOptions = {}) {
  const server = await startServer(options);
  const connection = await server.connect();
  const { security } = await signInOn(connection, client);
  return { server, connection, security };
}

/** Signs in and gives what was agreed on; `undefined` where sealing was not. */
export async function signInOn(connection: RawConnection, options: SealingClientOptions = {}) {
  const client = sealingClient(connection, options);
  const response = await client.signIn();
  if (response.status !== 200) throw new Error(`not signed in: ${response.status}`);
  return { response, security: options.seal === false ? NO_SECURITY : client.security };
}

/** Where messages go as they are. */
export const NO_SECURITY: MessageSecurity = {
  protocol: 'none',
  wrap: (message) => ({ token: Buffer.alloc(16), sealed: message }),
  unwrap: (_token, sealed) => sealed,
};

/** Sends a sealed envelope and reads what the service made of it. */
export async function askSealed(connection: RawConnection, security: MessageSecurity, message: string = ENVELOPE) {
  const response = await connection.send(rawRequest(await seal(security, message))).response();
  return { ...response, ...(await unseal(security, response)) };
}
