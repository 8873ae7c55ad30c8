import { type AccessControlEntry, AceFlags } from './security-descriptor.js';

/** READ_CONTROL and WRITE_DAC: an owner can always mend the list. */
const RIGHTS_OF_OWNERS = 0x60000;

/** Who asks: its own security identifier and those of its groups; `everything` for the endpoint itself. */
export type CallerSids = ReadonlySet<string> | 'everything';

/**
 * The rights that a list gives (MS-DTYP 2.5.3.2): entry by entry, what is denied before it is allowed stays denied.
 *
 * @param entries undefined: there is no list, everything is allowed
 * @param owner the security identifier of the object's owner
 */
export function grantedAccess(
  entries: readonly AccessControlEntry[] | undefined,
  owner: string | undefined,
  caller: CallerSids,
): number {
  if (caller === 'everything' || entries === undefined) return 0xffffffff;
  let granted = owner !== undefined && caller.has(owner) ? RIGHTS_OF_OWNERS : 0;
  let denied = 0;
  for (const { sid, accessMask, isDenied, flags } of entries) {
    // Some are only for what lies below.
    if (sid === undefined || !caller.has(sid) || (flags & AceFlags.InheritOnly) !== 0) continue;
    if (isDenied) denied |= accessMask & ~granted;
    else granted |= accessMask & ~denied;
  }
  return granted >>> 0;
}
