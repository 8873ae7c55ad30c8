import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMV2 } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { sidBytes } from './sid.js';
import { type WellKnownAccount, wellKnownAccount, wellKnownByName } from './well-known-sids.js';

export const USER_CLASSES = ['Win32_UserAccount'];
export const GROUP_CLASSES = ['Win32_Group', 'Win32_SystemAccount'];

/** What the computer's own accounts have before their names, whatever the computer is called. */
const OWN = '.';

/** The name of an account, taken apart. */
interface AccountName {
  readonly name: string;
  /** `SRV01`, or `.`; undefined where none is said, also of `lab@lab.example`: accounts do not say the DNS name of their domain. */
  readonly domain: string | undefined;
}

function parsed(account: string): AccountName {
  const [, domain, name = ''] = /^(?:(.*)\\)?(.*)$/s.exec(account) ?? [];
  return { name: name.replace(/@.*$/s, ''), domain };
}

/** An account's name without that of its domain. */
export function plainName(account: string): string {
  return parsed(account).name;
}

/**
 * The account of a computer that is meant by a security identifier, `SRV01\lab`, `.\lab`, `lab` or `lab@lab.example`. Of those without a
 * domain the computer's own is meant before one of a domain, as LookupAccountName has it.
 *
 * @param classNames of which it is to be, in the order in which it is looked for
 */
export async function findAccount(
  store: Pick<InstanceReader, 'findEqual'>,
  account: string,
  classNames: readonly string[] = [...USER_CLASSES, ...GROUP_CLASSES],
): Promise<StoredInstance | undefined> {
  const isSid = sidBytes(account) !== undefined;
  const { name, domain } = parsed(account);
  const found: CimInstance[] = [];
  for (const className of classNames) {
    const [property, value] = isSid ? ['SID', account] : ['Name', name];
    found.push(...((await store.findEqual(CIMV2, [className], property, value)) ?? []));
  }
  if (isSid) return stored(found[0]);
  if (domain !== undefined && domain !== OWN)
    return stored(found.find((one) => sameName(one.getString('Domain') ?? '', domain)));
  const own = found.find((one) => one.get('LocalAccount') === true);
  return stored(own ?? (domain === OWN ? undefined : found[0]));
}

/** The account that every Windows has which is meant by a security identifier, `BUILTIN\Users` or `Users`. */
export function findWellKnown(account: string): WellKnownAccount | undefined {
  if (sidBytes(account)) return wellKnownAccount(account);
  const { name, domain } = parsed(account);
  const known = wellKnownByName(name);
  return known && (domain === undefined || sameName(known.domain ?? '', domain)) ? known : undefined;
}
