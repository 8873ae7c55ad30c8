import type { MethodTable, TableValues } from '../method-table.js';
import { drive } from '../storage/logical-disk-tables.js';
import { denied, disk } from '../storage-management/storage-reasons.js';
import { because } from '../table-paths.js';
import { layoutCodes, sizeCodes } from './layout-tables.js';
import {
  call,
  disks,
  GIBIBYTE,
  job,
  NO_PARITY,
  notPrimordial,
  POOL,
  PRIMORDIAL,
  physical,
  poolFailed,
  poolReadOnly,
  SLAB,
  SUBSYSTEM,
  set,
  spaceTables,
  VIRTUAL,
} from './space-reasons.js';
import { tieredCodes } from './tier-tables.js';

const ofPool = spaceTables('MSFT_StoragePool', POOL);
const space = { FriendlyName: 'Other', Size: GIBIBYTE };
const volume = { FriendlyName: 'Data', Size: 4n * GIBIBYTE, FileSystem: 14 };
const more = { PhysicalDisks: disks(5) };
const noName = (input: TableValues) => ({ code: 5, when: 'FriendlyName is missing', input });

export const poolTables: readonly MethodTable[] = [
  ofPool('CreateVirtualDisk', [
    {
      code: 0,
      when: 'the pool has room for it',
      input: space,
      shows: [
        { get: '$CreatedVirtualDisk', has: { Size: GIBIBYTE, FootprintOnPool: 2n * GIBIBYTE, NumberOfDataCopies: 2 } },
        { get: POOL, has: { AllocatedSize: 22n * GIBIBYTE + 2n * SLAB } },
        { get: physical(3), has: { AllocatedSize: 11n * GIBIBYTE + SLAB } },
        { associatorsOf: POOL, by: 'MSFT_StoragePoolToVirtualDisk', find: ['$CreatedVirtualDisk', VIRTUAL] },
        { associatorsOf: SUBSYSTEM, by: 'MSFT_StorageSubSystemToVirtualDisk', find: ['$CreatedVirtualDisk'] },
        { associatorsOf: '$CreatedVirtualDisk', by: 'MSFT_VirtualDiskToDisk', find: [disk(9)] },
        { get: disk(9), has: { Size: GIBIBYTE, BusType: 16, PartitionStyle: 0 } },
      ],
    },
    ...tieredCodes,
    { code: 5, when: 'a tier is none of the pool', input: { FriendlyName: 'Other', StorageTierSizes: [GIBIBYTE] } },
    noName({ Size: GIBIBYTE }),
    job('CreateVirtualDisk', space),
    denied(space),
    ...sizeCodes(space),
    { code: 47_001, when: 'ProvisioningType is 0', input: { ...space, ProvisioningType: 0 } },
    notPrimordial(space),
    ...layoutCodes(space),
    poolFailed(space),
    poolReadOnly(space),
    {
      code: 48_011,
      when: 'no disk of the pool is of the Usage 1',
      given: [3, 4].map((one) => set(physical(one), { Usage: 2 })),
      input: space,
    },
    {
      code: 49_003,
      when: 'NumberOfDataCopies is none of the setting',
      input: { ...space, NumberOfDataCopies: 4, PhysicalDiskRedundancy: 1 },
    },
    { code: 49_005, when: 'Interleave is no multiple of 16 KiB', input: { ...space, Interleave: 100n } },
    {
      code: 50_005,
      when: 'WriteCacheSize is the largest number',
      input: { ...space, WriteCacheSize: 18_446_744_073_709_551_615n },
    },
    {
      code: 51_000,
      when: 'PhysicalDisksToUse has a disk that is not in the pool',
      input: { ...space, PhysicalDisksToUse: disks(5) },
    },
    {
      code: 51_001,
      when: 'PhysicalDisksToUse has too few for the setting',
      input: { ...space, PhysicalDisksToUse: disks(3) },
    },
  ]),
  ofPool(
    'CreateVolume',
    [
      {
        code: 0,
        when: 'the pool has room for it',
        input: { ...volume, AccessPath: 'S:' },
        shows: [
          { get: '$CreatedVolume', has: { FileSystem: 'NTFS', FileSystemLabel: 'Data', DriveLetter: 'S' } },
          { get: drive('S:'), has: { VolumeName: 'Data', Size: 4n * GIBIBYTE - 2_097_152n } },
          { associatorsOf: POOL, by: 'MSFT_StoragePoolToVolume', find: ['$CreatedVolume'] },
          { get: disk(9), has: { Size: 4n * GIBIBYTE, PartitionStyle: 2 } },
        ],
      },
      { code: 5, when: 'no volume may be called so', input: { ...volume, FriendlyName: 'x'.repeat(33) } },
      denied(volume),
      ...sizeCodes(volume),
      { code: 42_002, when: 'AccessPath is that of a drive', input: { ...volume, AccessPath: 'C:' } },
      { code: 42_007, when: 'AccessPath is no drive', input: { ...volume, AccessPath: 'C:\\Data' } },
      { code: 43_001, when: 'FileSystem is neither 14 nor 15', input: { ...volume, FileSystem: 4 } },
      { code: 43_017, when: 'FriendlyName is missing', input: { Size: GIBIBYTE, FileSystem: 14 } },
      { code: 46_008, when: 'FileSystem is one of clusters', input: { ...volume, FileSystem: 32_768 } },
      notPrimordial(volume),
      ...layoutCodes(volume),
      poolFailed(volume),
      poolReadOnly(volume),
    ],
    {
      ...because('the method has no RunAsJob', 4096),
      ...because('every volume can be formatted quickly', 43_002),
      ...because('what has just been made can be written', 43_006),
      ...because('there are no file servers', 43_018, 43_019),
      ...because('the method has no such parameter', 49_003, 49_005),
    },
  ),
  ofPool('AddPhysicalDisk', [
    {
      code: 0,
      when: 'the disks can be pooled',
      input: { ...more, Usage: 2 },
      shows: [
        { get: POOL, has: { Size: 300n * GIBIBYTE, AllocatedSize: 20n * GIBIBYTE + 3n * SLAB } },
        { get: physical(5), has: { Usage: 2, CanPool: false } },
        { associatorsOf: POOL, by: 'MSFT_StoragePoolToPhysicalDisk', find: [physical(5)] },
        { gone: disk(5) },
      ],
    },
    { code: 5, when: 'PhysicalDisks is missing, or there is no such Usage', input: { ...more, Usage: 7 } },
    job('AddPhysicalDisk', more),
    denied(more),
    notPrimordial(more),
    poolFailed(more),
    poolReadOnly(more),
    { code: 51_000, when: 'a disk has partitions, or is not there', input: { PhysicalDisks: disks(1) } },
    { code: 51_002, when: 'a disk is in a pool', input: { PhysicalDisks: disks(3) } },
    {
      code: 51_003,
      when: 'a disk has larger sectors than the pool',
      given: [set('Win32_DiskDrive.DeviceID="\\\\\\\\.\\\\PHYSICALDRIVE5"', { BytesPerSector: 4096 })],
      input: more,
    },
  ]),
  ofPool('RemovePhysicalDisk', [
    {
      code: 0,
      when: 'nothing lies on the disks',
      given: [call('AddPhysicalDisk', POOL, more)],
      input: more,
      shows: [
        { get: POOL, has: { Size: 200n * GIBIBYTE } },
        { get: physical(5), has: { CanPool: true, AllocatedSize: 0n } },
        { get: disk(5), has: { PartitionStyle: 0 } },
        { associatorsOf: POOL, by: 'MSFT_StoragePoolToPhysicalDisk', miss: [physical(5)] },
      ],
    },
    {
      code: 4,
      when: 'it would have none left',
      given: [call('DeleteObject', VIRTUAL)],
      input: { PhysicalDisks: disks(3, 4) },
    },
    { code: 5, when: 'PhysicalDisks is missing, or has one that is not in the pool', input: more },
    { ...job('RemovePhysicalDisk', more), given: [call('AddPhysicalDisk', POOL, more)] },
    denied(more),
    notPrimordial(more),
    poolFailed(more),
    poolReadOnly(more),
    { code: 51_004, when: 'a virtual disk lies on one', input: { PhysicalDisks: disks(3) } },
  ]),
  ofPool('DeleteObject', [
    {
      code: 0,
      when: 'it has no virtual disk',
      given: [call('DeleteObject', VIRTUAL)],
      shows: [
        { gone: POOL },
        { get: physical(3), has: { CanPool: true } },
        { get: disk(3), has: { Size: 100n * GIBIBYTE } },
        { associatorsOf: SUBSYSTEM, by: 'MSFT_StorageSubSystemToDisk', find: [disk(3), disk(4)] },
      ],
    },
    { ...job('DeleteStoragePool'), given: [call('DeleteObject', VIRTUAL)] },
    denied(),
    notPrimordial(),
    poolFailed(),
    poolReadOnly(),
    { code: 48_008, when: 'it has virtual disks' },
  ]),
  ofPool('Optimize', [
    {
      code: 0,
      when: 'the pool is none that is primordial',
      given: [call('AddPhysicalDisk', POOL, { PhysicalDisks: disks(5, 6) })],
      shows: [
        { get: physical(5), has: { AllocatedSize: 5n * GIBIBYTE + SLAB } },
        { get: physical(3), has: { AllocatedSize: 5n * GIBIBYTE + SLAB } },
        { associatorsOf: VIRTUAL, by: 'MSFT_VirtualDiskToPhysicalDisk', find: [3, 4, 5, 6].map(physical) },
      ],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL },
    { ...denied(), code: 4 },
    job('Optimize'),
  ]),
  ofPool('GetSupportedSize', [
    {
      code: 0,
      when: 'there is such a setting, with disks enough',
      input: { ResiliencySettingName: 'Mirror' },
      shows: [
        {
          answers: {
            ...{ SupportedSizes: null, VirtualDiskSizeMin: SLAB, VirtualDiskSizeDivisor: SLAB },
            VirtualDiskSizeMax: 90n * GIBIBYTE - SLAB,
          },
        },
      ],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL },
    { code: 4, when: 'the pool has too few disks for it', input: { ResiliencySettingName: 'Parity' } },
    { code: 5, when: 'there is no such setting', input: { ResiliencySettingName: 'x' } },
    denied(),
  ]),
  ofPool('SetFriendlyName', [
    {
      code: 0,
      when: 'FriendlyName is given',
      input: { FriendlyName: 'Named' },
      shows: [{ get: POOL, has: { FriendlyName: 'Named' } }],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL, input: { FriendlyName: 'Named' } },
    {
      code: 4,
      when: 'the pool is read-only',
      given: [set(POOL, { IsReadOnly: true })],
      input: { FriendlyName: 'Named' },
    },
    noName({ FriendlyName: '' }),
    denied({ FriendlyName: 'Named' }),
  ]),
  ofPool('SetUsage', [
    {
      code: 0,
      when: 'there is such a usage, and OtherUsageDescription goes with it',
      input: { Usage: 1, OtherUsageDescription: 'Lab' },
      shows: [{ get: POOL, has: { Usage: 1, OtherUsageDescription: 'Lab' } }],
    },
    { code: 5, when: 'there is no such usage, or the description does not go with it', input: { Usage: 1 } },
    denied({ Usage: 2 }),
    notPrimordial({ Usage: 2 }),
    poolFailed({ Usage: 2 }),
    poolReadOnly({ Usage: 2 }),
  ]),
  ofPool('SetDefaults', [
    {
      code: 0,
      when: 'the defaults are some that there are',
      input: { ProvisioningTypeDefault: 1, ResiliencySettingNameDefault: 'Simple', EnclosureAwareDefault: true },
      shows: [
        {
          get: POOL,
          has: { ProvisioningTypeDefault: 1, ResiliencySettingNameDefault: 'Simple', EnclosureAwareDefault: true },
        },
      ],
    },
    { code: 5, when: 'there is no such provisioning type', input: { ProvisioningTypeDefault: 7 } },
    denied(),
    notPrimordial(),
    {
      code: 48_002,
      when: 'the pool has no such setting',
      given: NO_PARITY,
      input: { ResiliencySettingNameDefault: 'Parity' },
    },
    poolFailed(),
    poolReadOnly(),
    { code: 49_000, when: 'there is no such setting', input: { ResiliencySettingNameDefault: 'x' } },
    {
      code: 50_005,
      when: 'WriteCacheSizeDefault is the largest number',
      input: { WriteCacheSizeDefault: 18_446_744_073_709_551_615n },
    },
  ]),
  ofPool('SetAttributes', [
    {
      code: 0,
      when: 'the values are some that there are',
      input: { RepairPolicy: 2, RetireMissingPhysicalDisks: 3, ThinProvisioningAlertThresholds: [80, 90] },
      shows: [
        {
          get: POOL,
          has: { RepairPolicy: 2, RetireMissingPhysicalDisks: 3, ThinProvisioningAlertThresholds: [80, 90] },
        },
      ],
    },
    {
      code: 0,
      when: 'it is to be read-only, and nothing besides',
      input: { IsReadOnly: true },
      shows: [{ get: POOL, has: { IsReadOnly: true, ReadOnlyReason: 2 } }],
    },
    { code: 5, when: 'IsReadOnly is not set alone, or there is no such value', input: { RepairPolicy: 7 } },
    denied(),
    notPrimordial(),
    poolFailed(),
    poolReadOnly({ ClearOnDeallocate: true }),
    {
      code: 48_009,
      when: 'there are more than ten thresholds',
      input: { ThinProvisioningAlertThresholds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
    },
  ]),
  ofPool('Upgrade', [
    {
      code: 0,
      when: 'the pool can be written',
      given: [set(POOL, { Version: 1 })],
      shows: [{ get: POOL, has: { Version: 3 } }],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL },
    denied(),
    poolReadOnly(),
  ]),
];
