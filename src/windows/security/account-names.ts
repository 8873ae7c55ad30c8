import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { findAccount, findWellKnown } from './find-account.js';
import { sidBytes } from './sid.js';
import { wellKnownAccount } from './well-known-sids.js';

/**
 * The security identifier of an account of the computer, or of one that everybody knows.
 *
 * @param account as {@link findAccount} takes it; an identifier need not be one of an account
 * @returns undefined when there is none
 */
export async function sidOfAccount(store: InstanceReader, account: string): Promise<string | undefined> {
  if (sidBytes(account)) return account.toUpperCase();
  return findWellKnown(account)?.sid ?? (await findAccount(store, account))?.getString('SID');
}

/** What an identifier is called: `SRV01\lab`, `Everyone`, or its text when nobody has it. */
export async function accountOfSid(store: InstanceReader, sid: string): Promise<string> {
  const known = wellKnownAccount(sid);
  if (known) return nameOf(known.domain ?? undefined, known.name);
  const account = await findAccount(store, sid);
  return account ? nameOf(account.getString('Domain'), account.getString('Name') ?? '') : sid;
}

function nameOf(domain: string | undefined, name: string): string {
  return domain === undefined || domain === '' ? name : `${domain}\\${name}`;
}
