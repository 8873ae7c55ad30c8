import { parseCertificateMapping } from '../auth/certificates/certificate-map.js';
import type { AuthenticationOptions } from '../endpoint/options/authentication-options.js';
import type { ClientCertificateOptions } from '../endpoint/options/client-certificate-options.js';
import { UsageError } from './exit-with-error.js';
import type { SchemesArgument } from './serve-options.js';

/** What of the flags of `serve` says how to sign in. */
export interface AuthenticationFlags {
  readonly auth: SchemesArgument;
  readonly keytab?: string;
  readonly servicePrincipal?: string;
  readonly cbt: 'none' | 'relaxed' | 'strict';
  readonly domain?: string;
  readonly domainPolicy: 'ignored' | 'matched' | 'required';
  readonly spn: 'none' | 'relaxed' | 'strict';
  readonly spnHost?: readonly string[];
  readonly httpsPort: number | 'off';
  readonly clientCa?: string;
  readonly clientCrl?: string;
  readonly clientCertMap?: readonly string[];
}

/** What `--auth` is when it is left out. */
export const DEFAULT_SCHEMES: SchemesArgument = { negotiate: true, kerberos: false, basic: true };

/**
 * Whose certificates sign in. In the environment mappings stand one per line: a common name may have a comma.
 *
 * @throws UsageError
 */
export function clientCertificatesOf(flags: AuthenticationFlags): ClientCertificateOptions | undefined {
  const { clientCa, clientCrl, clientCertMap = [], httpsPort } = flags;
  if (clientCa === undefined) {
    if (clientCrl !== undefined) throw new UsageError('--client-crl goes with --client-ca');
    if (clientCertMap.length > 0) throw new UsageError('--client-cert-map goes with --client-ca');
    return undefined;
  }
  if (httpsPort === 'off') throw new UsageError('--client-ca needs HTTPS, which is off');
  const mappings = clientCertMap
    .flatMap((text) => text.split('\n'))
    .filter((text) => text.trim() !== '')
    .map(parseCertificateMapping);
  return { caPath: clientCa, mappings, ...(clientCrl !== undefined && { crlPath: clientCrl }) };
}

/**
 * Kerberos is on when `--auth` lists it, and then it must be possible; without `--auth`, when there is a keytab.
 *
 * @throws UsageError
 */
export function authenticationOf(flags: AuthenticationFlags): AuthenticationOptions {
  const { auth, keytab, servicePrincipal } = flags;
  const { kerberos: required, ...others } = auth;
  if (required && keytab === undefined) throw new UsageError('--auth kerberos needs --keytab');
  if (servicePrincipal !== undefined && keytab === undefined)
    throw new UsageError('--service-principal needs --keytab');
  const enabled = keytab !== undefined && (required || auth === DEFAULT_SCHEMES);
  if (keytab !== undefined && !enabled) throw new UsageError('--keytab is for Kerberos, which --auth leaves out');
  return {
    ...others,
    channelBinding: flags.cbt,
    ...(enabled && { kerberos: { keytab, servicePrincipal, required } }),
    ...(flags.domain !== undefined && { domain: flags.domain }),
    domainPolicy: flags.domainPolicy,
    targetName: flags.spn,
    ...(flags.spnHost && { hostNames: flags.spnHost }),
  };
}
