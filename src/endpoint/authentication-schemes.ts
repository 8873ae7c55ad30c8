import { hostname } from 'node:os';
import type { UserStore } from '../auth/accounts/user-store.js';
import { createCertificateScheme } from '../auth/certificates/certificate-scheme.js';
import type { KerberosAcceptor } from '../auth/kerberos/kerberos-acceptor.js';
import { createKerberosMechanism } from '../auth/kerberos/kerberos-mechanism.js';
import { createLockOut, NO_LOCK_OUT } from '../auth/lock-out/lock-out.js';
import { ntlmNamesOf, ownDomains } from '../auth/ntlm/ntlm-names.js';
import type { AuthenticationScheme } from '../auth/schemes/authentication-scheme.js';
import { createBasicScheme } from '../auth/schemes/basic.js';
import { createKerberosScheme, createNegotiateScheme, createNtlmScheme } from '../auth/schemes/negotiate.js';
import { withAuthenticationDefaults } from './options/authentication-options.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import { unencryptedMode } from './options/network-options.js';

/** The ways to authenticate, in the order in which Windows offers them. */
export function authenticationSchemes(
  options: EndpointOptions,
  users: UserStore,
  acceptor: KerberosAcceptor | undefined,
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
  const lockOut = options.lockOut === 'off' ? NO_LOCK_OUT : createLockOut(options.lockOut);
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
