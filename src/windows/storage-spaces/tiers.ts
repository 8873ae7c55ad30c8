import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { acrossFrom } from '../across-from.js';
import { removeWithTies } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { sizeOf } from '../storage-management/device-rows.js';
import { managing } from '../storage-management/managing.js';
import { DONE, StorageCode } from '../storage-management/storage-code.js';
import { stripeBytes } from './allocations.js';
import { putPart, putSize, roomFor } from './change-virtual-disk.js';
import { givenMediaType } from './create-tier.js';
import { diskShowing, POOL_TO_TIER, poolUnder, TIER_CLASS, virtualDiskOn } from './pool-rows.js';
import { givenText } from './space-checks.js';
import { supportedSizes } from './supported-sizes.js';

/** The pool of a tier, or of the virtual disk that the tier is a part of. @throws MethodRefusal */
async function poolOf(tier: StoredInstance, { store }: MethodContext): Promise<StoredInstance> {
  const virtual = await virtualDiskOn(store, tier.path);
  const pool = virtual
    ? await poolUnder(store, virtual.path)
    : (await acrossFrom(store, tier.path, POOL_TO_TIER, ['StorageTier', 'StoragePool']))[0];
  if (pool) return pool;
  throw new MethodRefusal(StorageCode.notSupported, 'the tier is in no pool');
}

/** @throws MethodRefusal when it is read-only */
async function checkedPool(tier: StoredInstance, context: MethodContext): Promise<StoredInstance> {
  const pool = await poolOf(tier, context);
  if (pool.get('IsReadOnly') === true) throw new MethodRefusal(StorageCode.poolReadOnly, 'the pool is read-only');
  return pool;
}

/** Tiers of pools, and parts of virtual disks on these. */
export const tiers = defineProvider(TIER_CLASS, {
  methods: {
    DeleteObject: managing(async (tier, _input, context) => {
      await checkedPool(tier, context);
      if (await virtualDiskOn(context.store, tier.path))
        throw new MethodRefusal(StorageCode.failed, 'the tier is a part of a virtual disk');
      await removeWithTies(context, tier.path);
      return DONE;
    }),

    GetSupportedSize: managing(async (tier, { ResiliencySettingName }, context) => {
      const pool = await poolOf(tier, context);
      const { least, most, divisor } = await supportedSizes(pool, ResiliencySettingName, context, tier);
      return { ...DONE, TierSizeMin: least, TierSizeMax: most, TierSizeDivisor: divisor };
    }),

    Resize: managing(async (tier, { Size }, context) => {
      const pool = await checkedPool(tier, context);
      await resizeTier(pool, tier, Size, context);
      return DONE;
    }),

    SetAttributes: managing(async (tier, { MediaType }, context) => {
      await checkedPool(tier, context);
      if (await virtualDiskOn(context.store, tier.path))
        throw new MethodRefusal(StorageCode.failed, 'the tier is a part of a virtual disk');
      await context.store.put(tier.with({ MediaType: givenMediaType(MediaType) }));
      return DONE;
    }),

    SetDescription: managing(async (tier, { Description }, context) => {
      await checkedPool(tier, context);
      await context.store.put(tier.with({ Description: givenText(Description, 'Description') }));
      return DONE;
    }),

    SetFriendlyName: managing(async (tier, { FriendlyName }, context) => {
      await checkedPool(tier, context);
      await context.store.put(tier.with({ FriendlyName: givenText(FriendlyName, 'FriendlyName') }));
      return DONE;
    }),
  },
  instances: {},
});

/** Makes the part of a virtual disk on a tier larger, and the virtual disk with it. @throws MethodRefusal */
async function resizeTier(
  pool: StoredInstance,
  tier: StoredInstance,
  given: CimValue | undefined,
  context: MethodContext,
): Promise<void> {
  const { store } = context;
  const virtual = await virtualDiskOn(store, tier.path);
  const disk = virtual && (await diskShowing(store, virtual.path));
  if (!virtual || !disk)
    throw new MethodRefusal(StorageCode.notSupported, 'the tier is no part of a virtual disk that is attached');
  const [before, stripe] = [sizeOf(tier), stripeBytes(virtual)];
  if (typeof given !== 'bigint' || given < before)
    throw new MethodRefusal(StorageCode.invalidParameter, `a tier of ${before} bytes becomes no smaller`);
  const more = (given - before + stripe - 1n) / stripe;
  const room = await roomFor(pool, virtual, { part: tier, stripes: Number(more) }, context);
  await putPart(virtual, tier, room, context);
  await store.put(tier.with({ Size: before + more * stripe }));
  await putSize(virtual, disk, sizeOf(virtual) + more * stripe, context);
}
