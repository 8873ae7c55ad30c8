import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { instancesIn } from '../derived-rows.js';
import { CIMULATOR, STORAGE } from '../namespaces.js';
import { bytesOf } from '../storage/volume-rows.js';
import { sizeOf } from '../storage-management/device-rows.js';
import { machineVolumeOn, partitionsOf } from '../storage-management/find-objects.js';
import { uint64Of } from '../uint64-of.js';
import { diskShowing, idOf, Provisioning, tiersOf, VIRTUAL_CLASS } from './pool-rows.js';
import { METADATA_SLABS, SLAB, slabsIn } from './slabs.js';

const ALLOCATION = { namespace: CIMULATOR, className: 'CIMULATOR_SpaceAllocation' };

/** Slabs by the ObjectId of the physical disk that they are of. */
export type Slabs = ReadonlyMap<string, number>;

/** What a part of a virtual disk has of each physical disk: one of its tiers, or the virtual disk itself where it has none. */
export async function slabsOfPart(store: InstanceReader, part: CimInstance): Promise<Slabs> {
  const rows = (await instancesIn(store, ALLOCATION)).filter((one) => one.get('VirtualDisk') === idOf(part));
  return new Map(rows.map((one) => [String(one.get('PhysicalDisk')), Number(one.get('Slabs'))] as const));
}

/** What a virtual disk has of each physical disk. Of a thin one it grows with what lies on it, and is spread evenly. */
export async function slabsOf(store: InstanceReader, virtual: CimInstance): Promise<Slabs> {
  const all = new Map<string, number>();
  for (const part of await partsOf(store, virtual))
    for (const [id, count] of await slabsOfPart(store, part)) all.set(id, (all.get(id) ?? 0) + count);
  if (virtual.get('ProvisioningType') !== Provisioning.thin || all.size === 0) return all;
  const wanted = (await stripesOf(store, virtual)) * widthOf(virtual);
  const [each, over] = [Math.floor(wanted / all.size), wanted % all.size];
  return new Map(Array.from(all.keys(), (id, at) => [id, each + (at < over ? 1 : 0)] as const));
}

/** What has slabs for a virtual disk: its tiers, or it itself. */
export async function partsOf(store: InstanceReader, virtual: CimInstance): Promise<readonly CimInstance[]> {
  const tiers = virtual.path ? await tiersOf(store, virtual.path) : [];
  return tiers.length > 0 ? tiers : [virtual];
}

/** What virtual disks have of a physical disk. */
export async function slabsTaken(store: InstanceReader, physical: CimInstance): Promise<number> {
  const rows = (await instancesIn(store, ALLOCATION)).filter((one) => one.get('PhysicalDisk') === idOf(physical));
  let all = 0;
  for (const row of rows) {
    const keys = { ObjectId: String(row.get('VirtualDisk')) };
    const virtual = await store.get(new InstancePath({ namespace: STORAGE, className: VIRTUAL_CLASS, keys }));
    const isThin = virtual?.get('ProvisioningType') === Provisioning.thin;
    all += virtual && isThin ? ((await slabsOf(store, virtual)).get(idOf(physical)) ?? 0) : Number(row.get('Slabs'));
  }
  return all;
}

/** What is left of a physical disk in a pool. */
export async function slabsFree(store: InstanceReader, physical: CimInstance): Promise<number> {
  const left = slabsIn(sizeOf(physical)) - METADATA_SLABS - (await slabsTaken(store, physical));
  return Math.max(0, left);
}

/** Gives a part of a virtual disk its slabs, in place of those that it had. */
export async function putSlabs(store: InstanceTransaction, part: CimInstance, slabs: Slabs): Promise<void> {
  await dropSlabs(store, part);
  const rows = Array.from(slabs, ([PhysicalDisk, Slabs]) => {
    const keys = { VirtualDisk: idOf(part), PhysicalDisk };
    const path = new InstancePath({ ...ALLOCATION, keys });
    return new CimInstance(ALLOCATION.className, Object.entries({ ...keys, Slabs }), path);
  });
  await store.putMany(rows);
}

export async function dropSlabs(store: InstanceTransaction, part: CimInstance): Promise<void> {
  const rows = (await instancesIn(store, ALLOCATION)).filter((one) => one.get('VirtualDisk') === idOf(part));
  await store.deleteMany(rows.flatMap(({ path }) => path ?? []));
}

/** Slabs of a stripe. */
export function widthOf(virtual: CimInstance): number {
  return Number(virtual.get('NumberOfColumns') ?? 1) * Number(virtual.get('NumberOfDataCopies') ?? 1);
}

/** Bytes of data that a stripe holds: columns with parity hold none. */
export function stripeBytes(virtual: CimInstance): bigint {
  const isParity = virtual.get('ResiliencySettingName') === 'Parity';
  const parity = isParity ? Number(virtual.get('PhysicalDiskRedundancy') ?? 0) : 0;
  return BigInt(Number(virtual.get('NumberOfColumns') ?? 1) - parity) * SLAB;
}

/** Stripes that a virtual disk has by now: one that is thin has at least one, and what its volumes use. */
async function stripesOf(store: InstanceReader, virtual: CimInstance): Promise<number> {
  const stripe = stripeBytes(virtual);
  const used = (await usedBytes(store, virtual)) ?? uint64Of(virtual, 'AllocatedSize');
  const most = sizeOf(virtual) / stripe;
  const needed = (used + stripe - 1n) / stripe;
  return Math.max(1, Number(needed < most ? needed : most));
}

/** What lies on it; undefined while it is detached. */
async function usedBytes(store: InstanceReader, virtual: CimInstance): Promise<bigint | undefined> {
  const disk = virtual.path && (await diskShowing(store, virtual.path));
  if (!disk) return undefined;
  let used = 0n;
  for (const partition of await partitionsOf(store, Number(disk.get('Number')))) {
    const volume = await machineVolumeOn(store, partition.path);
    if (volume?.getString('FileSystem')) used += bytesOf(volume, 'Capacity') - bytesOf(volume, 'FreeSpace');
  }
  return used;
}

/** Bytes of data that it has room for already. */
export async function allocatedBytes(store: InstanceReader, virtual: CimInstance): Promise<bigint> {
  if (virtual.get('ProvisioningType') !== Provisioning.thin) return sizeOf(virtual);
  return BigInt(await stripesOf(store, virtual)) * stripeBytes(virtual);
}
