import type { MethodTable } from '../method-table.js';
import { denied, disk } from '../storage-management/storage-reasons.js';
import { because, objectPath } from '../table-paths.js';
import { disks, GIBIBYTE, job, physical, SLAB, SUBSYSTEM, set, spaceTables } from './space-reasons.js';

const ofSubsystem = spaceTables('MSFT_StorageSubSystem', SUBSYSTEM);
const pool = { FriendlyName: 'More', PhysicalDisks: disks(5, 6) };
const drive = (number: number) => objectPath('Win32_DiskDrive', { DeviceID: `\\\\.\\PHYSICALDRIVE${number}` });

export const subsystemTables: readonly MethodTable[] = [
  ofSubsystem('CreateStoragePool', [
    {
      code: 0,
      when: 'the disks can be pooled',
      input: pool,
      shows: [
        { get: '$CreatedStoragePool', has: { FriendlyName: 'More', Size: 200n * GIBIBYTE, AllocatedSize: 2n * SLAB } },
        { associatorsOf: SUBSYSTEM, by: 'MSFT_StorageSubSystemToStoragePool', find: ['$CreatedStoragePool'] },
        {
          associatorsOf: '$CreatedStoragePool',
          by: 'MSFT_StoragePoolToPhysicalDisk',
          find: [physical(5), physical(6)],
        },
        { get: physical(5), has: { CanPool: false, CannotPoolReason: [2] } },
        { gone: disk(5) },
        { gone: drive(5) },
      ],
    },
    { code: 5, when: 'FriendlyName or PhysicalDisks is missing', input: { FriendlyName: 'More' } },
    {
      code: 8,
      when: 'a disk is not there',
      input: { FriendlyName: 'More', PhysicalDisks: disks(99) },
    },
    job('CreateStoragePool', pool),
    denied(pool),
    {
      code: 49_000,
      when: 'ResiliencySettingNameDefault is none of Simple, Mirror, Parity',
      input: { ...pool, ResiliencySettingNameDefault: 'x' },
    },
    {
      code: 50_005,
      when: 'WriteCacheSizeDefault is the largest number',
      input: { ...pool, WriteCacheSizeDefault: 18_446_744_073_709_551_615n },
    },
    { code: 51_000, when: 'a disk has partitions', input: { FriendlyName: 'More', PhysicalDisks: disks(1) } },
    { code: 51_001, when: 'there is no disk', input: { FriendlyName: 'More', PhysicalDisks: [] } },
    { code: 51_002, when: 'a disk is in a pool', input: { FriendlyName: 'More', PhysicalDisks: disks(3) } },
    {
      code: 51_003,
      when: 'a disk has larger sectors than LogicalSectorSizeDefault',
      given: [set(drive(5), { BytesPerSector: 4096 })],
      input: { ...pool, LogicalSectorSizeDefault: 512n },
    },
  ]),
  ofSubsystem('SetDescription', [
    {
      code: 0,
      when: 'Description is given',
      input: { Description: 'Disks' },
      shows: [{ get: SUBSYSTEM, has: { Description: 'Disks' } }],
    },
    { code: 5, when: 'Description is missing', input: { Description: '' } },
    denied({ Description: 'Disks' }),
  ]),
  ofSubsystem('SetAttributes', [
    {
      code: 0,
      when: 'AutomaticClusteringEnabled is given',
      input: { AutomaticClusteringEnabled: true },
      shows: [{ get: SUBSYSTEM, has: { AutomaticClusteringEnabled: true } }],
    },
    { code: 5, when: 'AutomaticClusteringEnabled is missing' },
    denied({ AutomaticClusteringEnabled: true }),
  ]),
];

/** A job that goes on for a while. */
const JOB = 'MSFT_StorageJob.ObjectId="job"';
const ofJob = spaceTables('MSFT_StorageJob', JOB, [{ add: JOB, with: { Name: 'Repair', JobState: 4 } }]);

export const jobTables: readonly MethodTable[] = [
  ofJob(
    'RequestStateChange',
    [
      {
        code: 0,
        when: 'the job runs, and is to be terminated (4) or killed (5)',
        input: { RequestedState: 4 },
        shows: [{ get: JOB, has: { JobState: 8, JobStatus: 'Terminated' } }],
      },
      { code: 1, when: 'it is to be started, suspended or serviced', input: { RequestedState: 3 } },
      {
        code: 4,
        when: 'the job has ended',
        given: [set(JOB, { JobState: 7 })],
        input: { RequestedState: 4 },
      },
      { code: 5, when: 'there is no such state', input: { RequestedState: 1 } },
      denied({ RequestedState: 4 }),
    ],
    {
      ...because('a job changes at once', 4096),
      ...because('a job has no size', 4097),
    },
  ),
];
