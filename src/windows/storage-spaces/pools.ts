import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import { removeWithTies } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { WorkRate, workTime } from '../storage/device-time.js';
import { sizeOf } from '../storage-management/device-rows.js';
import { poolValues } from '../storage-management/disk-values.js';
import { managing } from '../storage-management/managing.js';
import { DONE, StorageCode } from '../storage-management/storage-code.js';
import { spreadAnew } from './change-virtual-disk.js';
import { givenCache, givenProvisioning, givenSetting, POOL_USAGES } from './create-pool.js';
import { createTier } from './create-tier.js';
import { createVirtualDisk } from './create-virtual-disk.js';
import { createVolume } from './create-volume.js';
import { poolAttributes } from './pool-attributes.js';
import { checkPoolable, checkRemovable, putIntoPool, takeOutOfPool } from './pool-disks.js';
import { DiskUsage, disksIn, POOL_CLASS, Provisioning, settingsOf, tiersIn, virtualDisksIn } from './pool-rows.js';
import { checkPool, currentPool, givenDisks, givenText, givenUsage } from './space-checks.js';
import { perform } from './storage-jobs.js';
import { supportedSizes } from './supported-sizes.js';

/** What a change of a pool takes, in milliseconds. */
const CHANGE_TIME = 2000;
/** The version that Windows makes pools of. */
const NEWEST = 3;
const USAGES: readonly number[] = [DiskUsage.auto, DiskUsage.manual, DiskUsage.hotSpare];

/** A change of a pool that may go on as a job. @param name of the job */
function changing(
  name: string,
  work: (pool: StoredInstance, input: MethodInput, context: MethodContext) => Promise<MethodOutput>,
) {
  return managing((pool, input, context) =>
    perform(input, context, { name, time: CHANGE_TIME, about: [pool] }, async (inWork) => {
      const current = await currentPool(pool, inWork);
      await checkPool(current, inWork);
      return work(current, input, inWork);
    }),
  );
}

