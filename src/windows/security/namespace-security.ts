import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { descriptorBytes } from './descriptor-bytes.js';
import { Control, type DescriptorEntry, type DescriptorParts, instanceOf, partsOf } from './descriptor-parts.js';
import { notedSecurity, noteSecurity, type SecuredThing } from './noted-security.js';
import { AceFlags } from './security-descriptor.js';
import { ADMINISTRATORS, AUTHENTICATED_USERS, LOCAL_SERVICE, NETWORK_SERVICE } from './well-known-sids.js';

/** Rights to a namespace (Wbemcli.h, WinNT.h). */
export const NamespaceRight = {
  ...{ enable: 0x1, methodExecute: 0x2, fullWrite: 0x4, partialWrite: 0x8, writeProvider: 0x10, remoteAccess: 0x20 },
  ...{ readControl: 0x20000, writeDac: 0x40000 },
} as const;

export const ALL_RIGHTS = Object.values(NamespaceRight).reduce((sum, right) => sum | right, 0);
const USERS_RIGHTS = NamespaceRight.enable | NamespaceRight.methodExecute | NamespaceRight.writeProvider;

/** What `root` says as long as nobody has said anything, and those below it inherit. */
const USUAL: readonly DescriptorEntry[] = [
  allowed(ADMINISTRATORS.sid, ALL_RIGHTS),
  ...[NETWORK_SERVICE, LOCAL_SERVICE, AUTHENTICATED_USERS].map(({ sid }) => allowed(sid, USERS_RIGHTS)),
];

function allowed(sid: string, accessMask: number): DescriptorEntry {
  return { type: 0, flags: AceFlags.ContainerInherit, accessMask, sid };
}

function thing(namespace: string): SecuredThing {
  return `namespace ${namespace.toLowerCase()}`;
}

/** Who may do what in a namespace: what was said of it, and behind that what it inherits from the one above it. */
export async function namespaceDescriptor(store: InstanceReader, namespace: string): Promise<DescriptorParts> {
  const noted = await notedSecurity(store, thing(namespace));
  const own = noted && partsOf(noted);
  const above = namespace.includes('/') ? namespace.slice(0, namespace.lastIndexOf('/')) : undefined;
  const isProtected = ((own?.control ?? 0) & Control.daclProtected) !== 0;
  const inherited = above === undefined || isProtected ? [] : inheritedFrom(await namespaceDescriptor(store, above));
  const said = own?.dacl ?? (above === undefined ? USUAL : []);
  return {
    control: Control.selfRelative | Control.daclPresent | (isProtected ? Control.daclProtected : Control.daclInherited),
    owner: own?.owner ?? ADMINISTRATORS.sid,
    group: own?.group ?? ADMINISTRATORS.sid,
    dacl: [...said, ...inherited],
    sacl: undefined,
  };
}

function inheritedFrom({ dacl = [] }: DescriptorParts): readonly DescriptorEntry[] {
  return dacl
    .filter(({ flags }) => (flags & AceFlags.ContainerInherit) !== 0)
    .map((entry) => ({ ...entry, flags: flagsBelow(entry.flags) }));
}

function flagsBelow(flags: number): number {
  const passedOn = (flags & AceFlags.NoPropagate) === 0 ? flags & ~AceFlags.InheritOnly : 0;
  return passedOn | AceFlags.Inherited;
}

/** Keeps what is said of a namespace itself: what it inherits follows from others. */
export async function setNamespaceDescriptor(
  store: InstanceTransaction,
  namespace: string,
  parts: DescriptorParts,
): Promise<void> {
  const dacl = (parts.dacl ?? []).filter(({ flags }) => (flags & AceFlags.Inherited) === 0);
  await noteSecurity(store, thing(namespace), instanceOf({ ...parts, dacl, sacl: undefined }));
}

/** Why a list is none of a namespace (the page of `SetSD` names the reasons); undefined when it is one. */
export function problemOf(parts: DescriptorParts): string | undefined {
  const { dacl, owner, group } = parts;
  if (dacl === undefined) return 'there is no DACL';
  if (descriptorBytes(parts) === undefined) return 'the DACL is longer than any can be';
  if (owner === undefined && group === undefined) return 'neither owner nor group is given';
  return dacl.map(problemOfEntry).find((one) => one !== undefined);
}

const KNOWN_FLAGS = Object.values(AceFlags).reduce((sum, flag) => sum | flag, 0);

function problemOfEntry({ type, flags, accessMask, sid }: DescriptorEntry): string | undefined {
  const { fullWrite, partialWrite, writeProvider } = NamespaceRight;
  const has = (right: number) => (accessMask & right) !== 0;
  if (type > 1) return `the entry of ${sid} neither allows nor denies`;
  if ((accessMask & ~ALL_RIGHTS) !== 0) return `the entry of ${sid} has a right that no namespace has`;
  if (has(fullWrite) && !(has(partialWrite) && has(writeProvider)))
    return `the entry of ${sid} has full write without partial write and provider write`;
  if ((flags & ~KNOWN_FLAGS) !== 0) return `the entry of ${sid} has an unknown flag`;
  if ((flags & AceFlags.InheritOnly) !== 0 && (flags & AceFlags.ContainerInherit) === 0)
    return `the entry of ${sid} is for namespaces below, which do not inherit it`;
  return undefined;
}
