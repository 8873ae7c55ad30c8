import type { DomainPolicy } from '../../auth/accounts/domain-policy.js';
import type { TargetNamePolicy } from '../../auth/ntlm/target-name.js';
import type { ChannelBindingPolicy } from '../../auth/schemes/channel-binding.js';
import { flag, listOf, members, oneOf, text } from '../../options/option-checks.js';

/** Which ways to authenticate are enabled. */
export interface AuthenticationOptions {
  /** Negotiate (NTLMv2), with sealed messages over plain HTTP: the default of Windows' clients. Default true. */
  readonly negotiate?: boolean;
  /** Kerberos, by itself and within Negotiate. Default: none. */
  readonly kerberos?: KerberosOptions | undefined;
  /** HTTP Basic; over plain HTTP from this machine only. Default true. */
  readonly basic?: boolean;
  /**
   * What Negotiate on HTTPS must say about the TLS connection, as Windows' CbtHardeningLevel: `relaxed`, the default, refuses what is
   * wrong, `strict` also what is missing, `none` does not look.
   */
  readonly channelBinding?: ChannelBindingPolicy;
  /**
   * The domain that users may put in front of or behind their names, `LAB` or `lab.example`. This machine's names and `.` count as well.
   */
  readonly domain?: string;
  /** What to make of a domain in a name: nothing (`ignored`, the default), it must be ours if there is one, or there must be one. */
  readonly domainPolicy?: DomainPolicy;
  /**
   * What NTLM must say about the service it means: nothing (`none`, the default, as Windows), not another one (`relaxed`), or this one
   * (`strict`).
   */
  readonly targetName?: TargetNamePolicy;
  /** Names and addresses by which clients reach this service, for `targetName`; this machine's names and addresses count anyway. */
  readonly hostNames?: readonly string[];
}

/** How tickets are accepted. Who has one is the account whose name is that of the principal, without the realm. */
export interface KerberosOptions {
  /** The file with the keys of the service. */
  readonly keytab: string;
  /** Take tickets for this principal only, as `HTTP/host.example`. Default: for any in the keytab. */
  readonly servicePrincipal?: string | undefined;
  /**
   * Do not start where Kerberos cannot be served: without the system's GSSAPI, koffi's optional package or a key that fits. Default
   * false: it is not offered then, and the log says why.
   */
  readonly required?: boolean;
}

export const authenticationChecks = members<AuthenticationOptions>({
  negotiate: flag,
  kerberos: members<KerberosOptions>({ keytab: text, servicePrincipal: text, required: flag }, ['keytab']),
  basic: flag,
  channelBinding: oneOf('none', 'relaxed', 'strict'),
  domain: text,
  domainPolicy: oneOf('ignored', 'matched', 'required'),
  targetName: oneOf('none', 'relaxed', 'strict'),
  hostNames: listOf(text),
});

/** The options, with the defaults of those that have one. */
export function withAuthenticationDefaults(authentication: AuthenticationOptions = {}) {
  const { negotiate = true, basic = true, channelBinding = 'relaxed' } = authentication;
  return { ...authentication, negotiate, basic, channelBinding };
}
