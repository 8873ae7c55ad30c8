import type { MethodTable, TableValues } from '../method-table.js';
import { drive } from '../storage/logical-disk-tables.js';
import { denied, disk } from '../storage-management/storage-reasons.js';
import { because } from '../table-paths.js';
import { layoutCodes, sizeCodes } from './layout-tables.js';
import { poolDiskTables } from './pool-disk-tables.js';
import { poolSettingTables } from './pool-setting-tables.js';
import {
  disks,
  GIBIBYTE,
  job,
  notPrimordial,
  POOL,
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
  ...poolDiskTables,
  ...poolSettingTables,
];
