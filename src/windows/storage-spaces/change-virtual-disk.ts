import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { removeWithTies } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { removeDisk } from '../storage-management/add-disk.js';
import { driveAt, sizeOf } from '../storage-management/device-rows.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink } from '../storage-management/storage-objects.js';
import {
  dropSlabs,
  partsOf,
  putSlabs,
  type Slabs,
  slabsFree,
  slabsOf,
  slabsOfPart,
  stripeBytes,
  widthOf,
} from './allocations.js';
import { checkIdle } from './attach.js';
import { disksUnder } from './health.js';
import { diskShowing, idOf, Provisioning, physicalAt, TIER_CLASS, tiersOf, VIRTUAL_TO_PHYSICAL } from './pool-rows.js';
import { forget } from './set-aside.js';
import { MOST_BYTES, SLAB, spread } from './slabs.js';
import { usableDisks } from './usable-disks.js';

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
  for (const tier of await tiersOf(context.store, virtual.path)) {
    await dropSlabs(context.store, tier);
    await removeWithTies(context, tier.path);
  }
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
  if ((await tiersOf(store, virtual.path)).length > 0)
    throw new MethodRefusal(StorageCode.notSupported, 'of a virtual disk on tiers these are resized');
  const disk = await diskShowing(store, virtual.path);
  if (!disk) throw new MethodRefusal(StorageCode.virtualDiskHealth, 'the virtual disk is detached');
  const [before, stripe] = [sizeOf(virtual), stripeBytes(virtual)];
  if (given < before)
    throw new MethodRefusal(StorageCode.sizeNotSupported, `a virtual disk of ${before} bytes becomes no smaller`);
  if (given > MOST_BYTES) throw new MethodRefusal(StorageCode.sizeNotSupported, `no virtual disk has ${given} bytes`);
  const stripes = (given + stripe - 1n) / stripe;
  if (virtual.get('ProvisioningType') === Provisioning.fixed) {
    const more = Number(stripes - before / stripe);
    await putPart(virtual, virtual, await roomFor(pool, virtual, { part: virtual, stripes: more }, context), context);
  }
  const Size = stripes * stripe;
  await putSize(virtual, disk, Size, context);
  return Size;
}

/** A virtual disk, and the disk that it is, have another size. */
export async function putSize(
  virtual: StoredInstance,
  disk: StoredInstance,
  Size: bigint,
  { store }: MethodContext,
): Promise<void> {
  await store.put(virtual.with({ Size }));
  const drive = await driveAt(store, Number(disk.get('Number')));
  if (drive) await store.put(drive.with({ Size, TotalSectors: Size / SECTOR }));
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
  const rooms: { readonly part: CimInstance; readonly room: Slabs }[] = [];
  for (const part of await partsOf(context.store, virtual)) {
    const own = part === virtual ? await slabsOf(context.store, virtual) : await slabsOfPart(context.store, part);
    const all = [...own.values()].reduce((sum, one) => sum + one, 0);
    const wanted = { part, stripes: all / widthOf(virtual), freed: own };
    rooms.push({ part, room: await roomFor(pool, virtual, wanted, context) });
  }
  for (const { part, room } of rooms) await putPart(virtual, part, room, context);
}

/** Stripes that a part of a virtual disk is to have more, and what it gives back for them. */
export interface WantedRoom {
  readonly part: CimInstance;
  readonly stripes: number;
  readonly freed?: Slabs;
}

/**
 * Where stripes lie on the disks of a pool: on those of the kind of the tier, for a part that is one.
 *
 * @returns what the part has then of each disk
 * @throws MethodRefusal
 */
export async function roomFor(
  pool: StoredInstance,
  virtual: StoredInstance,
  { part, stripes, freed = new Map() }: WantedRoom,
  context: MethodContext,
): Promise<Slabs> {
  const disks = disksOfKind(await usableDisks(pool, context), part);
  const free = await Promise.all(
    disks.map(async (one) => (await slabsFree(context.store, one)) + (freed.get(idOf(one)) ?? 0)),
  );
  const taken = spread(free, widthOf(virtual), stripes);
  if (!taken) throw new MethodRefusal(StorageCode.noSpace, 'the pool has no room for it');
  const slabs = new Map(freed.size > 0 ? [] : await slabsOfPart(context.store, part));
  for (const [at, disk] of disks.entries()) slabs.set(idOf(disk), (slabs.get(idOf(disk)) ?? 0) + (taken[at] ?? 0));
  return slabs;
}

/** The disks that a part may lie on. */
export function disksOfKind(disks: readonly StoredInstance[], part: CimInstance): readonly StoredInstance[] {
  if (part.className !== TIER_CLASS) return disks;
  return disks.filter((one) => one.get('MediaType') === part.get('MediaType'));
}

/** Stores what a part of a virtual disk has of disks, and ties the virtual disk to all that it lies on. */
export async function putPart(
  virtual: StoredInstance,
  part: CimInstance,
  slabs: Slabs,
  { store }: MethodContext,
): Promise<void> {
  const isThin = virtual.get('ProvisioningType') === Provisioning.thin;
  const before = await slabsOf(store, virtual);
  await putSlabs(store, part, new Map([...slabs].filter(([, count]) => isThin || count > 0)));
  const after = await slabsOf(store, virtual);
  const tie = (id: string) => storageLink(VIRTUAL_TO_PHYSICAL, { VirtualDisk: virtual, PhysicalDisk: physicalAt(id) });
  const gone = [...before.keys()].filter((id) => !after.has(id));
  await store.deleteMany(gone.flatMap((id) => tie(id).path ?? []));
  await store.putMany([...after.keys()].map(tie));
}
