import type { Account } from '../accounts/account.js';
import { MUTUAL_PROFILE } from '../certificates/certificate-scheme.js';
import type {
  AuthenticatedUser,
  AuthenticationResult,
  AuthenticationScheme,
  Peer,
  PeerPlace,
} from './authentication-scheme.js';

/** What an {@link Authenticator} adds to a scheme's own results: who answered, so that the token can be named. */
export type AuthenticatorResult =
  | Exclude<AuthenticationResult, { kind: 'continue' | 'authenticated' }>
  /** `challenge`: the value of a `WWW-Authenticate` field to go with the answer, if there is to be one. */
  | (Omit<AuthenticatedUser, 'token'> & { readonly challenge?: string | undefined })
  /** The value of the `WWW-Authenticate` field that carries the next leg. */
  | { readonly kind: 'continue'; readonly challenge: string };

/** Decides who sent a request, by whatever schemes are enabled. Nobody, until a scheme says otherwise. */
export interface Authenticator {
  /** The `WWW-Authenticate` values for a peer, one field each; empty when this peer can authenticate in no way. */
  challenges(peer: Peer): string[];
  /** The profile URIs of a listener, for Identify, each once. */
  securityProfiles(place: PeerPlace): readonly string[];
  /**
   * @param authorization the value of every `Authorization` field of the request: anything but exactly one is refused, whatever
   *   they say (CVE-2021-38647 and its kin began with none, two, or an empty one)
   */
  authenticate(authorization: readonly string[], peer: Peer): AuthenticatorResult | Promise<AuthenticatorResult>;
}

/**
 * @param schemes in the order in which they are offered
 * @param accountOf finds the account of a user that a scheme has let in; who has none is refused after all. Default: users have no
 *   accounts, and may do everything
 */
export function createAuthenticator(
  schemes: readonly AuthenticationScheme[],
  accountOf?: (user: string) => Account | undefined,
): Authenticator {
  const byName = new Map(schemes.map((scheme) => [scheme.name.toLowerCase(), scheme]));

  return {
    challenges: (peer) =>
      schemes.map((scheme) => scheme.challenge(peer)).filter((challenge) => challenge !== undefined),

    securityProfiles(place) {
      const profiles = schemes
        .map((scheme) => scheme.securityProfile(place))
        .filter((profile) => profile !== undefined);
      return [...new Set(profiles)];
    },

    authenticate(authorization, peer) {
      const [header] = authorization;
      if (header === undefined) return refused('no Authorization header');
      if (authorization.length > 1) return refused('more than one Authorization header');
      const blank = header.indexOf(' ');
      const name = blank < 0 ? header : header.slice(0, blank);
      const scheme = byName.get(name.toLowerCase());
      if (scheme === undefined) return refused(schemeProblem(header, name));
      const result = scheme.authenticate({ authorization: header, peer });
      return result instanceof Promise ? result.then((late) => conclude(scheme, late)) : conclude(scheme, result);
    },
  };

  function conclude(scheme: AuthenticationScheme, result: AuthenticationResult): AuthenticatorResult {
    if (result.kind === 'continue') return { kind: 'continue', challenge: `${scheme.name} ${result.token}` };
    if (result.kind !== 'authenticated') return result;
    const { user, connection, warning, token } = result;
    const account = accountOf?.(user);
    if (accountOf !== undefined && account === undefined)
      return refused(`${scheme.name}: "${user}" has proven who it is, and has no account here`);
    // Written out: a spread takes V8's slow path here, on every request (docs/performance.md).
    const challenge = token === undefined ? undefined : `${scheme.name} ${token}`;
    return { kind: 'authenticated', user, account, connection, warning, challenge };
  }
}

/** What clients of WinRM send. Other names are not repeated: a password might stand where the name should. */
const KNOWN_SCHEMES = ['Basic', 'Negotiate', 'NTLM', 'Kerberos', 'CredSSP', 'Digest', 'Bearer', MUTUAL_PROFILE];

function schemeProblem(header: string, name: string): string {
  if (header === '') return 'an empty Authorization header';
  const known = KNOWN_SCHEMES.find((one) => one.toLowerCase() === name.toLowerCase());
  return known === undefined ? 'an unknown scheme' : `the scheme ${known} is not enabled`;
}

function refused(reason: string): AuthenticatorResult {
  return { kind: 'refused', reason };
}
