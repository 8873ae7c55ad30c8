import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { slabsFree } from './allocations.js';
import { disksOfKind } from './change-virtual-disk.js';
import { layoutOf } from './layouts.js';
import { settingsOf } from './pool-rows.js';
import { mostStripes } from './slabs.js';
import { usableDisks } from './usable-disks.js';

/** Sizes that there may be, in bytes. */
export interface SupportedSizes {
  readonly least: bigint;
  readonly most: bigint;
  readonly divisor: bigint;
}

/** Which sizes a virtual disk of a pool may have by now, or its part on a tier, with a resiliency setting. @throws MethodRefusal */
export async function supportedSizes(
  pool: StoredInstance,
  given: CimValue | undefined,
  context: MethodContext,
  tier?: StoredInstance,
): Promise<SupportedSizes> {
  if (pool.get('IsPrimordial') === true)
    throw new MethodRefusal(StorageCode.notSupported, 'no virtual disk is made of the primordial pool');
  const name = typeof given === 'string' && given !== '' ? given : pool.getString('ResiliencySettingNameDefault');
  const settings = await settingsOf(context.store, pool.path);
  const setting = settings.find((one) => one.getString('Name')?.toLowerCase() === name?.toLowerCase());
  if (!setting) throw new MethodRefusal(StorageCode.invalidParameter, `the pool has no setting '${String(name)}'`);
  const usable = await usableDisks(pool, context);
  const disks = tier ? disksOfKind(usable, tier) : usable;
  const { width, stripeBytes } = layoutOf(setting, {}, disks.length, StorageCode.failed);
  const free = await Promise.all(disks.map((one) => slabsFree(context.store, one)));
  return { least: stripeBytes, most: BigInt(mostStripes(free, width)) * stripeBytes, divisor: stripeBytes };
}
