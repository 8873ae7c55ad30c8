import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { elementsOf } from '../elements-of.js';
import { MethodRefusal } from '../method-refusal.js';
import { accountOfSid, sidOfAccount } from '../security/account-names.js';
import { AceType } from '../security/descriptor-parts.js';
import { notedSecurity, noteSecurity } from '../security/noted-security.js';
import { parseSddl } from '../security/sddl.js';
import {
  type AccessControlEntry,
  readEntries,
  readTrustee,
  securityDescriptor,
} from '../security/security-descriptor.js';
import { ADMINISTRATORS, EVERYONE } from '../security/well-known-sids.js';
import { ANY_SCOPE } from './show-shares.js';
import { SmbError } from './smb-error.js';

const ENTRY_CLASS = 'MSFT_SmbShareAccessControlEntry';
/** `AccessRight`: what each is in a mask, by its number. */
const MASKS = [0x1f01ff, 0x1301bf, 0x1200a9];
const CUSTOM = 3;
export const Right = { full: 0, change: 1, read: 2 } as const;

type Entries = readonly AccessControlEntry[];

/** What an entry says of an account. */
function entry(sid: string, right: number, isDenied = false): AccessControlEntry {
  return { sid, accessMask: MASKS[right] ?? 0, isDenied, flags: 0 };
}

/** Who may use a share: one that nobody gave a descriptor is for everybody to read; one without a list is open. */
async function entriesOf(store: InstanceReader, share: string): Promise<Entries> {
  const descriptor = await notedSecurity(store, `share ${share}`);
  if (!descriptor) return [entry(EVERYONE.sid, Right.read)];
  return readEntries(descriptor) ?? [entry(EVERYONE.sid, Right.full)];
}

/** The same as instances, those that deny before those that allow. */
export async function shownEntries(store: InstanceReader, share: string): Promise<readonly CimInstance[]> {
  const shown: CimInstance[] = [];
  for (const { sid, accessMask, isDenied } of await entriesOf(store, share)) {
    const right = MASKS.indexOf(accessMask);
    const values = {
      ...{ Name: share, ScopeName: ANY_SCOPE, AccountName: sid === undefined ? null : await accountOfSid(store, sid) },
      ...{ AccessControlType: isDenied ? 1 : 0, AccessRight: right < 0 ? CUSTOM : right },
    };
    shown.push(new CimInstance(ENTRY_CLASS, Object.entries(values)));
  }
  return shown;
}

/** The security identifiers of accounts that a call names. @throws MethodRefusal */
async function sidsOf(store: InstanceReader, given: CimValue | undefined): Promise<readonly string[]> {
  const names = elementsOf(given).map(String);
  const sids: string[] = [];
  for (const name of names) {
    const sid = await sidOfAccount(store, name);
    if (sid === undefined) throw new MethodRefusal(SmbError.noneMapped, `there is no account '${name}'`);
    sids.push(sid);
  }
  return [...new Set(sids)];
}

/** How the entries of some accounts change: those of one kind go, and others may come in their place. */
export interface EntryChange {
  /** Those that go: that deny, or that allow. */
  readonly isDenied: boolean;
  /** The right of those that come; undefined: none does. */
  readonly right?: number | undefined;
}

/** @throws MethodRefusal */
export async function changeEntries(
  store: InstanceTransaction,
  share: string,
  accounts: CimValue | undefined,
  { isDenied, right }: EntryChange,
): Promise<void> {
  const sids = await sidsOf(store, accounts);
  if (sids.length === 0) throw new MethodRefusal(SmbError.invalidParameter, 'AccountName is missing');
  const before = await entriesOf(store, share);
  const left = before.filter((one) => one.isDenied !== isDenied || one.sid === undefined || !sids.includes(one.sid));
  const come = right === undefined ? [] : sids.map((sid) => entry(sid, right, isDenied));
  await putEntries(store, share, [...left, ...come]);
}

/** Lists of accounts that a new share is made with, by the right that each gives. */
export interface NewAccess {
  readonly full?: CimValue | undefined;
  readonly change?: CimValue | undefined;
  readonly read?: CimValue | undefined;
  readonly none?: CimValue | undefined;
  /** A descriptor as a text, whose list stands behind what the others say. */
  readonly sddl?: CimValue | undefined;
}

/** @throws MethodRefusal */
function entriesIn(sddl: CimValue | undefined): Entries {
  if (typeof sddl !== 'string' || sddl === '') return [];
  const dacl = parseSddl(sddl)?.dacl;
  if (!dacl) throw new MethodRefusal(SmbError.invalidParameter, 'SecurityDescriptor is no SDDL with a list');
  const given = dacl.filter(({ type }) => type !== AceType.audited);
  return given.map(({ type, ...one }) => ({ ...one, isDenied: type === AceType.denied }));
}

/** Says who may use a new share; where nobody is named, what is usual holds. @throws MethodRefusal */
export async function beginEntries(store: InstanceTransaction, share: string, access: NewAccess): Promise<void> {
  const entries: AccessControlEntry[] = [];
  for (const name of ['full', 'change', 'read'] as const)
    for (const sid of await sidsOf(store, access[name])) entries.push(entry(sid, Right[name]));
  for (const sid of await sidsOf(store, access.none)) entries.push(entry(sid, Right.full, true));
  entries.push(...entriesIn(access.sddl));
  if (entries.length > 0) await putEntries(store, share, entries);
}

/** In the order in which Windows keeps lists: what is denied stands first. */
async function putEntries(store: InstanceTransaction, share: string, entries: Entries): Promise<void> {
  const before = await notedSecurity(store, `share ${share}`);
  const owner = (before && readTrustee(before.get('Owner'))) ?? ADMINISTRATORS.sid;
  const ordered = [...entries.filter((one) => one.isDenied), ...entries.filter((one) => !one.isDenied)];
  await noteSecurity(store, `share ${share}`, securityDescriptor(owner, ordered, 'Win32_'));
}
