import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { addDisk } from '../storage-management/add-disk.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { storageLink, subsystemObjects } from '../storage-management/storage-objects.js';
import { putSlabs, slabsFree } from './allocations.js';
import { givenCache, givenSetting } from './create-pool.js';
import { hasFailed } from './health.js';
import { type Layout, layoutOf } from './layouts.js';
import { computerOf } from './pool-disks.js';
import {
  DiskUsage,
  disksIn,
  idOf,
  POOL_TO_VIRTUAL,
  Provisioning,
  poolWith,
  settingsOf,
  VIRTUAL_TO_DISK,
  VIRTUAL_TO_PHYSICAL,
} from './pool-rows.js';
import { mostStripes, spread } from './slabs.js';
import { checkPool, givenDisks, givenText, givenUsage } from './space-checks.js';
import { USUAL_PROVISIONING, virtualDiskObject } from './space-objects.js';

/** The largest of all usages of virtual disks, and of pools the one that is another than those listed, and the unrestricted one. */
export const VIRTUAL_USAGES = 17;
const OPEN_USAGES = [1, 2];
/** What a virtual disk has at most, in bytes: 63 TiB. */
const MOST_BYTES = 69_269_232_549_888n;
/** `BusType` of a disk that is a virtual disk. */
const SPACES = 16;

/** What a call asks for, as far as its disks go. */
interface Chosen {
  readonly disks: readonly StoredInstance[];
  readonly free: readonly number[];
  readonly layout: Layout;
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
  checkSizeGiven(input);
  const WriteCacheSize = givenCache(input) ?? 0n;
  const chosen = await chooseDisks(pool, input, context);
  const { stripes, slabs } = placed(chosen, provisioning, input);
  const virtual = virtualDiskObject(await computerOf(context), pool, {
    ...{ id: context.newUuid(), layout: chosen.layout, size: BigInt(stripes) * chosen.layout.stripeBytes },
    provisioning,
    values: { FriendlyName, ...usage, WriteCacheSize, IsEnclosureAware: input.IsEnclosureAware === true },
  }) as StoredInstance;
  await putVirtualDisk(pool, virtual, chosen.disks, slabs, context);
  return virtual;
}

/** @throws MethodRefusal */
function givenProvisioning(pool: CimInstance, { ProvisioningType }: MethodInput): number {
  const given = ProvisioningType ?? pool.get('ProvisioningTypeDefault') ?? USUAL_PROVISIONING;
  if (given === Provisioning.thin || given === Provisioning.fixed) return given;
  throw new MethodRefusal(StorageCode.provisioning, `there is no provisioning type ${String(given)}`);
}

/** @throws MethodRefusal when not exactly one thing says how large it is to be */
function checkSizeGiven({ Size, UseMaximumSize, StorageTiers, StorageTierSizes }: MethodInput): void {
  const isSized = typeof Size === 'bigint' || UseMaximumSize === true;
  if ([StorageTiers, StorageTierSizes].some((one) => Array.isArray(one) && one.length > 0)) {
    if (isSized) throw new MethodRefusal(StorageCode.sizeOrTiers, 'the size is given, and tiers as well');
    throw new MethodRefusal(StorageCode.notSupported, 'there are no tiers in the pool');
  }
  if (!isSized || (typeof Size === 'bigint' && UseMaximumSize === true))
    throw new MethodRefusal(StorageCode.giveSize, 'one of Size and UseMaximumSize says how large it is to be');
}

/** @throws MethodRefusal */
async function chooseDisks(pool: StoredInstance, input: MethodInput, context: MethodContext): Promise<Chosen> {
  const { store } = context;
  const wanted = input.ResiliencySettingName ?? pool.get('ResiliencySettingNameDefault');
  const name = givenSetting(wanted);
  const setting = (await settingsOf(store, pool.path)).find((one) => one.get('Name') === name);
  if (!setting) throw new MethodRefusal(StorageCode.resiliencyUnsupported, `the pool has no ${String(wanted)}`);
  const isGiven = Array.isArray(input.PhysicalDisksToUse) && input.PhysicalDisksToUse.length > 0;
  const disks = isGiven ? await namedDisks(pool, input, context) : await autoDisks(pool, context);
  const layout = layoutOf(
    setting,
    input,
    disks.length,
    isGiven ? StorageCode.tooFewDisks : StorageCode.tooFewDisksInPool,
  );
  return { disks, layout, free: await Promise.all(disks.map((one) => slabsFree(store, one))) };
}

