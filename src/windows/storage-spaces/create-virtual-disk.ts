import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { MethodRefusal } from '../method-refusal.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { addDisk } from '../storage-management/add-disk.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink, subsystemObjects } from '../storage-management/storage-objects.js';
import { uint64Of } from '../uint64-of.js';
import { slabsFree } from './allocations.js';
import { disksOfKind, putPart } from './change-virtual-disk.js';
import { givenCache, givenSetting } from './create-pool.js';
import { type GivenTier, givenTiers } from './given-tiers.js';
import { type Layout, layoutOf } from './layouts.js';
import { computerOf } from './pool-disks.js';
import {
  idOf,
  POOL_TO_VIRTUAL,
  Provisioning,
  poolWith,
  settingsOf,
  VIRTUAL_TO_DISK,
  VIRTUAL_TO_TIER,
} from './pool-rows.js';
import { MOST_BYTES, mostStripes, spread } from './slabs.js';
import { checkPool, givenDisks, givenText, givenUsage } from './space-checks.js';
import { tierObject, USUAL_PROVISIONING, virtualDiskObject } from './space-objects.js';
import { usableDisks } from './usable-disks.js';

/** The largest of all usages of virtual disks, and of pools the one that is another than those listed, and the unrestricted one. */
export const VIRTUAL_USAGES = 17;
const OPEN_USAGES = [1, 2];
/** `BusType` of a disk that is a virtual disk. */
const SPACES = 16;

/** A part of a virtual disk as it is asked for: on one tier, or all of it. */
interface WantedPart {
  /** Undefined: on any disks. */
  readonly tier: StoredInstance | undefined;
  /** In bytes; undefined: as large as it can be. */
  readonly size: bigint | undefined;
  readonly disks: readonly StoredInstance[];
}

/** And where it comes to lie. */
interface PlacedPart extends WantedPart {
  readonly stripes: number;
  /** Of each of its disks. */
  readonly slabs: readonly number[];
}

