import type { TransportResponse } from './transport.js';

/** One way to sign in that a server names in `WWW-Authenticate` (RFC 9110 §11.3). */
export interface AuthenticationChallenge {
  /** As the server spells it. */
  readonly scheme: string;
  /** The `token68` behind it, in which Negotiate and its kin carry theirs. */
  readonly token?: string;
}

const ITEM = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const PARAMETER = /^[\w!#$%&'*+.^`|~-]+\s*=\s*[^\s=]/;
const CHALLENGE = /^([\w!#$%&'*+.^`|~-]+)(?:\s+(.*))?$/s;
const TOKEN68 = /^[\w.~+/-]+=*$/;

/** The challenges of an answer, in the order of the server. Several fields, or one with a list, say the same. */
export function parseChallenges(answer: Pick<TransportResponse, 'headers'>): readonly AuthenticationChallenge[] {
  const challenges: AuthenticationChallenge[] = [];
  for (const [item] of (answer.headers.get('www-authenticate') ?? '').matchAll(ITEM)) {
    const text = item.trim();
    // Parameters are parted by commas, as challenges are: what begins with `name=` belongs to the one before.
    const [, scheme, rest] = PARAMETER.test(text) ? [] : (CHALLENGE.exec(text) ?? []);
    if (scheme === undefined) continue;
    challenges.push(rest !== undefined && TOKEN68.test(rest) ? { scheme, token: rest } : { scheme });
  }
  return challenges;
}

/** The challenge of one scheme, whatever its letter case. */
export function challengeOf(
  answer: Pick<TransportResponse, 'headers'>,
  scheme: string,
): AuthenticationChallenge | undefined {
  return parseChallenges(answer).find((challenge) => challenge.scheme.toLowerCase() === scheme.toLowerCase());
}

/** The schemes' names, each once, as text for a person; undefined when there are none. */
export function offeredSchemes(answer: Pick<TransportResponse, 'headers'>): string | undefined {
  const names = new Set(parseChallenges(answer).map(({ scheme }) => scheme));
  return names.size === 0 ? undefined : [...names].join(', ');
}
