import type { Arrangement, MethodTable, TableValues } from '../method-table.js';
import { drive, VOLUME_D } from '../storage/logical-disk-tables.js';
import { because, objectPath } from '../table-paths.js';
import { common, denied, disk, partition, tablesOf } from './storage-reasons.js';

/** The system's, and that of D:. */
const [SYSTEM, DATA] = [partition(0, 1), partition(1, 1)];
const ofData = tablesOf('MSFT_Partition', DATA);
const ON_DRIVE = objectPath('Win32_DiskPartition', { DeviceID: 'Disk #1, Partition #0' });

const set = (on: string, to: TableValues): readonly Arrangement[] => [{ set: on, to }];
const unlettered: readonly Arrangement[] = [
  { call: { method: 'RemoveAccessPath', on: DATA, input: { AccessPath: 'D:\\' } } },
];
const folder: Arrangement = { add: objectPath('Win32_Directory', { Name: 'c:\\mount' }) };
const critical = (code: number, input: TableValues = {}) => ({
  ...{ code, when: 'the machine starts from the partition', on: SYSTEM, input },
});
const noFileSystem = {
  code: 42_009,
  when: 'it has no file system',
  given: set(VOLUME_D, { FileSystem: null }),
};
const withErrors = {
  code: 42_008,
  when: 'the volume has to be checked',
  given: set(VOLUME_D, { DirtyBitSet: true }),
};
const otherFileSystem = {
  code: 1,
  when: 'its file system is neither NTFS nor ReFS',
  given: set(VOLUME_D, { FileSystem: 'exFAT' }),
};
/** 100 MiB less than it has, in bytes. */
const LESS = 214_643_507_200n;