/** @throws MethodRefusal */
async function namedDisks(pool: StoredInstance, { PhysicalDisksToUse }: MethodInput, context: MethodContext) {
  const disks = await givenDisks(PhysicalDisksToUse, StorageCode.diskNotSupported, context);
  for (const disk of disks)
    if (!(await poolWith(context.store, disk.path))?.path.equals(pool.path))
      throw new MethodRefusal(StorageCode.diskNotSupported, `${disk.getString('FriendlyName')} is not in the pool`);
  return disks;
}

/** Those that a pool gives out by itself. */
export async function usableDisks(pool: StoredInstance, { store }: Pick<MethodContext, 'store'>) {
  const disks = await disksIn(store, pool.path);
  return disks.filter((one) => one.get('Usage') === DiskUsage.auto && !hasFailed(one));
}

/** @throws MethodRefusal */
async function autoDisks(pool: StoredInstance, context: MethodContext): Promise<readonly StoredInstance[]> {
  const disks = await usableDisks(pool, context);
  if (disks.length > 0) return disks;
  throw new MethodRefusal(StorageCode.noAutoDisks, 'the pool has no disk that it gives out by itself');
}

/** How many stripes there are to be, and where they lie. @throws MethodRefusal */
function placed({ free, layout: { width, stripeBytes } }: Chosen, provisioning: number, { Size }: MethodInput) {
  const most = mostStripes(free, width);
  const isThin = provisioning === Provisioning.thin;
  if (typeof Size === 'bigint' && (Size === 0n || Size > MOST_BYTES))
    throw new MethodRefusal(StorageCode.sizeNotSupported, `no virtual disk has ${Size} bytes`);
  const stripes = typeof Size === 'bigint' ? Number((Size + stripeBytes - 1n) / stripeBytes) : most;
  const slabs = stripes === 0 ? undefined : spread(free, width, isThin ? 1 : stripes);
  if (slabs) return { stripes, slabs };
  throw new MethodRefusal(StorageCode.noSpace, `the pool has room for ${BigInt(most) * stripeBytes} bytes of it`);
}

async function putVirtualDisk(
  pool: StoredInstance,
  virtual: StoredInstance,
  disks: readonly StoredInstance[],
  slabs: readonly number[],
  context: MethodContext,
): Promise<void> {
  const { store } = context;
  const [subsystem] = subsystemObjects(await computerOf(context));
  const isThin = virtual.get('ProvisioningType') === Provisioning.thin;
  const used = disks.map((disk, at) => ({ disk, count: slabs[at] ?? 0 })).filter(({ count }) => isThin || count > 0);
  await store.putMany([
    virtual,
    storageLink(POOL_TO_VIRTUAL, { StoragePool: pool, VirtualDisk: virtual }),
    storageLink('MSFT_StorageSubSystemToVirtualDisk', { StorageSubSystem: subsystem, VirtualDisk: virtual }),
    ...used.map(({ disk }) => storageLink(VIRTUAL_TO_PHYSICAL, { VirtualDisk: virtual, PhysicalDisk: disk })),
  ]);
  await putSlabs(store, virtual, new Map(used.map(({ disk, count }) => [idOf(disk), count] as const)));
  const disk = await addDisk(shownAs(virtual), context);
  await store.put(storageLink(VIRTUAL_TO_DISK, { VirtualDisk: virtual, Disk: disk }));
}

/** The disk as which a virtual disk is seen. */
function shownAs(virtual: CimInstance) {
  const [, id = ''] = /VD:(\{[^}]+\})/.exec(idOf(virtual)) ?? [];
  return {
    ...{ bytes: virtual.get('Size') as bigint, serialNumber: id, manufacturer: 'Msft', target: 0, unit: 0 },
    model: 'Microsoft Storage Space Device',
    values: {
      ...{ BusType: SPACES, UniqueId: virtual.get('UniqueId'), UniqueIdFormat: virtual.get('UniqueIdFormat') },
      ProvisioningType: virtual.get('ProvisioningType'),
    },
  };
}
