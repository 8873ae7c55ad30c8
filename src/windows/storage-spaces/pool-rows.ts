import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { acrossFrom } from '../across-from.js';
import { STORAGE } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';

export const POOL_CLASS = 'MSFT_StoragePool';
export const PHYSICAL_CLASS = 'MSFT_PhysicalDisk';
export const VIRTUAL_CLASS = 'MSFT_VirtualDisk';
export const SETTING_CLASS = 'MSFT_ResiliencySetting';
export const TIER_CLASS = 'MSFT_StorageTier';

export const POOL_TO_PHYSICAL = 'MSFT_StoragePoolToPhysicalDisk';
export const POOL_TO_VIRTUAL = 'MSFT_StoragePoolToVirtualDisk';
export const POOL_TO_SETTING = 'MSFT_StoragePoolToResiliencySetting';
export const POOL_TO_TIER = 'MSFT_StoragePoolToStorageTier';
export const VIRTUAL_TO_TIER = 'MSFT_VirtualDiskToStorageTier';
export const VIRTUAL_TO_DISK = 'MSFT_VirtualDiskToDisk';
export const VIRTUAL_TO_PHYSICAL = 'MSFT_VirtualDiskToPhysicalDisk';

/** `Usage` of a physical disk. */
export const DiskUsage = { auto: 1, manual: 2, hotSpare: 3, retired: 4, journal: 5 } as const;
/** `ProvisioningType`. */
export const Provisioning = { thin: 1, fixed: 2 } as const;
/** `HealthStatus`. */
export const Health = { healthy: 0, warning: 1, unhealthy: 2, unknown: 5 } as const;

type Found = Promise<readonly StoredInstance[]>;

/** The physical disks of a pool. */
export function disksIn(store: InstanceReader, pool: InstancePath): Found {
  return acrossFrom(store, pool, POOL_TO_PHYSICAL, ['StoragePool', 'PhysicalDisk']);
}

export function virtualDisksIn(store: InstanceReader, pool: InstancePath): Found {
  return acrossFrom(store, pool, POOL_TO_VIRTUAL, ['StoragePool', 'VirtualDisk']);
}

export function settingsOf(store: InstanceReader, pool: InstancePath): Found {
  return acrossFrom(store, pool, POOL_TO_SETTING, ['StoragePool', 'ResiliencySetting']);
}

/** The tiers that virtual disks of a pool are made by. */
export function tiersIn(store: InstanceReader, pool: InstancePath): Found {
  return acrossFrom(store, pool, POOL_TO_TIER, ['StoragePool', 'StorageTier']);
}

/** The tiers that a virtual disk lies on; none where all of it lies on any disks of the pool. */
export function tiersOf(store: InstanceReader, virtual: InstancePath): Found {
  return acrossFrom(store, virtual, VIRTUAL_TO_TIER, ['VirtualDisk', 'StorageTier']);
}

/** The virtual disk that a tier is a part of; undefined for one that virtual disks are made by. */
export async function virtualDiskOn(store: InstanceReader, tier: InstancePath): Promise<StoredInstance | undefined> {
  return (await acrossFrom(store, tier, VIRTUAL_TO_TIER, ['StorageTier', 'VirtualDisk']))[0];
}

/** The pool that a physical disk has been put into; undefined for one that is in the primordial pool alone. */
export async function poolWith(store: InstanceReader, physical: InstancePath): Promise<StoredInstance | undefined> {
  const pools = await acrossFrom(store, physical, POOL_TO_PHYSICAL, ['PhysicalDisk', 'StoragePool']);
  return pools.find((one) => one.get('IsPrimordial') !== true);
}

/** The pool that a virtual disk is made of. */
export async function poolUnder(store: InstanceReader, virtual: InstancePath): Promise<StoredInstance | undefined> {
  return (await acrossFrom(store, virtual, POOL_TO_VIRTUAL, ['VirtualDisk', 'StoragePool']))[0];
}

/** As which a virtual disk is seen; undefined while it is detached. */
export async function diskShowing(store: InstanceReader, virtual: InstancePath): Promise<StoredInstance | undefined> {
  return (await acrossFrom(store, virtual, VIRTUAL_TO_DISK, ['VirtualDisk', 'Disk']))[0];
}

/** The virtual disk that a disk is; undefined for any other disk. */
export async function virtualDiskOf(store: InstanceReader, disk: InstancePath): Promise<StoredInstance | undefined> {
  return (await acrossFrom(store, disk, VIRTUAL_TO_DISK, ['Disk', 'VirtualDisk']))[0];
}

export function idOf(object: CimInstance): string {
  return object.getString('ObjectId') ?? '';
}

/** A physical disk, as far as its path goes. @param id its ObjectId */
export function physicalAt(id: string): StoredInstance {
  const path = new InstancePath({ namespace: STORAGE, className: PHYSICAL_CLASS, keys: { ObjectId: id } });
  return stored(new CimInstance(PHYSICAL_CLASS, [['ObjectId', id]], path));
}