export const partitionTables: readonly MethodTable[] = [
  ofData(
    'AddAccessPath',
    [
      {
        code: 0,
        when: 'the letter is free',
        given: unlettered,
        input: { AccessPath: 'G:' },
        shows: [
          { get: DATA, has: { DriveLetter: 'G' } },
          { get: drive('G:'), has: { VolumeName: 'Data', Size: 214_748_364_800n } },
          { associatorsOf: drive('G:'), by: 'Win32_LogicalDiskToPartition', find: [ON_DRIVE] },
        ],
      },
      {
        code: 0,
        when: 'the folder is there, empty, and on NTFS',
        given: [folder],
        input: { AccessPath: 'C:\\mount' },
        shows: [
          {
            get: DATA,
            has: { AccessPaths: ['D:\\', 'c:\\mount\\', '\\\\?\\Volume{11111111-2222-3333-4444-000000000002}\\'] },
          },
        ],
      },
      {
        code: 1,
        when: 'there is no volume on the partition',
        given: [{ remove: VOLUME_D }],
        input: { AssignDriveLetter: true },
      },
      denied({ AssignDriveLetter: true }),
      { code: 5, when: 'both or none of AccessPath and AssignDriveLetter are given' },
      { code: 42_002, when: 'the letter is that of a drive, or the folder is not empty', input: { AccessPath: 'C:' } },
      {
        code: 42_004,
        when: 'the partition is hidden',
        given: set(DATA, { IsHidden: true }),
        input: { AssignDriveLetter: true },
      },
      {
        code: 42_007,
        when: 'there is no such folder, or the partition has a letter',
        input: { AccessPath: 'C:\\none' },
      },
    ],
    common,
  ),
  ofData(
    'RemoveAccessPath',
    [
      {
        code: 0,
        when: 'the partition is seen there',
        input: { AccessPath: 'D:\\' },
        shows: [
          { get: DATA, has: { DriveLetter: null } },
          { gone: drive('D:') },
          { get: VOLUME_D, has: { DriveLetter: null } },
        ],
      },
      denied({ AccessPath: 'D:\\' }),
      { code: 5, when: 'AccessPath is missing' },
      { code: 42_005, when: 'it is the path of the device', input: { AccessPath: '\\\\?\\Volume{1}\\' } },
      { code: 42_006, when: 'the drive holds the system or a page file', on: SYSTEM, input: { AccessPath: 'C:\\' } },
      { code: 42_007, when: 'the partition is not seen there', input: { AccessPath: 'Q:\\' } },
    ],
    common,
  ),
  ofData(
    'GetAccessPaths',
    [
      {
        code: 0,
        when: 'always, for administrators',
        shows: [{ answers: { AccessPaths: ['D:\\', '\\\\?\\Volume{11111111-2222-3333-4444-000000000002}\\'] } }],
      },
      denied(),
    ],
    common,
  ),
  ofData(
    'DeleteObject',
    [
      {
        code: 0,
        when: 'it is not what the machine starts from',
        shows: [
          { gone: DATA },
          { gone: ON_DRIVE },
          { gone: drive('D:') },
          { gone: VOLUME_D },
          { get: disk(1), has: { NumberOfPartitions: 0 } },
        ],
      },
      denied(),
      critical(6),
    ],
    {
      ...common,
      ...because('access paths go with the partition', 42_000),
      ...because('no partition has others in it', 42_001),
    },
  ),
  ofData(
    'GetSupportedSize',
    [
      {
        code: 0,
        when: 'its file system can be made larger or smaller',
        shows: [{ answers: { SizeMin: 204_010_946_560n, SizeMax: 214_751_510_528n } }],
      },
      otherFileSystem,
      denied(),
      withErrors,
      noFileSystem,
    ],
    { ...common, ...because('it asks what the sizes are', 4097) },
  ),
  ofData(
    'Resize',
    [
      {
        code: 0,
        when: 'Size is one that GetSupportedSize gives',
        input: { Size: LESS },
        shows: [
          { get: DATA, has: { Size: LESS } },
          { get: ON_DRIVE, has: { Size: LESS, NumberOfBlocks: 419_225_600n } },
          { get: drive('D:'), has: { Size: LESS, FreeSpace: 10_632_560_640n } },
        ],
      },
      { ...otherFileSystem, input: { Size: LESS } },
      { code: 5, when: 'Size is missing' },
      { code: 4097, when: 'Size is too small or too large', input: { Size: 1n } },
      denied({ Size: 1n }),
      { ...withErrors, input: { Size: LESS } },
      { ...noFileSystem, input: { Size: LESS } },
    ],
    common,
  ),
  ofData(
    'Offline',
    [
      {
        code: 0,
        when: 'it is not what the machine starts from',
        shows: [
          { get: DATA, has: { IsOffline: true, DriveLetter: null } },
          { get: VOLUME_D, has: { Availability: 8 } },
        ],
      },
      denied(),
      critical(42_011),
    ],
    common,
  ),
  ofData(
    'Online',
    [
      {
        code: 0,
        when: 'it is not what the machine starts from',
        given: [{ call: { method: 'Offline', on: DATA } }],
        shows: [
          { get: DATA, has: { IsOffline: false, DriveLetter: 'D' } },
          { get: VOLUME_D, has: { Availability: 3 } },
        ],
      },
      denied(),
      critical(42_011),
    ],
    common,
  ),
  ofData(
    'SetAttributes',
    [
      {
        code: 0,
        when: 'what is given fits the partition',
        input: { IsReadOnly: true, IsActive: true, NoDefaultDriveLetter: true },
        shows: [
          { get: DATA, has: { IsReadOnly: true, IsActive: true, NoDefaultDriveLetter: true } },
          { get: ON_DRIVE, has: { Bootable: true } },
        ],
      },
      denied(),
      { code: 41_003, when: 'the disk is off line', given: set(disk(1), { IsOffline: true }) },
      {
        code: 41_006,
        when: 'IsActive is given, and the table is of GPT',
        given: set(disk(1), { PartitionStyle: 2 }),
        input: { IsActive: true },
      },
      critical(42_010, { IsHidden: true }),
    ],
    { ...common, ...because('a disk with a partition has a table', 41_000) },
  ),
];
