import type { InstanceContext } from '../../cim/contracts/provider.js';
import { callerSids } from '../security/caller-sids.js';
import { grantedAccess } from '../security/granted-access.js';
import { notedSecurity } from '../security/noted-security.js';
import { readEntries, readTrustee } from '../security/security-descriptor.js';

const FULL = 0x1f01ff;
const READ = 0x1200a9;

/** The rights of the caller to a share, as bits. One that nobody gave a descriptor is for everybody to read. */
export async function shareAccess(
  name: string,
  { store, user }: Pick<InstanceContext, 'store' | 'user'>,
): Promise<number> {
  const descriptor = await notedSecurity(store, `share ${name}`);
  if (!descriptor) return READ;
  const caller = await callerSids(store, user);
  return grantedAccess(readEntries(descriptor), readTrustee(descriptor.get('Owner')), caller) & FULL;
}
