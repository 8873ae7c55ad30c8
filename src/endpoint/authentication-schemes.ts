import { hostname } from 'node:os';
import type { UserStore } from '../auth/accounts/user-store.js';
import { createCertificateScheme } from '../auth/certificates/certificate-scheme.js';
import type { KerberosAcceptor } from '../auth/kerberos/kerberos-acceptor.js';
import { createKerberosMechanism } from '../auth/kerberos/kerberos-mechanism.js';
import { createLockOut, type LockOut, type LockOutLimits, NO_LOCK_OUT } from '../auth/lock-out/lock-out.js';
import { createSharedLockOut } from '../auth/lock-out/shared-lock-out.js';
import { ntlmNamesOf, ownDomains } from '../auth/ntlm/ntlm-names.js';
import type { AuthenticationScheme } from '../auth/schemes/authentication-scheme.js';
import { createBasicScheme } from '../auth/schemes/basic.js';
import { createKerberosScheme, createNegotiateScheme, createNtlmScheme } from '../auth/schemes/negotiate.js';
import type { State } from '../cim/contracts/state.js';
import type { Logger } from '../http/logger.js';
import { withAuthenticationDefaults } from './options/authentication-options.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import { unencryptedMode } from './options/network-options.js';

/** What other endpoints count, and where it is told that they cannot be reached. */
export interface SharedSignIn {
  readonly sharedCounts?: State['sharedCounts'] | undefined;
  readonly logger: Logger;
}

/** The ways to authenticate, in the order in which Windows offers them. */
export function authenticationSchemes(
  options: EndpointOptions,
  users: UserStore,
  acceptor: KerberosAcceptor | undefined,
  { sharedCounts, logger }: SharedSignIn,
): readonly AuthenticationScheme[] {
  const { negotiate, basic, channelBinding, ...rest } = withAuthenticationDefaults(options.authentication);
  // Who comes with a ticket or a certificate means an account as a whole; no domain is taken off on the way to it.
  const findAccount = (name: string) => users.accountOf(name)?.name;
  const kerberos = (within: 'SPNEGO' | 'Kerberos') =>
    acceptor &&
    createKerberosMechanism({
      acceptor,
      findAccount,
      channelBinding,
      protocol: `application/HTTP-${within}-session-encrypted`,
    });
  const alone = kerberos('Kerberos');
  const { clientCertificates } = options;
  const allowUnencrypted = unencryptedMode(options);
  const lockOut = options.lockOut === 'off' ? NO_LOCK_OUT : lockOutOf(options.lockOut, { sharedCounts, logger });
  const { domain, domainPolicy = 'ignored', targetName = 'none', hostNames: hosts = [] } = rest;
  const names = ntlmNamesOf(hostname(), domain);
  const negotiation = {
    names,
    channelBinding,
    domain: domainPolicy,
    targetName,
    hosts,
    lockOut,
    ntlm: negotiate,
    kerberos: kerberos('SPNEGO'),
  };
  const domainRule = { policy: domainPolicy, ours: ownDomains(names) };
  return [
    ...(negotiate || alone ? [createNegotiateScheme(users, negotiation)] : []),
    ...(alone ? [createKerberosScheme(alone)] : []),
    ...(negotiate ? [createNtlmScheme(users, negotiation)] : []),
    ...(basic
      ? [createBasicScheme(users, { allowUnencrypted, domain: domainRule, lockOut, given: options.users ?? [] })]
      : []),
    ...(clientCertificates
      ? [createCertificateScheme({ findAccount, mappings: clientCertificates.mappings ?? [], domain: domainRule })]
      : []),
  ];
}

function lockOutOf(
  limits: Partial<LockOutLimits> | undefined,
  { sharedCounts: counts, logger }: SharedSignIn,
): LockOut {
  const local = createLockOut(limits);
  if (counts === undefined) return local;
  return createSharedLockOut(local, { counts, onProblem: (problem) => logger.warn({}, problem) });
}
