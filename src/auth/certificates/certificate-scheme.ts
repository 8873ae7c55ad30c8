import { ANY_DOMAIN, type DomainRule, domainProblem } from '../accounts/domain-policy.js';
import type { AuthenticationResult, AuthenticationScheme } from '../schemes/authentication-scheme.js';
import { accountsOf, type CertificateMapping } from './certificate-map.js';
import type { ClientCertificate } from './client-certificate.js';

/**
 * The profile of client certificates over HTTPS (DSP0226 Annex C), which is what stands in `Authorization` as well (MS-WSMV 2.2.4.2):
 * a certificate alone signs nobody in, since a browser or a proxy may show one for another reason.
 */
export const MUTUAL_PROFILE = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/** An authority may write many names, and long ones. */
const MAX_LOGGED = 300;

export interface CertificateSchemeOptions {
  /** The account of a name as it is written in the store; `undefined` when there is none. */
  readonly findAccount: (name: string) => string | undefined;
  /** Default: the certificate's names are those of accounts. */
  readonly mappings?: readonly CertificateMapping[];
  /** What to make of the domain that is taken off a principal name. Default: nothing. */
  readonly domain?: DomainRule;
  /** The clock. */
  readonly now?: () => Date;
}

/**
 * Client certificates, mapped to accounts. The certificate belongs to the TLS connection, and so does its user: later requests may
 * leave out the header.
 */
export function createCertificateScheme(options: CertificateSchemeOptions): AuthenticationScheme {
  const { findAccount, mappings = [], domain: rule = ANY_DOMAIN, now = () => new Date() } = options;

  return {
    name: MUTUAL_PROFILE,
    // A URI is no scheme that `WWW-Authenticate` could name (RFC 9110 §11.1); who has a certificate knows.
    challenge: () => undefined,
    securityProfile: ({ tls }) => (tls ? MUTUAL_PROFILE : undefined),

    authenticate({ authorization, peer }) {
      if (authorization.trim().length !== MUTUAL_PROFILE.length) return refused('something follows the URI');
      if (!peer.tls) return refused('over plain HTTP');
      const certificate = peer.clientCertificate;
      if (certificate === undefined) return refused('the client has shown none');
      if (certificate.problem !== undefined) return refused(`${certificate.problem} ${thumbprintOf(certificate)}`);
      // Connections may live longer than what was checked when they began.
      const expiry = () => expiryProblem(certificate);
      const expired = expiry();
      return expired === undefined ? signIn(certificate, expiry) : { kind: 'refused', reason: expired };
    },
  };

  function expiryProblem(certificate: ClientCertificate): string | undefined {
    if (now() <= certificate.notAfter) return undefined;
    return `client certificate: the certificate has expired ${thumbprintOf(certificate)}`;
  }

  /** Signs in the first account that the certificate stands for. */
  function signIn(certificate: ClientCertificate, expiry: () => string | undefined): AuthenticationResult {
    const which = thumbprintOf(certificate);
    for (const { account, domain } of accountsOf(certificate, mappings)) {
      const user = findAccount(account);
      if (user === undefined) continue;
      const foreign = domain === undefined ? undefined : domainProblem(rule, domain);
      if (foreign !== undefined) return refused(`${foreign} (user "${user}") ${which}`);
      return { kind: 'authenticated', user, connection: { problem: expiry } };
    }
    const names = JSON.stringify([...certificate.principalNames, ...certificate.commonNames]);
    return refused(`no account for ${names.slice(0, MAX_LOGGED)} ${which}`);
  }
}

function thumbprintOf({ thumbprint }: ClientCertificate): string {
  return `(thumbprint ${thumbprint})`;
}

function refused(reason: string): AuthenticationResult {
  return { kind: 'refused', reason: `client certificate: ${reason}` };
}
