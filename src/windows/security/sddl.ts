import { AceType, Control, type DescriptorEntry, type DescriptorParts } from './descriptor-parts.js';
import { SDDL_SIDS, SID_NAMES, SINGLE_RIGHTS, WHOLE_RIGHTS } from './sddl-names.js';
import { sidBytes } from './sid.js';

/** Kinds of entries, and what they are called. */
const TYPES: Readonly<Record<string, number>> = { A: AceType.allowed, D: AceType.denied, AU: AceType.audited };

/** Flags of entries (WinNT.h), in the order in which they are written. */
const FLAGS: Readonly<Record<string, number>> = { OI: 1, CI: 2, NP: 4, IO: 8, ID: 0x10, SA: 0x40, FA: 0x80 };

/** Bits of the control that stand before a list. */
const LIST_FLAGS = {
  D: { P: Control.daclProtected, AR: Control.daclInheritRequired, AI: Control.daclInherited },
  S: { P: Control.saclProtected, AR: Control.saclInheritRequired, AI: Control.saclInherited },
} as const;

/** What stands in place of a list that lets everybody do everything. */
const NO_LIST = 'NO_ACCESS_CONTROL';

/** The text of a descriptor in the security descriptor definition language (MS-DTYP 2.5.1). */
export function formatSddl({ control, owner, group, dacl, sacl }: DescriptorParts): string {
  const parts = [
    owner === undefined ? '' : `O:${sidName(owner)}`,
    group === undefined ? '' : `G:${sidName(group)}`,
    (control & Control.daclPresent) === 0 ? '' : `D:${listText(dacl, control, LIST_FLAGS.D)}`,
    (control & Control.saclPresent) === 0 ? '' : `S:${listText(sacl, control, LIST_FLAGS.S)}`,
  ];
  return parts.join('');
}

function sidName(sid: string): string {
  return SID_NAMES.get(sid) ?? sid;
}

function listText(
  entries: readonly DescriptorEntry[] | undefined,
  control: number,
  flags: Readonly<Record<string, number>>,
): string {
  const before = namesOf(control, flags);
  if (entries === undefined) return before + NO_LIST;
  return before + entries.map(entryText).join('');
}

function namesOf(bits: number, names: Readonly<Record<string, number>>): string {
  return Object.entries(names)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
    .join('');
}

function entryText({ type, flags, accessMask, sid }: DescriptorEntry): string {
  const [name = ''] = Object.entries(TYPES).find(([, one]) => one === type) ?? [];
  return `(${name};${namesOf(flags, FLAGS)};${rightsText(accessMask)};;;${sidName(sid)})`;
}

function rightsText(mask: number): string {
  for (const [name, rights] of WHOLE_RIGHTS) if (rights === mask) return name;
  const known = [...SINGLE_RIGHTS].filter(([, bit]) => (mask & bit) !== 0);
  const isNamed = known.reduce((sum, [, bit]) => sum + bit, 0) === mask && mask !== 0;
  return isNamed ? known.map(([name]) => name).join('') : `0x${mask.toString(16)}`;
}

const SID = '(S-1(?:-\\d{1,15})+|[A-Z]{2})';
const LIST = '([A-Z_]*)((?:\\([^()]*\\))*)';
const WHOLE = new RegExp(`^(?:O:${SID})?(?:G:${SID})?(?:D:${LIST})?(?:S:${LIST})?$`, 'i');

/** @returns undefined when it is none, names somebody of a domain by letters, or has an entry of a kind that is not known */
export function parseSddl(text: string): DescriptorParts | undefined {
  const found = WHOLE.exec(text.trim());
  if (!found) return undefined;
  const [, ownerName, groupName, daclFlags, daclEntries, saclFlags, saclEntries] = found;
  const [owner, group] = [sidOf(ownerName), sidOf(groupName)];
  const [dacl, sacl] = [readList(daclFlags, daclEntries, LIST_FLAGS.D), readList(saclFlags, saclEntries, LIST_FLAGS.S)];
  if (owner === 'wrong' || group === 'wrong' || dacl === 'wrong' || sacl === 'wrong') return undefined;
  const control =
    Control.selfRelative |
    (dacl ? Control.daclPresent | dacl.control : 0) |
    (sacl ? Control.saclPresent | sacl.control : 0);
  return { control, owner, group, dacl: dacl?.entries, sacl: sacl?.entries };
}

function sidOf(name: string | undefined): string | undefined | 'wrong' {
  if (name === undefined) return undefined;
  const sid = SDDL_SIDS.get(name.toUpperCase()) ?? name.toUpperCase();
  return sidBytes(sid) === undefined ? 'wrong' : sid;
}

interface ReadList {
  readonly control: number;
  readonly entries: readonly DescriptorEntry[] | undefined;
}

/** @returns undefined where there is no list */
function readList(
  flags: string | undefined,
  entries: string | undefined,
  names: Readonly<Record<string, number>>,
): ReadList | undefined | 'wrong' {
  if (flags === undefined || entries === undefined) return undefined;
  const isNone = flags.toUpperCase().endsWith(NO_LIST);
  const control = bitsOf(isNone ? flags.slice(0, -NO_LIST.length) : flags, names);
  if (control === undefined || (isNone && entries !== '')) return 'wrong';
  if (isNone) return { control, entries: undefined };
  const read = entries === '' ? [] : entries.slice(1, -1).split(')(').map(readEntry);
  return read.every((one) => one !== undefined) ? { control, entries: read } : 'wrong';
}

/** The bits of names that stand one behind the other; undefined when one of them is none. */
function bitsOf(text: string, names: Readonly<Record<string, number>>): number | undefined {
  let [bits, rest] = [0, text.toUpperCase()];
  while (rest !== '') {
    const name = Object.keys(names).find((one) => rest.startsWith(one));
    if (name === undefined) return undefined;
    bits |= names[name] ?? 0;
    rest = rest.slice(name.length);
  }
  return bits >>> 0;
}

function readEntry(text: string): DescriptorEntry | undefined {
  const [kind = '', flagNames = '', rights = '', object, inherited, who = '', ...more] = text.split(';');
  const [type, flags, accessMask, sid] = [
    TYPES[kind.trim().toUpperCase()],
    bitsOf(flagNames.trim(), FLAGS),
    readRights(rights.trim()),
    sidOf(who.trim()),
  ];
  const isPlain = object === '' && inherited === '' && more.length === 0;
  if (!isPlain || type === undefined || flags === undefined || accessMask === undefined) return undefined;
  return sid === undefined || sid === 'wrong' ? undefined : { type, flags, accessMask, sid };
}

const RIGHTS: Readonly<Record<string, number>> = Object.fromEntries([...WHOLE_RIGHTS, ...SINGLE_RIGHTS]);

function readRights(text: string): number | undefined {
  if (!/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return bitsOf(text, RIGHTS);
  const mask = Number(text);
  return mask < 2 ** 32 ? mask : undefined;
}
