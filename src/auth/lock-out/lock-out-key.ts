import { hash } from 'node:crypto';
import type { CountKeys } from '../../cim/contracts/shared-counts.js';
import { foldAccountName } from '../accounts/account-name.js';
import { addressGroup } from './address-group.js';

/** Under what an account at an address is counted. Names can be as long as a header; what is kept of them cannot. */
export function lockOutKey(account: string, address: string): string {
  const name = foldAccountName(account);
  return `${addressGroup(address)} ${name.length <= 64 ? name : hash('sha256', name, 'base64')}`;
}

/** The same for others to keep, who need not know names and addresses. */
export function sharedKeys(account: string, address: string): CountKeys {
  return {
    pair: hash('sha256', `pair ${lockOutKey(account, address)}`, 'base64'),
    address: hash('sha256', `address ${addressGroup(address)}`, 'base64'),
  };
}
