import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { denied, disk, partition } from '../storage-management/storage-reasons.js';
import { because, objectPath } from '../table-paths.js';
import {
  call,
  disks,
  GIBIBYTE,
  job,
  lost,
  POOL,
  physical,
  poolFailed,
  poolReadOnly,
  SLAB,
  set,
  spaceTables,
  VIRTUAL,
  WITH_POOL,
} from './space-reasons.js';
import { WITH_TIER } from './tier-tables.js';

const ofVirtual = spaceTables('MSFT_VirtualDisk', VIRTUAL);
const drive = objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE8' });
const more = { PhysicalDisks: disks(5) };
const another: readonly Arrangement[] = [call('AddPhysicalDisk', POOL, more)];
/** A disk of the virtual disk is to be left, and there is another one. */
const leaving: readonly Arrangement[] = [...another, set(physical(3), { Usage: 4 })];
/** All of it is taken for its part on a tier. */
const ON_TIER: readonly Arrangement[] = [
  ...WITH_TIER.slice(WITH_POOL.length),
  { tie: 'MSFT_VirtualDiskToStorageTier', ends: { VirtualDisk: VIRTUAL, StorageTier: '$tier' } },
];
const size = { Size: 20n * GIBIBYTE };
/** On the disk that the virtual disk is lies a partition. */
const partitioned: readonly Arrangement[] = [
  call('Initialize', disk(8), { PartitionStyle: 2 }),
  call('CreatePartition', disk(8), { UseMaximumSize: true }),
];
const noManual = because('a disk may be detached whether or not it is attached by hand', 50_004);

const setter = (method: string, right: TableValues, wrong: TableValues, when: string) =>
  ofVirtual(method, [
    { code: 0, when: 'the value is one that there is', input: right, shows: [{ get: VIRTUAL, has: right }] },
    { code: 5, when, input: wrong },
    denied(right),
    poolFailed(right),
    poolReadOnly(right),
    lost(right),
  ]);

const detached: ReachedCode = {
  ...{ code: 50_003, when: 'it is detached, or more of its disks have failed than it can do without' },
  given: [call('Detach', VIRTUAL)],
};