/** Makes a virtual disk of a pool, which is seen as a disk. @returns MSFT_VirtualDisk @throws MethodRefusal */
export async function createVirtualDisk(
  pool: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<StoredInstance> {
  await checkPool(pool, context);
  const FriendlyName = givenText(input.FriendlyName, 'FriendlyName');
  const usage = givenUsage(input, VIRTUAL_USAGES, 2);
  const provisioning = givenProvisioning(pool, input);
  if (!OPEN_USAGES.includes(Number(pool.get('Usage'))))
    throw new MethodRefusal(
      StorageCode.poolReserved,
      `the pool is reserved: its Usage is ${String(pool.get('Usage'))}`,
    );
  const tiers = await givenTiers(pool, input, context);
  if (tiers.length > 0 && provisioning === Provisioning.thin)
    throw new MethodRefusal(StorageCode.provisioning, 'no virtual disk on tiers is thin');
  const WriteCacheSize = givenCache(input) ?? 0n;
  const { parts, layout } = await chooseDisks(pool, tiers, input, context);
  const placed: PlacedPart[] = [];
  for (const part of parts) placed.push(await placedPart(part, layout, provisioning, context));
  const stripes = placed.reduce((sum, one) => sum + one.stripes, 0);
  const virtual = stored(
    virtualDiskObject(await computerOf(context), pool, {
      ...{ id: context.newUuid(), layout, size: BigInt(stripes) * layout.stripeBytes, provisioning },
      values: { FriendlyName, ...usage, WriteCacheSize, IsEnclosureAware: input.IsEnclosureAware === true },
    }),
  );
  await putVirtualDisk(pool, virtual, placed, layout, context);
  return virtual;
}

/** @throws MethodRefusal */
function givenProvisioning(pool: CimInstance, { ProvisioningType }: MethodInput): number {
  const given = ProvisioningType ?? pool.get('ProvisioningTypeDefault') ?? USUAL_PROVISIONING;
  if (given === Provisioning.thin || given === Provisioning.fixed) return given;
  throw new MethodRefusal(StorageCode.provisioning, `there is no provisioning type ${String(given)}`);
}

/** @throws MethodRefusal */
async function chooseDisks(
  pool: StoredInstance,
  tiers: readonly GivenTier[],
  input: MethodInput,
  context: MethodContext,
): Promise<{ readonly parts: readonly WantedPart[]; readonly layout: Layout }> {
  const wanted = input.ResiliencySettingName ?? pool.get('ResiliencySettingNameDefault');
  const name = givenSetting(wanted);
  const setting = (await settingsOf(context.store, pool.path)).find((one) => one.get('Name') === name);
  if (!setting) throw new MethodRefusal(StorageCode.resiliencyUnsupported, `the pool has no ${String(wanted)}`);
  const isGiven = Array.isArray(input.PhysicalDisksToUse) && input.PhysicalDisksToUse.length > 0;
  const disks = isGiven ? await namedDisks(pool, input, context) : await autoDisks(pool, context);
  const size = typeof input.Size === 'bigint' ? input.Size : undefined;
  const parts: readonly WantedPart[] =
    tiers.length === 0
      ? [{ tier: undefined, size, disks }]
      : tiers.map((one) => ({ ...one, disks: disksOfKind(disks, one.tier) }));
  const fewest = Math.min(...parts.map((one) => one.disks.length));
  const tooFew = isGiven ? StorageCode.tooFewDisks : StorageCode.tooFewDisksInPool;
  return { parts, layout: layoutOf(setting, input, fewest, tooFew) };
}

/** @throws MethodRefusal */
async function namedDisks(pool: StoredInstance, { PhysicalDisksToUse }: MethodInput, context: MethodContext) {
  const disks = await givenDisks(PhysicalDisksToUse, StorageCode.diskNotSupported, context);
  for (const disk of disks)
    if (!(await poolWith(context.store, disk.path))?.path.equals(pool.path))
      throw new MethodRefusal(StorageCode.diskNotSupported, `${disk.getString('FriendlyName')} is not in the pool`);
  return disks;
}

/** @throws MethodRefusal */
async function autoDisks(pool: StoredInstance, context: MethodContext): Promise<readonly StoredInstance[]> {
  const disks = await usableDisks(pool, context);
  if (disks.length > 0) return disks;
  throw new MethodRefusal(StorageCode.noAutoDisks, 'the pool has no disk that it gives out by itself');
}

/** How many stripes there are to be, and where they lie. @throws MethodRefusal */
async function placedPart(
  part: WantedPart,
  { width, stripeBytes }: Layout,
  provisioning: number,
  { store }: MethodContext,
): Promise<PlacedPart> {
  const { size, disks } = part;
  const free = await Promise.all(disks.map((one) => slabsFree(store, one)));
  const most = mostStripes(free, width);
  if (size !== undefined && (size === 0n || size > MOST_BYTES))
    throw new MethodRefusal(StorageCode.sizeNotSupported, `no virtual disk has ${size} bytes`);
  const stripes = size === undefined ? most : Number((size + stripeBytes - 1n) / stripeBytes);
  const slabs = stripes === 0 ? undefined : spread(free, width, provisioning === Provisioning.thin ? 1 : stripes);
  if (slabs) return { ...part, stripes, slabs };
  throw new MethodRefusal(StorageCode.noSpace, `the pool has room for ${BigInt(most) * stripeBytes} bytes of it`);
}

async function putVirtualDisk(
  pool: StoredInstance,
  virtual: StoredInstance,
  parts: readonly PlacedPart[],
  { stripeBytes }: Layout,
  context: MethodContext,
): Promise<void> {
  const { store } = context;
  const computer = await computerOf(context);
  const [subsystem] = subsystemObjects(computer);
  await store.putMany([
    virtual,
    storageLink(POOL_TO_VIRTUAL, { StoragePool: pool, VirtualDisk: virtual }),
    storageLink('MSFT_StorageSubSystemToVirtualDisk', { StorageSubSystem: subsystem, VirtualDisk: virtual }),
  ]);
  for (const { tier, disks, slabs, stripes } of parts) {
    const owner = tier && tierPart(computer, virtual, tier, BigInt(stripes) * stripeBytes, context);
    if (owner) await store.putMany([owner, storageLink(VIRTUAL_TO_TIER, { VirtualDisk: virtual, StorageTier: owner })]);
    const all = new Map(disks.map((disk, at) => [idOf(disk), slabs[at] ?? 0] as const));
    await putPart(virtual, owner ?? virtual, all, context);
  }
  const disk = await addDisk(shownAs(virtual), context);
  await store.put(storageLink(VIRTUAL_TO_DISK, { VirtualDisk: virtual, Disk: disk }));
}

/** What a virtual disk has on a tier that it is made by. */
function tierPart(
  computer: string,
  virtual: CimInstance,
  tier: CimInstance,
  Size: bigint,
  { newUuid }: MethodContext,
): CimInstance {
  const FriendlyName = `${virtual.getString('FriendlyName')}_${tier.getString('FriendlyName')}`;
  const { MediaType = null, Description = null } = Object.fromEntries(tier.properties);
  return tierObject(computer, newUuid(), { FriendlyName, MediaType, Description, Size });
}

/** The disk as which a virtual disk is seen. */
function shownAs(virtual: CimInstance) {
  const [, id = ''] = /VD:(\{[^}]+\})/.exec(idOf(virtual)) ?? [];
  return {
    ...{ bytes: uint64Of(virtual, 'Size'), serialNumber: id, manufacturer: 'Msft', target: 0, unit: 0 },
    model: 'Microsoft Storage Space Device',
    values: {
      ...{ BusType: SPACES, UniqueId: virtual.get('UniqueId'), UniqueIdFormat: virtual.get('UniqueIdFormat') },
      ProvisioningType: virtual.get('ProvisioningType'),
    },
  };
}
