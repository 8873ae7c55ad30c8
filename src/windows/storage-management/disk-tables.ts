import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { drive, VOLUME_D } from '../storage/logical-disk-tables.js';
import { because, objectPath } from '../table-paths.js';
import { common, denied, disk, partition, tablesOf } from './storage-reasons.js';

/** The system's, one with data, and one that is blank. */
const [SYSTEM, DATA, BLANK] = [disk(0), disk(1), disk(2)];
const ofData = tablesOf('MSFT_Disk', DATA);
const ofBlank = tablesOf('MSFT_Disk', BLANK);

const set = (to: TableValues, on = BLANK): readonly Arrangement[] => [{ set: on, to }];
const call = (method: string, input: TableValues = {}, on = BLANK): readonly Arrangement[] => [
  { call: { method, on, input } },
];
const gpt = call('Initialize', { PartitionStyle: 2 });
const mbr = call('Initialize', { PartitionStyle: 1 });
const whole = { UseMaximumSize: true };
const GIBIBYTE = 1_073_741_824n;

const raw = { code: 41_000, when: 'the disk has no table of partitions', on: BLANK };
const critical = { code: 41_009, when: 'the machine starts from the disk', on: SYSTEM };
const readOnly = (on: string) => ({
  ...{ code: 41_002, when: 'the disk is read-only', given: set({ IsReadOnly: true }, on), on },
});
const offline = (on: string) => ({
  ...{ code: 41_003, when: 'the disk is off line', given: set({ IsOffline: true }, on), on },
});

