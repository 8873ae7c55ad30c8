import type { MethodContext } from '../../cim/contracts/provider.js';
import type { StoredInstance } from '../on-instance.js';
import { hasFailed } from './health.js';
import { DiskUsage, disksIn } from './pool-rows.js';

/** Those that a pool gives out by itself. */
export async function usableDisks(pool: StoredInstance, { store }: Pick<MethodContext, 'store'>) {
  const disks = await disksIn(store, pool.path);
  return disks.filter((one) => one.get('Usage') === DiskUsage.auto && !hasFailed(one));
}
