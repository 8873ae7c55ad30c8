import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { allOf } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { STORAGE } from '../namespaces.js';
import type { StoredInstance } from '../on-instance.js';
import { driveAt } from '../storage-management/device-rows.js';
import { whyNotPooled } from '../storage-management/disk-values.js';
import { diskOf } from '../storage-management/find-objects.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { Style, storageLink } from '../storage-management/storage-objects.js';
import { slabsTaken } from './allocations.js';
import { idOf, POOL_TO_PHYSICAL, poolWith } from './pool-rows.js';
import { bringBack, setAside } from './set-aside.js';

/** What a physical disk says of its drive, which it has to say by itself while that is out of sight. */
const OF_DRIVE = {
  ...{ Model: 'Model', Manufacturer: 'Manufacturer', SerialNumber: 'SerialNumber', Size: 'Size' },
  FirmwareVersion: 'FirmwareRevision',
} as const;

/** Bytes of a sector of a disk that is in no pool. */
async function sectorOf(physical: CimInstance, { store }: Pick<MethodContext, 'store'>): Promise<number> {
  const drive = await driveAt(store, Number(physical.get('DeviceId')));
  return Number(drive?.get('BytesPerSector') ?? 512);
}

/** The largest sector that disks have. */
export async function largestSector(disks: readonly CimInstance[], context: MethodContext): Promise<number> {
  return Math.max(512, ...(await Promise.all(disks.map((one) => sectorOf(one, context)))));
}

/** @param sector of the pool, in bytes @throws MethodRefusal for a disk that cannot be put into a pool */
export async function checkPoolable(
  disks: readonly StoredInstance[],
  sector: number,
  context: MethodContext,
): Promise<void> {
  for (const disk of disks) {
    if (await poolWith(context.store, disk.path))
      throw new MethodRefusal(StorageCode.diskInUse, `${disk.getString('FriendlyName')} is in a pool`);
    const [reason] = await whyNotPooled(disk, context);
    if (reason !== undefined)
      throw new MethodRefusal(StorageCode.diskNotSupported, `CannotPoolReason of a disk is ${reason}`);
    if ((await sectorOf(disk, context)) > sector)
      throw new MethodRefusal(StorageCode.sectorSize, `a disk has larger sectors than the ${sector} bytes of the pool`);
  }
}

/** Puts disks into a pool: their drives are seen no more. */
export async function putIntoPool(
  pool: CimInstance,
  disks: readonly StoredInstance[],
  usage: number | undefined,
  { store }: MethodContext,
): Promise<void> {
  for (const disk of disks) {
    const number = Number(disk.get('DeviceId'));
    const [drive, managed] = [await driveAt(store, number), await diskOf(store, number)];
    const said = Object.entries(OF_DRIVE).map(([own, its]) => [own, drive?.get(its) ?? null] as const);
    const sector = BigInt(Number(drive?.get('BytesPerSector') ?? 512));
    const sectors = { LogicalSectorSize: sector, PhysicalSectorSize: sector };
    await store.put(
      disk.with({ ...Object.fromEntries(said), ...sectors, ...(usage !== undefined && { Usage: usage }) }),
    );
    await store.put(storageLink(POOL_TO_PHYSICAL, { StoragePool: pool, PhysicalDisk: disk }));
    await setAside(
      store,
      idOf(disk),
      [drive, managed].flatMap((one) => one?.path ?? []),
    );
  }
}

/** @throws MethodRefusal for a disk that is not the pool's, or holds something */
export async function checkRemovable(
  pool: StoredInstance,
  disks: readonly StoredInstance[],
  { store }: MethodContext,
): Promise<void> {
  for (const disk of disks) {
    const own = await poolWith(store, disk.path);
    if (!own?.path.equals(pool.path))
      throw new MethodRefusal(StorageCode.invalidParameter, `${disk.getString('FriendlyName')} is not in the pool`);
    if ((await slabsTaken(store, disk)) > 0)
      throw new MethodRefusal(StorageCode.diskStillInUse, `${disk.getString('FriendlyName')} holds a virtual disk`);
  }
}

/** Takes disks out of a pool: their drives are seen again, blank. */
export async function takeOutOfPool(
  pool: StoredInstance,
  disks: readonly StoredInstance[],
  { store }: MethodContext,
): Promise<void> {
  for (const disk of disks) {
    const keys = { StoragePool: pool.path, PhysicalDisk: disk.path };
    await store.delete(new InstancePath({ namespace: STORAGE, className: POOL_TO_PHYSICAL, keys }));
    for (const one of await bringBack(store, idOf(disk)))
      if (one.className === 'MSFT_Disk') await store.put(one.with({ PartitionStyle: Style.raw, Guid: null }));
    const values = Object.fromEntries(Object.keys(OF_DRIVE).map((name) => [name, null]));
    await store.put(disk.with({ ...values, LogicalSectorSize: null, PhysicalSectorSize: null, Usage: 1 }));
  }
}

/** What the machine is called in the ids of its objects. */
export async function computerOf(context: MethodContext): Promise<string> {
  const [subsystem] = await allOf({ ...pick(context), namespace: STORAGE }, 'MSFT_StorageSubSystem');
  return subsystem?.getString('Name') ?? '';
}

function pick({ schema, store }: MethodContext) {
  return { schema, store };
}
