import type { DerivationContext, DerivedValue } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { slabsTaken } from '../storage-spaces/allocations.js';
import { hasFailed, poolHealth, statusOf } from '../storage-spaces/health.js';
import { DiskUsage, disksIn, poolWith } from '../storage-spaces/pool-rows.js';
import { METADATA_SLABS, SLAB } from '../storage-spaces/slabs.js';
import { madeOf, valuesOf } from './derived-values.js';
import { driveAt, partitionsAt, sizeOf } from './device-rows.js';
import { diskOf } from './find-objects.js';
import { freeExtents, largestExtent } from './free-extents.js';

/** `OperationalStatus` of a disk that is on line, and of one that is not. */
const ONLINE = 53_264;
const OFFLINE = 53_267;

/** Numbers of reasons: the other one is that it has partitions. */
const Reason = { other: 1, inPool: 2, notHealthy: 3, offline: 6, capacity: 7 } as const;
/** A smaller disk has no room for a pool, in bytes: 4 GiB. */
const LEAST_CAPACITY = 4_294_967_296n;

const driveOf = (disk: CimInstance, { store }: DerivationContext) => driveAt(store, Number(disk.get('Number')));
const driveUnder = (disk: CimInstance, { store }: DerivationContext) => driveAt(store, Number(disk.get('DeviceId')));

const isOf = (property: string) =>
  madeOf(
    driveOf,
    async (drive, _disk, { store }) => {
      const partitions = await partitionsAt(store, Number(drive.get('Index')));
      return partitions.some((one) => one.get('BootPartition') === true);
    },
    property,
  );

async function allocated(drive: CimInstance, { store }: DerivationContext): Promise<bigint> {
  const partitions = await partitionsAt(store, Number(drive.get('Index')));
  return partitions.reduce((sum, one) => sum + sizeOf(one), 0n);
}

/** What a disk says of its drive and of what lies on it. */
export const diskValues: Readonly<Record<string, DerivedValue>> = {
  ...valuesOf(driveOf, {
    ...{ FriendlyName: 'Model', Model: 'Model', Manufacturer: 'Manufacturer', SerialNumber: 'SerialNumber' },
    ...{ FirmwareVersion: 'FirmwareRevision', Size: 'Size', Signature: 'Signature' },
    ...{ LogicalSectorSize: 'BytesPerSector', PhysicalSectorSize: 'BytesPerSector' },
  }),
  AllocatedSize: madeOf(driveOf, (drive, _disk, context) => allocated(drive, context), 'AllocatedSize'),
  NumberOfPartitions: madeOf(
    driveOf,
    async (drive, _disk, { store }) => (await partitionsAt(store, Number(drive.get('Index')))).length,
    'NumberOfPartitions',
  ),
  LargestFreeExtent: madeOf(
    driveOf,
    async (drive, _disk, { store }) =>
      largestExtent(freeExtents(drive, await partitionsAt(store, Number(drive.get('Index'))))).size,
    'LargestFreeExtent',
  ),
  OperationalStatus: (disk) => (disk.get('IsOffline') === true ? OFFLINE : ONLINE),
  IsBoot: isOf('IsBoot'),
  IsSystem: isOf('IsSystem'),
  BootFromDisk: isOf('BootFromDisk'),
};

/** `CannotPoolReason` of a physical disk: why it cannot be put into a pool. */
export async function whyNotPooled(
  disk: CimInstance,
  { store }: Pick<DerivationContext, 'store'>,
): Promise<readonly number[]> {
  if (disk.path && (await poolWith(store, disk.path))) return [Reason.inPool];
  const number = Number(disk.get('DeviceId'));
  if ((await partitionsAt(store, number)).length > 0) return [Reason.other];
  if (hasFailed(disk)) return [Reason.notHealthy];
  const managed = await diskOf(store, number);
  if (managed?.get('IsOffline') === true) return [Reason.offline];
  const drive = await driveAt(store, number);
  return drive && sizeOf(drive) < LEAST_CAPACITY ? [Reason.capacity] : [];
}

/** The same for a physical disk. */
export const physicalDiskValues: Readonly<Record<string, DerivedValue>> = {
  ...valuesOf(driveUnder, {
    ...{ Model: 'Model', Manufacturer: 'Manufacturer', SerialNumber: 'SerialNumber', Size: 'Size' },
    ...{ FirmwareVersion: 'FirmwareRevision' },
  }),
  LogicalSectorSize: madeOf(driveUnder, (drive) => BigInt(Number(drive.get('BytesPerSector'))), 'LogicalSectorSize'),
  PhysicalSectorSize: madeOf(driveUnder, (drive) => BigInt(Number(drive.get('BytesPerSector'))), 'PhysicalSectorSize'),
  AllocatedSize: (disk, context) => allocatedOn(disk, context),
  CanPool: async (disk, context) => (await whyNotPooled(disk, context)).length === 0,
  CannotPoolReason: async (disk, context) => {
    const reasons = await whyNotPooled(disk, context);
    return reasons.length === 0 ? null : [...reasons];
  },
  OtherCannotPoolReasonDescription: async (disk, context) =>
    (await whyNotPooled(disk, context)).includes(Reason.other) ? 'It has partitions.' : null,
};

/** What is taken of a physical disk: by partitions, or by the pool that it is in and what that gives out. */
async function allocatedOn(disk: CimInstance, context: DerivationContext): Promise<bigint> {
  const drive = await driveUnder(disk, context);
  if (drive) return allocated(drive, context);
  return BigInt(METADATA_SLABS + (await slabsTaken(context.store, disk))) * SLAB;
}

async function sizeOfPhysical(disk: CimInstance, context: DerivationContext): Promise<bigint> {
  return sizeOf((await driveUnder(disk, context)) ?? disk);
}

/** A pool is as large as its disks, but for those that are spare. Of what is in another pool the primordial one has given all. */
export const poolValues: Readonly<Record<string, DerivedValue>> = {
  Size: (pool, context) =>
    sumOfDisks(pool, context, (disk) =>
      disk.get('Usage') === DiskUsage.hotSpare && pool.get('IsPrimordial') !== true
        ? 0n
        : sizeOfPhysical(disk, context),
    ),
  AllocatedSize: (pool, context) =>
    sumOfDisks(pool, context, async (disk) => {
      const isGiven = pool.get('IsPrimordial') === true && !(await driveUnder(disk, context));
      return isGiven ? sizeOfPhysical(disk, context) : allocatedOn(disk, context);
    }),
  HealthStatus: (pool, { store }) => poolHealth(store, pool),
  OperationalStatus: async (pool, { store }) => [...statusOf(await poolHealth(store, pool))],
};

async function sumOfDisks(
  pool: CimInstance,
  { store }: DerivationContext,
  bytesOf: (disk: CimInstance) => bigint | Promise<bigint>,
): Promise<bigint> {
  let sum = 0n;
  for (const disk of pool.path ? await disksIn(store, pool.path) : []) sum += await bytesOf(disk);
  return sum;
}
