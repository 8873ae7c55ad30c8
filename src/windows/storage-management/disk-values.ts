import type { DerivationContext, DerivedValue } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { madeOf, valuesOf } from './derived-values.js';
import { driveAt, partitionsAt, sizeOf } from './device-rows.js';
import { freeExtents, largestExtent } from './free-extents.js';

/** `OperationalStatus` of a disk that is on line, and of one that is not. */
const ONLINE = 53_264;
const OFFLINE = 53_267;

/** `CannotPoolReason`: it has partitions, or is the machine's own; it is off line. */
const Reason = { other: 1, offline: 6 } as const;

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

async function cannotPool(disk: CimInstance, { store }: DerivationContext): Promise<readonly number[]> {
  const number = Number(disk.get('DeviceId'));
  if ((await partitionsAt(store, number)).length > 0) return [Reason.other];
  const [managed] = (await store.findEqual(disk.path?.namespace ?? '', ['MSFT_Disk'], 'Number', number)) ?? [];
  return managed?.get('IsOffline') === true ? [Reason.offline] : [];
}

/** The same for a physical disk. */
export const physicalDiskValues: Readonly<Record<string, DerivedValue>> = {
  ...valuesOf(driveUnder, {
    ...{ Model: 'Model', Manufacturer: 'Manufacturer', SerialNumber: 'SerialNumber', Size: 'Size' },
    ...{ FirmwareVersion: 'FirmwareRevision' },
  }),
  LogicalSectorSize: madeOf(driveUnder, (drive) => BigInt(Number(drive.get('BytesPerSector'))), 'LogicalSectorSize'),
  PhysicalSectorSize: madeOf(driveUnder, (drive) => BigInt(Number(drive.get('BytesPerSector'))), 'PhysicalSectorSize'),
  AllocatedSize: madeOf(driveUnder, (drive, _disk, context) => allocated(drive, context), 'AllocatedSize'),
  CanPool: async (disk, context) => (await cannotPool(disk, context)).length === 0,
  CannotPoolReason: async (disk, context) => {
    const reasons = await cannotPool(disk, context);
    return reasons.length === 0 ? null : [...reasons];
  },
  OtherCannotPoolReasonDescription: async (disk, context) =>
    (await cannotPool(disk, context)).includes(Reason.other) ? 'It has partitions.' : null,
};

/** A pool is as large as its disks. */
export const poolValues: Readonly<Record<string, DerivedValue>> = {
  Size: (pool, context) => sumOfDisks(pool, context, (drive) => sizeOf(drive)),
  AllocatedSize: (pool, context) => sumOfDisks(pool, context, (drive) => allocated(drive, context)),
};

async function sumOfDisks(
  pool: CimInstance,
  { store }: DerivationContext,
  bytesOf: (drive: CimInstance) => bigint | Promise<bigint>,
): Promise<bigint> {
  const { path } = pool;
  if (!path) return 0n;
  let sum = 0n;
  for await (const tie of store.scan(path.namespace ?? '', 'MSFT_StoragePoolToPhysicalDisk')) {
    const [of, disk] = [tie.get('StoragePool'), tie.get('PhysicalDisk')];
    if (!(of instanceof InstancePath) || !of.equals(path) || !(disk instanceof InstancePath)) continue;
    const physical = await store.get(disk);
    const drive = physical && (await driveAt(store, Number(physical.get('DeviceId'))));
    if (drive) sum += await bytesOf(drive);
  }
  return sum;
}
