import { tlsServerEndPoint } from '../../auth/certificates/tls-server-end-point.js';
import { MalformedTokenError } from '../../auth/malformed-token-error.js';
import type { MessageSecurity } from '../../auth/message-encryption/message-security.js';
import { looksLikeSoap } from '../message/looks-like-soap.js';
import type { ClientAuthentication, StartAuthentication } from './client-authentication.js';
import { type AuthenticationChallenge, challengeOf, offeredSchemes, parseChallenges } from './parse-challenges.js';
import { isSealed, openAnswer, sealRequest } from './sealed-message.js';
import { ConnectionGoneError, type SingleConnection } from './single-connection.js';
import type { PostOptions, TransportResponse } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

/** NTLM has two, Kerberos one; SPNEGO may add one when the server chooses another mechanism. */
const MAX_LEGS = 5;

/** The server does not sign in with this scheme, and has been told nothing but its first token, which says nothing about the account. */
export class SchemeNotOfferedError extends WsmanTransportError {
  /** What the server does offer. */
  readonly challenges: readonly AuthenticationChallenge[];

  constructor(scheme: string, answer: TransportResponse) {
    const names = offeredSchemes(answer);
    const isNamed = challengeOf(answer, scheme) !== undefined;
    const message = isNamed
      ? `the endpoint refuses how ${scheme} begins here (it may want Kerberos)`
      : `the endpoint does not offer ${scheme}${names === undefined ? '' : `, but ${names}`}`;
    super('scheme', message, { status: answer.status });
    this.challenges = parseChallenges(answer);
  }
}

/** The error itself, or what it was made from when its address was put in front. */
export function schemeNotOffered(error: unknown): SchemeNotOfferedError | undefined {
  const inner = error instanceof WsmanTransportError && error.cause instanceof Error ? error.cause : error;
  return inner instanceof SchemeNotOfferedError ? inner : undefined;
}

/** What a sign-in came to. */
export interface SignedIn {
  readonly kind: 'signed in';
  readonly scheme: string;
  /** What seals the messages; undefined where they go as they are. */
  readonly security: MessageSecurity | undefined;
}

type SignInResult =
  | SignedIn
  /** The server refused, or is in no state to answer: its answer is the answer to what was to be sent. */
  | { readonly kind: 'answered'; readonly answer: TransportResponse };

interface SignInOptions {
  readonly url: URL;
  /** The server's name in its service principal. */
  readonly host: string;
  readonly headers: PostOptions['headers'];
  readonly signal: AbortSignal;
}

/**
 * Signs in a new connection, with empty messages: nothing of the caller's is sent before both sides know each other.
 *
 * @throws SchemeNotOfferedError; WsmanTransportError `security` when the server does not prove who it is, `closed` when it hangs up
 */
export async function signIn(
  connection: SingleConnection,
  start: StartAuthentication,
  { url, host, headers, signal }: SignInOptions,
): Promise<SignInResult> {
  await connection.open(signal);
  const certificate = connection.peerCertificate;
  const authentication = start({
    host,
    serverEndPoint: certificate === undefined ? undefined : tlsServerEndPoint(certificate),
  });
  const { scheme } = authentication;
  let token = await authentication.start();
  for (let leg = 1; leg <= MAX_LEGS; leg++) {
    const answer = await sendToken(connection, { authentication, token, headers, signal });
    const received = tokenOf(answer, scheme);
    // The first answer without a token comes from a server that does not know the scheme, or did not look at it.
    if (leg === 1 && received === undefined) return notSignedIn(scheme, answer);
    if (answer.status !== 401) return end(authentication, answer, received, url.protocol === 'https:');
    const next = received && (await agreed(scheme, () => authentication.step(received)));
    if (next === undefined) return { kind: 'answered', answer: { ...answer, scheme } };
    token = next;
  }
  throw new WsmanTransportError('scheme', `${scheme} came to no end after ${MAX_LEGS} messages`);
}

/** What the server says in its turn. */
function tokenOf(answer: TransportResponse, scheme: string): Buffer | undefined {
  const token = challengeOf(answer, scheme)?.token;
  return token === undefined ? undefined : Buffer.from(token, 'base64');
}

/** The last answer of a sign-in. */
async function end(
  authentication: ClientAuthentication,
  answer: TransportResponse,
  received: Buffer | undefined,
  tls: boolean,
): Promise<SignInResult> {
  const { scheme } = authentication;
  // Too busy, or shutting down: no word about the sign-in.
  if (answer.status >= 400 && received === undefined) return { kind: 'answered', answer: { ...answer, scheme } };
  const security = await proven(() => authentication.finish(received));
  return { kind: 'signed in', scheme, security: tls ? undefined : security };
}

interface Leg {
  readonly authentication: ClientAuthentication;
  readonly token: Buffer;
  readonly headers: PostOptions['headers'];
  readonly signal: AbortSignal;
}

async function sendToken(connection: SingleConnection, { authentication, token, headers, signal }: Leg) {
  const { scheme } = authentication;
  const authorization = `${scheme} ${token.toString('base64')}`;
  try {
    return await connection.post(new Uint8Array(), { headers: { ...headers, authorization }, signal });
  } catch (error) {
    if (!(error instanceof ConnectionGoneError)) throw error;
    const why = `the connection was closed in the middle of the sign-in, which ${scheme} does on one connection`;
    throw new WsmanTransportError('closed', `${why}: is there a proxy in between?`, { cause: error });
  }
}

/** Errors and wrong paths are the server's answer; anything else comes from one that does not look at the token at all. */
function notSignedIn(scheme: string, answer: TransportResponse): SignInResult {
  const { status } = answer;
  if (status >= 500 || [403, 404, 405, 407].includes(status) || (status >= 300 && status < 400))
    return { kind: 'answered', answer };
  throw new SchemeNotOfferedError(scheme, answer);
}

async function agreed<T>(scheme: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof MalformedTokenError)) throw error;
    throw new WsmanTransportError('scheme', `${scheme} with the endpoint fails: ${error.message}`, { cause: error });
  }
}

async function proven<T>(finish: () => T | Promise<T>): Promise<T> {
  try {
    return await finish();
  } catch (error) {
    if (!(error instanceof MalformedTokenError)) throw error;
    const message = `the endpoint does not prove that it knows the account: ${error.message}`;
    throw new WsmanTransportError('security', message, { cause: error });
  }
}

/**
 * Sends a message over a connection that is signed in.
 *
 * @param security seals it and opens the answer
 * @throws ConnectionGoneError when nothing was sent; WsmanTransportError `security`
 */
export async function postSealed(
  connection: SingleConnection,
  security: MessageSecurity,
  message: { readonly body: Uint8Array; readonly headers: PostOptions['headers'] },
  { signal, allowClear }: { readonly signal: AbortSignal; readonly allowClear: boolean },
): Promise<{ readonly answer: TransportResponse; readonly sealed: boolean }> {
  const { body, headers } = await sealRequest(message, security);
  const answer = await connection.post(body, { headers, signal });
  if (isSealed(answer)) return { answer: await openAnswer(answer, security), sealed: true };
  // HTTP's own refusals come from below the seal, and say nothing but that there is no answer.
  if (allowClear || (answer.status >= 400 && !looksLikeSoap(answer))) return { answer, sealed: false };
  const why = 'the answer to a sealed message is in clear: anybody between here and the endpoint may have written it';
  throw new WsmanTransportError('security', why, { status: answer.status });
}
