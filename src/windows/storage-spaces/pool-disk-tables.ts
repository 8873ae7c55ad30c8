import type { MethodTable } from '../method-table.js';
import { denied, disk } from '../storage-management/storage-reasons.js';
import {
  call,
  disks,
  GIBIBYTE,
  job,
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

const ofPool = spaceTables('MSFT_StoragePool', POOL);
const more = { PhysicalDisks: disks(5) };

export const poolDiskTables: readonly MethodTable[] = [
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
    { code: 5, when: 'no disk is given', input: { PhysicalDisks: [] } },
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
    { code: 5, when: 'no disk is given', input: { PhysicalDisks: [] } },
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
];
