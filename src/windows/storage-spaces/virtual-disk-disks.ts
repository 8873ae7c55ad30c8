import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { acrossFrom } from '../across-from.js';
import { MethodRefusal } from '../method-refusal.js';
import { STORAGE } from '../namespaces.js';
import type { StoredInstance } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink } from '../storage-management/storage-objects.js';
import { slabsOf } from './allocations.js';
import { DiskUsage, idOf, poolWith, VIRTUAL_TO_PHYSICAL } from './pool-rows.js';
import { givenDisks } from './space-checks.js';

const USAGES: readonly number[] = [DiskUsage.auto, DiskUsage.manual, DiskUsage.hotSpare, DiskUsage.journal];

function disksTied(virtual: StoredInstance, { store }: MethodContext): Promise<readonly StoredInstance[]> {
  return acrossFrom(store, virtual.path, VIRTUAL_TO_PHYSICAL, ['VirtualDisk', 'PhysicalDisk']);
}

/** Gives disks of its pool to a virtual disk. @throws MethodRefusal */
export async function addToVirtualDisk(
  pool: StoredInstance,
  virtual: StoredInstance,
  { PhysicalDisks, Usage }: MethodInput,
  context: MethodContext,
): Promise<void> {
  const disks = await givenDisks(PhysicalDisks, StorageCode.diskNotSupported, context);
  if (typeof Usage === 'number' && !USAGES.includes(Usage))
    throw new MethodRefusal(StorageCode.invalidParameter, `there is no Usage ${Usage}`);
  const tied = new Set((await disksTied(virtual, context)).map(idOf));
  for (const disk of disks) {
    if (tied.has(idOf(disk))) throw new MethodRefusal(StorageCode.diskInUse, 'a disk is one of the virtual disk');
    const own = await poolWith(context.store, disk.path);
    if (!own?.path.equals(pool.path))
      throw new MethodRefusal(StorageCode.diskNotSupported, `${disk.getString('FriendlyName')} is not in the pool`);
  }
  for (const disk of disks) {
    await context.store.put(storageLink(VIRTUAL_TO_PHYSICAL, { VirtualDisk: virtual, PhysicalDisk: disk }));
    if (typeof Usage === 'number') await context.store.put(disk.with({ Usage }));
  }
}

/** Takes disks from a virtual disk, which hold nothing of it. @throws MethodRefusal */
export async function removeFromVirtualDisk(
  virtual: StoredInstance,
  { PhysicalDisks }: MethodInput,
  context: MethodContext,
): Promise<void> {
  const disks = await givenDisks(PhysicalDisks, StorageCode.diskNotSupported, context);
  const [tied, slabs] = [new Set((await disksTied(virtual, context)).map(idOf)), await slabsOf(context.store, virtual)];
  for (const disk of disks) {
    if (!tied.has(idOf(disk)))
      throw new MethodRefusal(StorageCode.diskNotSupported, `${disk.getString('FriendlyName')} is none of its disks`);
    if ((slabs.get(idOf(disk)) ?? 0) > 0)
      throw new MethodRefusal(StorageCode.diskStillInUse, `${disk.getString('FriendlyName')} holds a part of it`);
  }
  for (const disk of disks) {
    const keys = { VirtualDisk: virtual.path, PhysicalDisk: disk.path };
    await context.store.delete(new InstancePath({ namespace: STORAGE, className: VIRTUAL_TO_PHYSICAL, keys }));
  }
}
