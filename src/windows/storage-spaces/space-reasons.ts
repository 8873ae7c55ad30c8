import { CimInstance } from '../../cim/model/cim-instance.js';
import type { Arrangement, MethodTable, ObjectPathText, ReachedCode, TableValues } from '../method-table.js';
import { withUnreached } from '../method-table.js';
import { STORAGE } from '../namespaces.js';
import { objectId } from '../storage-management/storage-objects.js';
import { common, object } from '../storage-management/storage-reasons.js';
import { because } from '../table-paths.js';

/** Objects of the lab, and those that are made of them. */
export const SUBSYSTEM = object('MSFT_StorageSubSystem', 'SS', 'Spaces');
export const PRIMORDIAL = object('MSFT_StoragePool', 'SP', 'Primordial');
export const POOL = '$pool';
export const VIRTUAL = '$virtual';

export const GIBIBYTE = 1_073_741_824n;
/** What a pool has of each disk for itself, and gives out at a time. */
export const SLAB = 268_435_456n;

/** A physical disk of the lab; those with numbers from 3 to 7 are blank, and have 100 GiB. */
export const physical = (number: number) => object('MSFT_PhysicalDisk', 'PD', String(number));

/** Physical disks as calls give them. */
export const disks = (...numbers: readonly number[]) =>
  numbers.map((one) => new CimInstance('MSFT_PhysicalDisk', [['ObjectId', objectId('SRV01', 'PD', String(one))]]));

export const set = (on: ObjectPathText, to: TableValues): Arrangement => ({ set: on, to });
export const call = (method: string, on: ObjectPathText, input: TableValues = {}): Arrangement => ({
  call: { method, on, input },
});

/** A setting of the pool, which is kept under a name. */
export const setting = (Name: string): Arrangement => ({
  ...{ associatorsOf: POOL, by: 'MSFT_StoragePoolToResiliencySetting', having: { Name }, keep: '$setting' },
});
/** The pool no longer has the setting Parity. */
export const NO_PARITY: readonly Arrangement[] = [setting('Parity'), { remove: '$setting' }];

/** The state of most tables: a pool of two disks, with a mirrored virtual disk of 10 GiB. */
export const WITH_POOL: readonly Arrangement[] = [
  {
    call: {
      ...{ method: 'CreateStoragePool', on: SUBSYSTEM },
      input: { FriendlyName: 'Pool', PhysicalDisks: disks(3, 4) },
    },
    keep: { $pool: 'CreatedStoragePool' },
  },
  {
    call: { method: 'CreateVirtualDisk', on: POOL, input: { FriendlyName: 'Space', Size: 10n * GIBIBYTE } },
    keep: { $virtual: 'CreatedVirtualDisk' },
  },
];

/** Both disks of the pool have failed. */
const failed: readonly Arrangement[] = [3, 4].map((one) => set(physical(one), { HealthStatus: 2 }));

export const poolFailed = (input: TableValues = {}): ReachedCode => ({
  ...{ code: 48_006, when: 'half of the disks of the pool or more have failed', given: failed, input },
});
export const poolReadOnly = (input: TableValues = {}): ReachedCode => ({
  ...{ code: 48_007, when: 'the pool is read-only', given: [set(POOL, { IsReadOnly: true })], input },
});
export const notPrimordial = (input: TableValues = {}): ReachedCode => ({
  ...{ code: 48_000, when: 'the pool is the primordial one', on: PRIMORDIAL, input },
});
/** One of three disks has failed, which a virtual disk without redundancy cannot do without. */
export const lost = (input: TableValues = {}): ReachedCode => ({
  ...{ code: 50_003, when: 'more of its disks have failed than it can do without', input },
  given: [
    call('AddPhysicalDisk', POOL, { PhysicalDisks: disks(5) }),
    {
      call: {
        ...{ method: 'CreateVirtualDisk', on: POOL },
        input: { FriendlyName: 'Lost', Size: GIBIBYTE, ResiliencySettingName: 'Simple' },
      },
      keep: { $lost: 'CreatedVirtualDisk' },
    },
    set(physical(3), { HealthStatus: 2 }),
  ],
  on: '$lost',
});

/** A job, and what of it is to be seen. */
export const job = (name: string, input: TableValues = {}): ReachedCode => ({
  ...{
    code: 4096,
    when: 'RunAsJob is true, and nothing keeps it from being done',
    input: { ...input, RunAsJob: true },
  },
  shows: [{ get: '$CreatedStorageJob', has: { Name: name } }],
});

const NEVER = 'nothing fails for reasons that nobody knows';

/** Codes that nothing leads to, of all methods of Storage Spaces. */
export const reasons = {
  ...common,
  ...because('what manages the disks is this computer', 46_000, 46_001),
  ...because('there is no cluster', 46_008, 51_005),
  ...because('no drive of the model fails while it works', 40_004, 40_007),
  ...because('the configuration of a virtual disk is this computer’s', 50_002),
  ...because('the method has no such parameter', 49_001, 49_004),
  ...because(NEVER, 4),
};

/** Tables of a class in the lab with disks for pools. */
export function spaceTables(className: string, on: ObjectPathText, given: readonly Arrangement[] = WITH_POOL) {
  return (
    method: string,
    reached: readonly ReachedCode[],
    more: Readonly<Record<number, string>> = {},
  ): MethodTable => ({
    ...{ namespace: STORAGE, className, method, on, lab: 'storage-spaces', given },
    codes: withUnreached(reached, { ...reasons, ...more }),
  });
}
