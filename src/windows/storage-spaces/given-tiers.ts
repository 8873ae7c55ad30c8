import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { elementsOf } from '../elements-of.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { idOf, tiersIn } from './pool-rows.js';

/** A tier that a virtual disk is to lie on, and with how much of it, in bytes. */
export interface GivenTier {
  readonly tier: StoredInstance;
  readonly size: bigint;
}

/**
 * The tiers that a call names, where it is to be made by some; exactly one thing says how large it is to be.
 *
 * @throws MethodRefusal
 */
export async function givenTiers(
  pool: StoredInstance,
  { Size, UseMaximumSize, StorageTiers, StorageTierSizes }: MethodInput,
  { store }: MethodContext,
): Promise<readonly GivenTier[]> {
  const isSized = typeof Size === 'bigint' || UseMaximumSize === true;
  const [tiers, sizes] = [elementsOf(StorageTiers), elementsOf(StorageTierSizes)];
  if (tiers.length === 0 && sizes.length === 0) {
    if (!isSized || (typeof Size === 'bigint' && UseMaximumSize === true))
      throw new MethodRefusal(StorageCode.giveSize, 'one of Size and UseMaximumSize says how large it is to be');
    return [];
  }
  if (isSized) throw new MethodRefusal(StorageCode.sizeOrTiers, 'the size is given, and tiers as well');
  const own = await tiersIn(store, pool.path);
  const given = tiers.map((one, at): GivenTier => {
    const tier = own.find((each) => one instanceof CimInstance && idOf(each) === idOf(one));
    const size = sizes[at];
    if (tier && typeof size === 'bigint') return { tier, size };
    throw new MethodRefusal(StorageCode.invalidParameter, 'a tier is none of the pool, or has no size');
  });
  const kinds = new Set(given.map(({ tier }) => tier.get('MediaType')));
  if (sizes.length !== tiers.length || kinds.size !== tiers.length)
    throw new MethodRefusal(StorageCode.invalidParameter, 'each tier has a size, and is of another kind of disk');
  return given;
}
