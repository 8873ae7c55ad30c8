import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink } from '../storage-management/storage-objects.js';
import { computerOf } from './pool-disks.js';
import { POOL_TO_TIER } from './pool-rows.js';
import { givenText } from './space-checks.js';
import { tierObject } from './space-objects.js';

const MEDIA_TYPES = [3, 4];

/** A tier of a pool, for virtual disks to be made by. @returns MSFT_StorageTier @throws MethodRefusal */
export async function createTier(
  pool: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<StoredInstance> {
  if (pool.get('IsPrimordial') === true)
    throw new MethodRefusal(StorageCode.notSupported, 'no virtual disk is made of the primordial pool');
  if (pool.get('IsReadOnly') === true) throw new MethodRefusal(StorageCode.poolReadOnly, 'the pool is read-only');
  const tier = tierObject(await computerOf(context), context.newUuid(), {
    FriendlyName: givenText(input.FriendlyName, 'FriendlyName'),
    MediaType: givenMediaType(input.MediaType),
    Description: typeof input.Description === 'string' ? input.Description : null,
  }) as StoredInstance;
  await context.store.putMany([tier, storageLink(POOL_TO_TIER, { StoragePool: pool, StorageTier: tier })]);
  return tier;
}

/** @throws MethodRefusal */
export function givenMediaType(given: CimValue | undefined): number {
  if (typeof given === 'number' && MEDIA_TYPES.includes(given)) return given;
  throw new MethodRefusal(StorageCode.invalidParameter, 'MediaType is neither 3 nor 4');
}
