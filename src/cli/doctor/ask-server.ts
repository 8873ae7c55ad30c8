import { MalformedTokenError } from '../../auth/malformed-token-error.js';
import { readChallengeMessage } from '../../auth/ntlm/challenge-message.js';
import { hasFlag, NegotiateFlag } from '../../auth/ntlm/negotiate-flags.js';
import { startNtlm } from '../../auth/ntlm/ntlm-initiator.js';
import { readNegTokenResp } from '../../auth/spnego/neg-token-resp.js';
import { startSpnegoNtlm } from '../../auth/spnego/spnego-initiator.js';
import { contentType } from '../../client/message/message-charset.js';
import { readEnvelope } from '../../client/message/read-envelope.js';
import { type Identity, readIdentity } from '../../client/message/read-identity.js';
import { buildIdentifyRequest } from '../../client/message/request-envelope.js';
import { createHttpTransport } from '../../client/transport/http-transport.js';
import { challengeOf, parseChallenges } from '../../client/transport/parse-challenges.js';
import type { TransportResponse } from '../../client/transport/transport.js';
import type { DoctorTarget } from './doctor-target.js';

/** What a server tells anybody. */
export interface ServerAnswers {
  /** Of an Identify without credentials. */
  readonly identify: TransportResponse;
  readonly identity: Identity | undefined;
  /** Of an empty message without credentials. */
  readonly unasked: TransportResponse;
  /** The schemes that it offers, as it spells them. */
  readonly schemes: readonly string[];
  /** Whether NTLM is answered, and agrees to sealed messages. */
  readonly ntlm: 'seals' | 'does not seal' | 'not answered';
}

const MAX_RESPONSE_BYTES = 1_000_000;

/**
 * Asks a server all that can be asked without an account. Nothing secret is sent, so that its certificate does not matter.
 *
 * @throws WsmanTransportError when it does not answer at all
 */
export async function askServer({ url, zone, timeoutMs }: DoctorTarget): Promise<ServerAnswers> {
  const tls = { rejectUnauthorized: false };
  const transport = createHttpTransport({ url, zone, tls, connections: 1, maxResponseSize: MAX_RESPONSE_BYTES });
  const post = (body: string, headers: Record<string, string>) =>
    transport.post(Buffer.from(body), { headers: { 'content-type': contentType('utf-8'), ...headers }, timeoutMs });
  try {
    const identify = await post(buildIdentifyRequest(), { wsmanidentify: 'unauthenticated' });
    const unasked = await post('', {});
    const schemes = [...new Set(parseChallenges(unasked).map(({ scheme }) => scheme))];
    const offersNtlm = schemes.some((scheme) => /^negotiate$/i.test(scheme));
    const ntlm = offersNtlm ? await askNtlm(post) : 'not answered';
    return { identify, identity: identityOf(identify), unasked, schemes, ntlm };
  } finally {
    await transport.close();
  }
}

function identityOf(answer: TransportResponse): Identity | undefined {
  try {
    const { body, xml } = readEnvelope(answer);
    return readIdentity(body, xml);
  } catch {
    return undefined;
  }
}

/** Begins NTLM for nobody, to read what the server agrees to; its challenge is left unanswered. */
async function askNtlm(
  post: (body: string, headers: Record<string, string>) => Promise<TransportResponse>,
): Promise<ServerAnswers['ntlm']> {
  const { init } = startSpnegoNtlm(startNtlm({ user: '', password: '' }));
  const answer = await post('', { authorization: `Negotiate ${init.toString('base64')}` });
  const { token } = challengeOf(answer, 'Negotiate') ?? {};
  if (token === undefined) return 'not answered';
  try {
    const { token: challenge } = readNegTokenResp(Buffer.from(token, 'base64'));
    if (challenge === undefined) return 'not answered';
    const { flags } = readChallengeMessage(challenge);
    const isStrong = hasFlag(flags, NegotiateFlag.seal) && hasFlag(flags, NegotiateFlag.key128);
    return isStrong ? 'seals' : 'does not seal';
  } catch (error) {
    if (error instanceof MalformedTokenError) return 'not answered';
    throw error;
  }
}