/** Pools: that of disks which are in no other, and those that somebody has made. */
export const pools = defineProvider(POOL_CLASS, {
  otherMethods: 'not-supported',
  methods: {
    CreateVirtualDisk: changing('CreateVirtualDisk', async (pool, input, context) => ({
      ...DONE,
      CreatedVirtualDisk: await createVirtualDisk(pool, input, context),
    })),

    CreateVolume: managing(async (pool, input, context) => ({
      ...DONE,
      CreatedVolume: await createVolume(pool, input, context),
    })),

    AddPhysicalDisk: changing('AddPhysicalDisk', async (pool, { PhysicalDisks, Usage }, context) => {
      if (typeof Usage === 'number' && !USAGES.includes(Usage))
        throw new MethodRefusal(StorageCode.invalidParameter, `there is no Usage ${Usage}`);
      const disks = await givenDisks(PhysicalDisks, StorageCode.diskNotSupported, context);
      await checkPoolable(disks, Number(pool.get('LogicalSectorSize')), context);
      await putIntoPool(pool, disks, typeof Usage === 'number' ? Usage : undefined, context);
      return DONE;
    }),

    RemovePhysicalDisk: changing('RemovePhysicalDisk', async (pool, { PhysicalDisks }, context) => {
      const disks = await givenDisks(PhysicalDisks, StorageCode.invalidParameter, context);
      await checkRemovable(pool, disks, context);
      if (disks.length === (await disksIn(context.store, pool.path)).length)
        throw new MethodRefusal(StorageCode.failed, 'a pool keeps a disk: it is deleted as a whole');
      await takeOutOfPool(pool, disks, context);
      return DONE;
    }),

    DeleteObject: changing('DeleteStoragePool', async (pool, _input, context) => {
      const { store } = context;
      if ((await virtualDisksIn(store, pool.path)).length > 0)
        throw new MethodRefusal(StorageCode.holdsVirtualDisks, 'there are virtual disks in the pool');
      await takeOutOfPool(pool, await disksIn(store, pool.path), context);
      const own = [...(await settingsOf(store, pool.path)), ...(await tiersIn(store, pool.path))];
      for (const { path } of own) await removeWithTies(context, path);
      await removeWithTies(context, pool.path);
      return DONE;
    }),

    Optimize: managing(async (pool, input, context) => {
      if (pool.get('IsPrimordial') === true)
        throw new MethodRefusal(StorageCode.notSupported, 'nothing lies on the primordial pool');
      const virtuals = await virtualDisksIn(context.store, pool.path);
      const bytes = virtuals.reduce((sum, one) => sum + sizeOf(one), 0n);
      const task = { name: 'Optimize', time: workTime(bytes, WorkRate.repair), about: [pool], isLong: true };
      return perform(input, context, task, async (inWork) => {
        for (const one of await virtualDisksIn(inWork.store, pool.path))
          if (one.get('ProvisioningType') === Provisioning.fixed) await spreadAnew(pool, one, inWork);
        return DONE;
      });
    }, StorageCode.failed),

    GetSupportedSize: managing(async (pool, { ResiliencySettingName }, context) => {
      const { least, most, divisor } = await supportedSizes(pool, ResiliencySettingName, context);
      return { ...DONE, VirtualDiskSizeMin: least, VirtualDiskSizeMax: most, VirtualDiskSizeDivisor: divisor };
    }),

    CreateStorageTier: managing(async (pool, input, context) => ({
      ...DONE,
      CreatedStorageTier: await createTier(pool, input, context),
    })),

    SetFriendlyName: managing(async (pool, { FriendlyName }, { store }) => {
      if (pool.get('IsPrimordial') === true)
        throw new MethodRefusal(StorageCode.notSupported, 'the primordial pool keeps its name');
      if (pool.get('IsReadOnly') === true) throw new MethodRefusal(StorageCode.failed, 'the pool is read-only');
      await store.put(pool.with({ FriendlyName: givenText(FriendlyName, 'FriendlyName') }));
      return DONE;
    }),

    SetUsage: managing(async (pool, input, context) => {
      await checkPool(pool, context);
      await context.store.put(pool.with(givenUsage(input, POOL_USAGES)));
      return DONE;
    }),

    SetDefaults: managing(async (pool, input, context) => {
      await checkPool(pool, context);
      const [provisioning, setting, cache] = [
        givenProvisioning(input),
        givenSetting(input.ResiliencySettingNameDefault),
        givenCache(input),
      ];
      const own = await settingsOf(context.store, pool.path);
      if (setting && !own.some((one) => one.get('Name') === setting))
        throw new MethodRefusal(StorageCode.resiliencyUnsupported, `the pool has no ${setting}`);
      await context.store.put(
        pool.with({
          ...(provisioning !== undefined && { ProvisioningTypeDefault: provisioning }),
          ...(setting !== undefined && { ResiliencySettingNameDefault: setting }),
          ...(cache !== undefined && { WriteCacheSizeDefault: cache }),
          ...(typeof input.EnclosureAwareDefault === 'boolean' && {
            EnclosureAwareDefault: input.EnclosureAwareDefault,
          }),
        }),
      );
      return DONE;
    }),

    SetAttributes: managing(async (pool, input, context) => {
      await context.store.put(pool.with(await poolAttributes(pool, input, context)));
      return DONE;
    }),

    Upgrade: managing(async (pool, _input, { store }) => {
      if (pool.get('IsPrimordial') === true)
        throw new MethodRefusal(StorageCode.notSupported, 'the primordial pool has no version');
      if (pool.get('IsReadOnly') === true) throw new MethodRefusal(StorageCode.poolReadOnly, 'the pool is read-only');
      await store.put(pool.with({ Version: NEWEST }));
      return DONE;
    }),
  },
  instances: {},
  derived: poolValues,
});
