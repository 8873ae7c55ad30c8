import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMV2 } from '../namespaces.js';
import { sidBytes } from './sid.js';
import { wellKnownAccount, wellKnownByName } from './well-known-sids.js';

/** Classes of accounts, in the order in which a name is looked for. */
const CLASSES = ['Win32_UserAccount', 'Win32_Group', 'Win32_SystemAccount'];

/**
 * The security identifier of an account of the computer, or of one that everybody knows.
 *
 * @param account `SRV01\lab`, `lab`, or the text of an identifier
 * @returns undefined when there is none
 */
export async function sidOfAccount(store: InstanceReader, account: string): Promise<string | undefined> {
  if (sidBytes(account)) return account.toUpperCase();
  const [, domain, name = ''] = /^(?:(.*)\\)?(.*)$/s.exec(account) ?? [];
  const known = wellKnownByName(name);
  if (known && (domain === undefined || sameName(known.domain ?? '', domain))) return known.sid;
  const isMeant = (one: CimInstance) => domain === undefined || sameName(one.getString('Domain') ?? '', domain);
  return (await accountsWith(store, 'Name', name)).find(isMeant)?.getString('SID');
}

/** What an identifier is called: `SRV01\lab`, `Everyone`, or its text when nobody has it. */
export async function accountOfSid(store: InstanceReader, sid: string): Promise<string> {
  const known = wellKnownAccount(sid);
  if (known) return nameOf(known.domain ?? undefined, known.name);
  const [account] = await accountsWith(store, 'SID', sid);
  return account ? nameOf(account.getString('Domain'), account.getString('Name') ?? '') : sid;
}

function nameOf(domain: string | undefined, name: string): string {
  return domain === undefined || domain === '' ? name : `${domain}\\${name}`;
}

async function accountsWith(store: InstanceReader, property: string, value: string): Promise<readonly CimInstance[]> {
  const found: CimInstance[] = [];
  for (const className of CLASSES) found.push(...((await store.findEqual(CIMV2, [className], property, value)) ?? []));
  return found;
}
