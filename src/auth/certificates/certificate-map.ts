import { withoutDomain } from '../accounts/account-name.js';
import { domainOf } from '../accounts/domain-policy.js';
import type { CertificateNames } from './certificate-names.js';

/** Whose certificate belongs to which account. */
export interface CertificateMapping {
  /** A principal name or common name, compared without case; `*` stands for anything. */
  readonly name: string;
  readonly account: string;
}

/** An account that a certificate may stand for. */
export interface CertificateAccount {
  readonly account: string;
  /** What was taken off a principal name to get it; `undefined` where it was named as a whole, or mapped. */
  readonly domain: string | undefined;
}

/** The mapping in text is none. `expected`: the message is for the operator and says all there is to say. */
export class CertificateMappingError extends Error {
  override readonly name = 'CertificateMappingError';
  readonly expected = true;
}

/**
 * `NAME=ACCOUNT`; the last equals sign parts them, since names have some.
 *
 * @throws CertificateMappingError
 */
export function parseCertificateMapping(text: string): CertificateMapping {
  const at = text.lastIndexOf('=');
  const name = text.slice(0, Math.max(at, 0)).trim();
  const account = text.slice(at + 1).trim();
  if (at < 0 || name === '' || account === '')
    throw new CertificateMappingError(`a mapping of client certificates is NAME=ACCOUNT, not '${text}'`);
  return { name, account };
}

/**
 * The accounts a certificate stands for, in the order in which they are to be looked for; the first that there is counts.
 *
 * Without mappings the name in the certificate is that of the account: the principal name, whole and without its domain; only
 * a certificate that has none goes by its common name. With mappings, nothing but they count, and the first that fits does.
 */
export function accountsOf(
  certificate: CertificateNames,
  mappings: readonly CertificateMapping[],
): readonly CertificateAccount[] {
  const { principalNames, commonNames } = certificate;
  const names = principalNames.length > 0 ? principalNames : commonNames;
  const whole = (account: string): CertificateAccount => ({ account, domain: undefined });
  if (mappings.length === 0) {
    const parts = principalNames.map((name) => ({ account: withoutDomain(name), domain: domainOf(name, undefined) }));
    return [...names.map(whole), ...parts];
  }
  const mapping = mappings.find(({ name }) => names.some((candidate) => matches(name, candidate)));
  return mapping === undefined ? [] : [whole(mapping.account)];
}

/** In one pass, so that no name can make it slow. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}
