import { sameName } from '../../cim/model/name-map.js';
import { LOCAL_SERVICE, NETWORK_SERVICE, SYSTEM, type WellKnownAccount } from './well-known-sids.js';

/** An account that the system works as: it needs no password, and is in no list of users. */
export interface SystemAccount extends WellKnownAccount {
  readonly domain: string;
  /** As a service's `StartName` has it. */
  readonly startName: string;
  /** In small letters, without spaces and what is before them. */
  readonly names: readonly string[];
}

const DOMAIN = 'NT AUTHORITY';

const SYSTEM_ACCOUNTS: readonly SystemAccount[] = [
  { ...SYSTEM, domain: DOMAIN, startName: 'LocalSystem', names: ['system', 'localsystem'] },
  { ...LOCAL_SERVICE, domain: DOMAIN, startName: `${DOMAIN}\\LocalService`, names: ['localservice'] },
  { ...NETWORK_SERVICE, domain: DOMAIN, startName: `${DOMAIN}\\NetworkService`, names: ['networkservice'] },
];

/** The account of the system that is meant by `LocalSystem`, `NT AUTHORITY\Local Service`, `.\NetworkService` or its security identifier. */
export function systemAccount(account: string): SystemAccount | undefined {
  const plain = account
    .replace(/^(?:NT AUTHORITY|\.)\\/i, '')
    .replaceAll(' ', '')
    .toLowerCase();
  return SYSTEM_ACCOUNTS.find(({ names, sid }) => names.includes(plain) || sameName(sid, account));
}