export const virtualDiskTables: readonly MethodTable[] = [
  ofVirtual('DeleteObject', [
    {
      code: 0,
      when: 'nothing on it is in use',
      given: partitioned,
      shows: [
        ...[{ gone: VIRTUAL }, { gone: disk(8) }, { gone: drive }, { gone: partition(8, 1) }],
        { get: POOL, has: { AllocatedSize: 2n * SLAB } },
        { get: physical(3), has: { AllocatedSize: SLAB } },
      ],
    },
    job('DeleteVirtualDisk'),
    denied(),
    poolFailed(),
    poolReadOnly(),
  ]),
  ofVirtual('Resize', [
    {
      code: 0,
      when: 'the pool has room for what is more',
      input: size,
      shows: [
        { answers: { Size: 20n * GIBIBYTE } },
        { get: VIRTUAL, has: { Size: 20n * GIBIBYTE, FootprintOnPool: 40n * GIBIBYTE } },
        { get: disk(8), has: { Size: 20n * GIBIBYTE } },
        { get: drive, has: { Size: 20n * GIBIBYTE } },
        { get: POOL, has: { AllocatedSize: 40n * GIBIBYTE + 2n * SLAB } },
      ],
    },
    { code: 1, when: 'it lies on tiers', given: ON_TIER, input: size },
    { code: 5, when: 'Size is missing' },
    job('Resize', size),
    { code: 4097, when: 'Size is less than it has', input: { Size: GIBIBYTE } },
    { code: 4097, when: 'it is more than 63 TiB', input: { Size: 65_536n * GIBIBYTE } },
    { code: 40_000, when: 'the pool has no room for it', input: { Size: 200n * GIBIBYTE } },
    denied(size),
    poolFailed(size),
    poolReadOnly(size),
    { ...detached, input: size },
  ]),
  ofVirtual('Repair', [
    {
      code: 0,
      when: 'no disk of it has failed or is to be left, or there are others for these',
      given: leaving,
      shows: [
        { get: VIRTUAL, has: { HealthStatus: 0, OperationalStatus: [2], FootprintOnPool: 20n * GIBIBYTE } },
        { get: physical(5), has: { AllocatedSize: 10n * GIBIBYTE + SLAB } },
        { get: physical(3), has: { AllocatedSize: SLAB } },
        { associatorsOf: VIRTUAL, by: 'MSFT_VirtualDiskToPhysicalDisk', find: [physical(5)] },
        { associatorsOf: VIRTUAL, by: 'MSFT_VirtualDiskToPhysicalDisk', miss: [physical(3)] },
      ],
    },
    {
      code: 6,
      when: 'it is being repaired',
      given: [
        { add: 'MSFT_StorageJob.ObjectId="job"', with: { Name: 'Repair', JobState: 4 } },
        {
          tie: 'MSFT_StorageJobToAffectedStorageObject',
          ends: { StorageJob: 'MSFT_StorageJob.ObjectId="job"', AffectedStorageObject: VIRTUAL },
        },
      ],
    },
    { ...job('Repair'), given: leaving },
    { code: 40_000, when: 'there are too few other disks', given: [set(physical(3), { Usage: 4 })] },
    denied(),
    {
      code: 50_001,
      when: 'more disks have failed or are to be left than it can do without',
      given: [3, 4].map((one) => set(physical(one), { Usage: 4 })),
    },
  ]),
  ofVirtual(
    'Detach',
    [
      {
        code: 0,
        when: 'nothing on it is in use',
        given: partitioned,
        shows: [
          { get: VIRTUAL, has: { OperationalStatus: [53_250], HealthStatus: 5, DetachedReason: 2 } },
          ...[{ gone: disk(8) }, { gone: drive }, { gone: partition(8, 1) }],
        ],
      },
      denied(),
      poolFailed(),
      poolReadOnly(),
      detached,
    ],
    noManual,
  ),
  ofVirtual('Attach', [
    {
      code: 0,
      when: 'it is detached',
      given: [...partitioned, call('Detach', VIRTUAL)],
      shows: [
        { get: VIRTUAL, has: { OperationalStatus: [2], HealthStatus: 0, DetachedReason: 1 } },
        { get: disk(8), has: { NumberOfPartitions: 1 } },
        { get: drive, has: { Size: 10n * GIBIBYTE } },
        { associatorsOf: VIRTUAL, by: 'MSFT_VirtualDiskToDisk', find: [disk(8)] },
        { associatorsOf: disk(8), by: 'MSFT_DiskToPartition', find: [partition(8, 1)] },
      ],
    },
    denied(),
    poolFailed(),
    poolReadOnly(),
    { code: 50_003, when: 'it is attached, or more of its disks have failed than it can do without' },
  ]),
  ofVirtual(
    'AddPhysicalDisk',
    [
      {
        code: 0,
        when: 'the disks are in its pool',
        given: another,
        input: { ...more, Usage: 2 },
        shows: [
          { associatorsOf: VIRTUAL, by: 'MSFT_VirtualDiskToPhysicalDisk', find: [physical(5)] },
          { get: physical(5), has: { Usage: 2 } },
        ],
      },
      { code: 5, when: 'PhysicalDisks is missing, or there is no such Usage', input: { ...more, Usage: 4 } },
      { ...job('AddPhysicalDisk', more), given: another },
      denied(more),
      poolFailed(more),
      poolReadOnly(more),
      { code: 51_000, when: 'a disk is not in its pool, or not there', input: more },
      { code: 51_002, when: 'it lies on a disk already', input: { PhysicalDisks: disks(3) } },
    ],
    because('the pool has seen to that', 51_003),
  ),
  ofVirtual('RemovePhysicalDisk', [
    {
      code: 0,
      when: 'it has nothing on the disks',
      given: [...another, call('AddPhysicalDisk', VIRTUAL, more)],
      input: more,
      shows: [{ associatorsOf: VIRTUAL, by: 'MSFT_VirtualDiskToPhysicalDisk', miss: [physical(5)] }],
    },
    { code: 5, when: 'PhysicalDisks is missing' },
    { ...job('RemovePhysicalDisk', more), given: [...another, call('AddPhysicalDisk', VIRTUAL, more)] },
    denied(more),
    poolFailed(more),
    poolReadOnly(more),
    { code: 51_000, when: 'a disk is none of its disks', input: more },
    { code: 51_004, when: 'it has something on a disk', input: { PhysicalDisks: disks(3) } },
  ]),
  setter('SetFriendlyName', { FriendlyName: 'Named' }, { FriendlyName: '' }, 'FriendlyName is missing'),
  setter('SetUsage', { Usage: 3 }, { Usage: 1 }, 'there is no such usage, or its description does not go with it'),
  setter('SetAttributes', { IsManualAttach: true, Access: 1 }, { Access: 7 }, 'there is no such Access'),
];
