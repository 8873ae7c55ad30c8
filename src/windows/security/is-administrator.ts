import type { InstanceContext } from '../../cim/contracts/provider.js';
import { callerSids } from './caller-sids.js';
import { ADMINISTRATORS } from './well-known-sids.js';

/** Whether the caller may do what is for administrators alone. */
export async function isAdministrator({ store, user }: Pick<InstanceContext, 'store' | 'user'>): Promise<boolean> {
  const sids = await callerSids(store, user);
  return sids === 'everything' || sids.has(ADMINISTRATORS.sid);
}
