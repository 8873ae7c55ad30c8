import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import { acrossFrom } from '../across-from.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { WorkRate, workTime } from '../storage/device-time.js';
import { managing } from '../storage-management/managing.js';
import { DONE, StorageCode } from '../storage-management/storage-code.js';
import { allocatedBytes, slabsOf } from './allocations.js';
import { attach, detach } from './attach.js';
import { bytesToRepair, removeVirtualDisk, repairVirtualDisk, resizeVirtualDisk } from './change-virtual-disk.js';
import { VIRTUAL_USAGES } from './create-virtual-disk.js';
import { statusOf, virtualDiskHealth } from './health.js';
import { poolUnder, VIRTUAL_CLASS } from './pool-rows.js';
import { SLAB } from './slabs.js';
import { checkedPoolUnder, checkNotLost, givenText, givenUsage } from './space-checks.js';
import { goesOn, perform } from './storage-jobs.js';
import { addToVirtualDisk, removeFromVirtualDisk } from './virtual-disk-disks.js';

const ACCESSES = [1, 2, 3, 4];
const REPAIR = 'Repair';
/** What a change of a pool takes, in milliseconds. */
const CHANGE_TIME = 1000;

/** The virtual disk can be changed, and so can its pool. @returns the pool @throws MethodRefusal */
async function checked(virtual: StoredInstance, context: MethodContext): Promise<StoredInstance> {
  const pool = await checkedPoolUnder(virtual, context);
  await checkNotLost(virtual, context);
  return pool;
}

/** Disks that are made of pools, and are seen as disks of the computer. */
export const virtualDisks = defineProvider(VIRTUAL_CLASS, {
  otherMethods: 'not-supported',
  methods: {
    DeleteObject: managing((virtual, input, context) =>
      perform(input, context, { name: 'DeleteVirtualDisk', time: CHANGE_TIME, about: [virtual] }, async (inWork) => {
        await checkedPoolUnder(virtual, inWork);
        await removeVirtualDisk(virtual, inWork);
        return DONE;
      }),
    ),

    Resize: managing((virtual, input, context) =>
      perform(input, context, { name: 'Resize', time: CHANGE_TIME, about: [virtual] }, async (inWork) => {
        const current = (await inWork.store.get(virtual.path)) ?? virtual;
        const pool = await checked(virtual, inWork);
        return { ...DONE, Size: await resizeVirtualDisk(pool, current as StoredInstance, input.Size, inWork) };
      }),
    ),

    Repair: managing(async (virtual, input, context) => {
      const jobs = await acrossFrom(context.store, virtual.path, 'MSFT_StorageJobToAffectedStorageObject', [
        'AffectedStorageObject',
        'StorageJob',
      ]);
      const repairs = jobs.filter((one) => one.get('Name') === REPAIR);
      if ((await Promise.all(repairs.map((one) => goesOn(one, context)))).includes(true))
        throw new MethodRefusal(StorageCode.inUse, 'the virtual disk is being repaired');
      const time = workTime(await bytesToRepair(virtual, context), WorkRate.repair);
      return perform(input, context, { name: REPAIR, time, about: [virtual], isLong: true }, async (inWork) => {
        const pool = await poolUnder(inWork.store, virtual.path);
        if (pool) await repairVirtualDisk(pool, virtual, inWork);
        return DONE;
      });
    }),

    Attach: managing(async (virtual, _input, context) => {
      await checked(virtual, context);
      await attach(virtual, context);
      return DONE;
    }),

    Detach: managing(async (virtual, _input, context) => {
      await checked(virtual, context);
      await detach(virtual, context);
      return DONE;
    }),

    AddPhysicalDisk: managing((virtual, input, context) =>
      perform(input, context, { name: 'AddPhysicalDisk', time: CHANGE_TIME, about: [virtual] }, async (inWork) => {
        const pool = await checkedPoolUnder(virtual, inWork);
        await addToVirtualDisk(pool, virtual, input, inWork);
        return DONE;
      }),
    ),

    RemovePhysicalDisk: managing((virtual, input, context) =>
      perform(input, context, { name: 'RemovePhysicalDisk', time: CHANGE_TIME, about: [virtual] }, async (inWork) => {
        await checkedPoolUnder(virtual, inWork);
        await removeFromVirtualDisk(virtual, input, inWork);
        return DONE;
      }),
    ),

    SetFriendlyName: managing(async (virtual, { FriendlyName }, context) => {
      await checked(virtual, context);
      await context.store.put(virtual.with({ FriendlyName: givenText(FriendlyName, 'FriendlyName') }));
      return DONE;
    }),

    SetUsage: managing(async (virtual, input, context) => {
      await checked(virtual, context);
      await context.store.put(virtual.with(givenUsage(input, VIRTUAL_USAGES)));
      return DONE;
    }),

    SetAttributes: managing(async (virtual, { IsManualAttach, Access }, context) => {
      await checked(virtual, context);
      if (typeof Access === 'number' && !ACCESSES.includes(Access))
        throw new MethodRefusal(StorageCode.invalidParameter, `there is no Access ${Access}`);
      await context.store.put(
        virtual.with({
          ...(typeof IsManualAttach === 'boolean' && { IsManualAttach }),
          ...(typeof Access === 'number' && { Access }),
        }),
      );
      return DONE;
    }),
  },
  instances: {},
  derived: {
    AllocatedSize: (virtual, { store }) => allocatedBytes(store, virtual),
    FootprintOnPool: async (virtual, { store }) =>
      BigInt([...(await slabsOf(store, virtual)).values()].reduce((sum, one) => sum + one, 0)) * SLAB,
    HealthStatus: (virtual, { store }) => virtualDiskHealth(store, virtual),
    OperationalStatus: async (virtual, { store }) => [...statusOf(await virtualDiskHealth(store, virtual))],
  },
});
