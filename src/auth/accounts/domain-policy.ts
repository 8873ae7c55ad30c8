import { foldAccountName } from './account-name.js';

/** What to make of the domain that comes with a user's name: nothing; it must be ours when it is there; it must be there and ours. */
export type DomainPolicy = 'ignored' | 'matched' | 'required';

export interface DomainRule {
  readonly policy: DomainPolicy;
  /** The names by which users call this machine or its domain; `.` always is one. */
  readonly ours: readonly string[];
}

/** For endpoints that do not look at domains. */
export const ANY_DOMAIN: DomainRule = { policy: 'ignored', ours: [] };

/**
 * The domain in a name: of `DOMAIN\user`, `user@domain`; empty when there is none.
 *
 * @param account the account that the name means; when that is what it is called as a whole, the `@` in it parts nothing
 */
export function domainOf(name: string, account: string | undefined): string {
  if (account !== undefined && foldAccountName(account) === foldAccountName(name)) return '';
  const backslash = name.indexOf('\\');
  if (backslash >= 0) return name.slice(0, backslash);
  const at = name.lastIndexOf('@');
  return at > 0 ? name.slice(at + 1) : '';
}

/** Why a user with this domain (empty: with none) is to be refused, or `undefined`. Domains compare without case. */
export function domainProblem({ policy, ours }: DomainRule, domain: string): string | undefined {
  if (policy === 'ignored') return undefined;
  if (domain === '') return policy === 'required' ? 'no domain, which is required' : undefined;
  const given = foldAccountName(domain);
  if (given === '.' || ours.some((name) => foldAccountName(name) === given)) return undefined;
  return `the domain "${domain}" is not ours`;
}