const creation: readonly ReachedCode[] = [
  {
    code: 0,
    when: 'there is room',
    given: gpt,
    input: { Size: GIBIBYTE, DriveLetter: 'F' },
    shows: [
      { get: partition(2, 1), has: { Size: GIBIBYTE, Offset: 1_048_576n, DriveLetter: 'F' } },
      { get: BLANK, has: { NumberOfPartitions: 1, AllocatedSize: GIBIBYTE } },
      { get: objectPath('Win32_DiskPartition', { DeviceID: 'Disk #2, Partition #0' }), has: { Size: GIBIBYTE } },
      { get: drive('F:'), has: { Size: GIBIBYTE, FileSystem: null } },
      { get: objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE2' }), has: { Partitions: 1 } },
      { associatorsOf: BLANK, by: 'MSFT_DiskToPartition', find: [partition(2, 1)] },
    ],
  },
  { code: 5, when: 'both Size and UseMaximumSize are given', given: gpt, input: { ...whole, Size: GIBIBYTE } },
  { code: 4097, when: 'Size is less than 1 MiB', given: gpt, input: { Size: 1n } },
  { code: 40_000, when: 'no free part is so large', given: gpt, input: { Size: 1024n * GIBIBYTE } },
  denied(whole),
  { code: 40_005, when: 'neither Size nor UseMaximumSize is given', given: gpt },
  { ...raw, input: whole },
  { ...readOnly(DATA), input: whole },
  { ...offline(DATA), input: whole },
  {
    code: 41_004,
    when: 'MBR has four partitions already',
    given: [...mbr, ...[1, 2, 3, 4].flatMap(() => call('CreatePartition', { Size: GIBIBYTE }))],
    input: { Size: GIBIBYTE },
  },
  { code: 41_005, when: 'Alignment is no whole sector', given: gpt, input: { ...whole, Alignment: 100 } },
  { code: 41_006, when: 'the type is that of the other style', given: gpt, input: { ...whole, MbrType: 7 } },
  { code: 41_010, when: 'there is no such type', given: gpt, input: { ...whole, GptType: 'x' } },
  {
    code: 41_011,
    when: 'it would end beyond 2 TiB, and the table is of MBR',
    given: [
      { set: objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE2' }), to: { Size: 4096n * GIBIBYTE } },
      ...mbr,
    ],
    input: whole,
  },
  { code: 41_012, when: 'nothing is free at Offset', given: gpt, input: { ...whole, Offset: 0n } },
  { code: 42_002, when: 'DriveLetter is that of a drive', given: gpt, input: { ...whole, DriveLetter: 'C' } },
  {
    code: 42_004,
    when: 'it is hidden and has a letter',
    given: gpt,
    input: { ...whole, IsHidden: true, DriveLetter: 'F' },
  },
  { code: 42_007, when: 'DriveLetter is no letter', given: gpt, input: { ...whole, DriveLetter: '1' } },
];

export const diskTables: readonly MethodTable[] = [
  ofBlank(
    'Initialize',
    [
      {
        code: 0,
        when: 'the disk has no table of partitions',
        input: { PartitionStyle: 2 },
        shows: [{ get: BLANK, has: { PartitionStyle: 2 } }],
      },
      denied(),
      { code: 4, when: 'it is off line or read-only', given: set({ IsOffline: true }) },
      { code: 41_001, when: 'it has a table of partitions', on: DATA },
      { code: 41_010, when: 'PartitionStyle is neither 1 nor 2', input: { PartitionStyle: 7 } },
    ],
    { ...common, ...because('every disk of a lab is larger', 41_014) },
  ),
  ofData(
    'Clear',
    [
      {
        code: 0,
        when: 'it is not what the machine starts from, and RemoveData is true or it has no partition',
        input: { RemoveData: true },
        shows: [
          { gone: partition(1, 1) },
          { gone: drive('D:') },
          { gone: VOLUME_D },
          { get: DATA, has: { PartitionStyle: 0, NumberOfPartitions: 0, AllocatedSize: 0n, Signature: null } },
          {
            associatorsOf: objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE1' }),
            by: 'Win32_DiskDriveToDiskPartition',
            miss: [objectPath('Win32_DiskPartition', { DeviceID: 'Disk #1, Partition #0' })],
          },
        ],
      },
      denied(),
      raw,
      readOnly(DATA),
      offline(DATA),
      { code: 41_008, when: 'RemoveData is not true, and it has partitions' },
      critical,
    ],
    { ...common, ...because('no partition is of the maker of the machine', 41_007) },
  ),
  ofBlank(
    'ConvertStyle',
    [
      {
        code: 0,
        when: 'it has no partition',
        given: gpt,
        input: { PartitionStyle: 1 },
        shows: [{ get: BLANK, has: { PartitionStyle: 1, Guid: null } }],
      },
      denied({ PartitionStyle: 1 }),
      { code: 5, when: 'PartitionStyle is neither 1 nor 2', given: gpt, input: { PartitionStyle: 7 } },
      raw,
      readOnly(DATA),
      offline(DATA),
      critical,
      { code: 41_013, when: 'it has partitions', on: DATA, input: { PartitionStyle: 2 } },
    ],
    { ...common, ...because('every disk of a lab is larger', 41_014) },
  ),
  ofBlank('CreatePartition', creation, {
    ...common,
    ...because('41012 says so', 41_016),
    ...because('partitions lie as the model lays them', 41_017),
  }),
  ofData(
    'Offline',
    [
      {
        code: 0,
        when: 'it is not what the machine starts from',
        shows: [
          { get: DATA, has: { IsOffline: true, OperationalStatus: 53_267 } },
          { get: partition(1, 1), has: { IsOffline: true, DriveLetter: null } },
          { gone: drive('D:') },
        ],
      },
      denied(),
      critical,
    ],
    common,
  ),
  ofData(
    'Online',
    [
      {
        code: 0,
        when: 'always',
        given: call('Offline', {}, DATA),
        shows: [
          { get: DATA, has: { IsOffline: false, OperationalStatus: 53_264 } },
          { get: drive('D:'), has: { VolumeName: 'Data' } },
          {
            associatorsOf: drive('D:'),
            by: 'Win32_LogicalDiskToPartition',
            find: [objectPath('Win32_DiskPartition', { DeviceID: 'Disk #1, Partition #0' })],
          },
        ],
      },
      denied(),
    ],
    common,
  ),
  ofData(
    'SetAttributes',
    [
      {
        code: 0,
        when: 'what is given fits the table of the disk',
        input: { IsReadOnly: true, Signature: 7 },
        shows: [
          { get: DATA, has: { IsReadOnly: true, Signature: 7 } },
          { get: objectPath('Win32_DiskDrive', { DeviceID: '\\\\.\\PHYSICALDRIVE1' }), has: { Signature: 7 } },
        ],
      },
      denied(),
      { code: 5, when: 'Guid is none', given: gpt, on: BLANK, input: { Guid: 'x' } },
      { ...raw, input: { Signature: 7 } },
      offline(DATA),
      { code: 41_006, when: 'Signature is for GPT, or Guid for MBR', input: { Guid: '{x}' } },
      { ...critical, input: { IsReadOnly: true } },
    ],
    common,
  ),
];
