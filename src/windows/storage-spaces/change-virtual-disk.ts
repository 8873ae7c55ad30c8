import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { removeWithTies } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { removeDisk } from '../storage-management/add-disk.js';
import { driveAt } from '../storage-management/device-rows.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink } from '../storage-management/storage-objects.js';
import { dropSlabs, putSlabs, type Slabs, slabsFree, slabsOf, stripeBytes, widthOf } from './allocations.js';
import { checkIdle } from './attach.js';
import { usableDisks } from './create-virtual-disk.js';
import { disksUnder } from './health.js';
import { diskShowing, idOf, Provisioning, physicalAt, sizeOfObject, VIRTUAL_TO_PHYSICAL } from './pool-rows.js';
import { forget } from './set-aside.js';
import { SLAB, spread } from './slabs.js';

const SECTOR = 512n;

/** A virtual disk goes, and what lies on it; the pool has its room again. @throws MethodRefusal */
export async function removeVirtualDisk(virtual: StoredInstance, context: MethodContext): Promise<void> {
  const disk = await diskShowing(context.store, virtual.path);
  if (disk) {
    await checkIdle(disk, context);
    await removeDisk(disk, context);
  }
  await forget(context.store, idOf(virtual));
  await dropSlabs(context.store, virtual);
  await removeWithTies(context, virtual.path);
}

/** Makes a virtual disk larger. @returns its size then @throws MethodRefusal */
export async function resizeVirtualDisk(
  pool: StoredInstance,
  virtual: StoredInstance,
  given: CimValue | undefined,
  context: MethodContext,
): Promise<bigint> {
  const { store } = context;
  if (typeof given !== 'bigint') throw new MethodRefusal(StorageCode.invalidParameter, 'Size is missing');
  const disk = await diskShowing(store, virtual.path);
  if (!disk) throw new MethodRefusal(StorageCode.virtualDiskHealth, 'the virtual disk is detached');
  const [before, stripe] = [sizeOfObject(virtual), stripeBytes(virtual)];
  if (given < before)
    throw new MethodRefusal(StorageCode.sizeNotSupported, `a virtual disk of ${before} bytes becomes no smaller`);
  const stripes = (given + stripe - 1n) / stripe;
  if (virtual.get('ProvisioningType') === Provisioning.fixed) {
    const more = Number(stripes - before / stripe);
    const added = await roomFor(pool, virtual, more, new Map(), context);
    await putTied(virtual, added, context);
  }
  const Size = stripes * stripe;
  await store.put(virtual.with({ Size }));
  const drive = await driveAt(store, Number(disk.get('Number')));
  if (drive) await store.put(drive.with({ Size, TotalSectors: Size / SECTOR }));
  return Size;
}

/** Bytes that a repair has to make anew. */
export async function bytesToRepair(virtual: StoredInstance, { store }: MethodContext): Promise<bigint> {
  const { failed, retired } = await disksUnder(store, virtual);
  const slabs = await slabsOf(store, virtual);
  const lost = [...failed, ...retired].reduce((sum, one) => sum + (slabs.get(idOf(one)) ?? 0), 0);
  return BigInt(lost) * SLAB;
}

/** What a virtual disk has on disks that have failed or are to be left is made anew on others of its pool. @throws MethodRefusal */
export async function repairVirtualDisk(
  pool: StoredInstance,
  virtual: StoredInstance,
  context: MethodContext,
): Promise<void> {
  const { failed, retired } = await disksUnder(context.store, virtual);
  const left = [...failed, ...retired];
  if (left.length === 0) return;
  if (left.length > Number(virtual.get('PhysicalDiskRedundancy') ?? 0))
    throw new MethodRefusal(StorageCode.notEnoughRedundancy, 'more disks are to be left than it can do without');
  await spreadAnew(pool, virtual, context);
}

/** Spreads a virtual disk evenly over the disks that its pool gives out. @throws MethodRefusal */
export async function spreadAnew(pool: StoredInstance, virtual: StoredInstance, context: MethodContext): Promise<void> {
  const own = await slabsOf(context.store, virtual);
  const all = [...own.values()].reduce((sum, one) => sum + one, 0);
  const room = await roomFor(pool, virtual, all / widthOf(virtual), own, context);
  await putTied(virtual, room, context, own);
}

/**
 * Where so many stripes more lie on the disks of a pool.
 *
 * @param freed what the virtual disk gives back for them
 * @returns what it has then of each disk
 */
async function roomFor(
  pool: StoredInstance,
  virtual: StoredInstance,
  stripes: number,
  freed: Slabs,
  context: MethodContext,
): Promise<Slabs> {
  const disks = await usableDisks(pool, context);
  const free = await Promise.all(
    disks.map(async (one) => (await slabsFree(context.store, one)) + (freed.get(idOf(one)) ?? 0)),
  );
  const taken = spread(free, widthOf(virtual), stripes);
  if (!taken) throw new MethodRefusal(StorageCode.noSpace, 'the pool has no room for it');
  const before = freed.size > 0 ? new Map<string, number>() : new Map(await slabsOf(context.store, virtual));
  for (const [at, disk] of disks.entries()) before.set(idOf(disk), (before.get(idOf(disk)) ?? 0) + (taken[at] ?? 0));
  return before;
}

/** Stores what a virtual disk has of disks, and ties it to these. */
async function putTied(
  virtual: StoredInstance,
  slabs: Slabs,
  { store }: MethodContext,
  before: Slabs = new Map(),
): Promise<void> {
  const isThin = virtual.get('ProvisioningType') === Provisioning.thin;
  const used = new Map([...slabs].filter(([, count]) => isThin || count > 0));
  await putSlabs(store, virtual, used);
  const tie = (id: string) => storageLink(VIRTUAL_TO_PHYSICAL, { VirtualDisk: virtual, PhysicalDisk: physicalAt(id) });
  const gone = [...before.keys()].filter((id) => !used.has(id));
  await store.deleteMany(gone.flatMap((id) => tie(id).path ?? []));
  await store.putMany([...used.keys()].map(tie));
}
