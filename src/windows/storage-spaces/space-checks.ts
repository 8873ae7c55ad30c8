import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { elementsOf } from '../elements-of.js';
import { MethodRefusal } from '../method-refusal.js';
import { STORAGE } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { isLost, poolHealth } from './health.js';
import { Health, idOf, PHYSICAL_CLASS, physicalAt, poolUnder } from './pool-rows.js';

/** @throws MethodRefusal for a pool that cannot be changed */
export async function checkPool(pool: StoredInstance, { store }: Pick<MethodContext, 'store'>): Promise<void> {
  if (pool.get('IsPrimordial') === true)
    throw new MethodRefusal(StorageCode.primordial, 'the pool is that of the disks which are in no other');
  await checkWritable(pool, store);
}

/** A pool as a job finds it, which may come to it when somebody has deleted it. @throws MethodRefusal */
export async function currentPool(
  { path }: StoredInstance,
  { store }: Pick<MethodContext, 'store'>,
): Promise<StoredInstance> {
  const current = stored(await store.get(path));
  if (current) return current;
  throw new MethodRefusal(StorageCode.failed, 'the pool is there no more');
}

/** @throws MethodRefusal */
export async function checkWritable(pool: StoredInstance, store: InstanceReader): Promise<void> {
  if ((await poolHealth(store, pool)) === Health.unhealthy)
    throw new MethodRefusal(StorageCode.poolHealth, 'half of the disks of the pool have failed');
  if (pool.get('IsReadOnly') === true) throw new MethodRefusal(StorageCode.poolReadOnly, 'the pool is read-only');
}

/** The pool of a virtual disk that can be changed. @throws MethodRefusal */
export async function checkedPoolUnder(
  virtual: StoredInstance,
  { store }: Pick<MethodContext, 'store'>,
): Promise<StoredInstance> {
  const pool = await poolUnder(store, virtual.path);
  if (!pool) throw new MethodRefusal(StorageCode.notSupported, 'the virtual disk is in no pool');
  await checkWritable(pool, store);
  return pool;
}

/** @throws MethodRefusal for a virtual disk that has lost more disks than it can do without */
export async function checkNotLost(virtual: StoredInstance, { store }: Pick<MethodContext, 'store'>): Promise<void> {
  if (await isLost(store, virtual))
    throw new MethodRefusal(StorageCode.virtualDiskHealth, 'more of its disks have failed than it can do without');
}

/**
 * The physical disks that a call gives as embedded instances, which say by their ObjectId or UniqueId which they are.
 *
 * @param unknown the code for one that is not there
 * @throws MethodRefusal
 */
export async function givenDisks(
  given: CimValue | undefined,
  unknown: number,
  { store }: Pick<MethodContext, 'store'>,
): Promise<readonly StoredInstance[]> {
  const disks = elementsOf(given);
  if (disks.length === 0) throw new MethodRefusal(StorageCode.invalidParameter, 'PhysicalDisks is missing');
  const found = new Map<string, StoredInstance>();
  for (const one of disks) {
    const disk = one instanceof CimInstance ? await findPhysical(store, one) : undefined;
    if (!disk) throw new MethodRefusal(unknown, 'PhysicalDisks has one that is not there');
    found.set(idOf(disk), disk);
  }
  return [...found.values()];
}

async function findPhysical(store: InstanceReader, given: CimInstance): Promise<StoredInstance | undefined> {
  const byId = await store.get(physicalAt(idOf(given)).path);
  if (byId) return stored(byId);
  const unique = given.getString('UniqueId');
  const named = unique === undefined ? [] : await store.findEqual(STORAGE, [PHYSICAL_CLASS], 'UniqueId', unique);
  return stored(named?.[0]);
}

/** A text that has to be there. @throws MethodRefusal */
export function givenText(given: CimValue | undefined, name: string): string {
  if (typeof given === 'string' && given !== '') return given;
  throw new MethodRefusal(StorageCode.invalidParameter, `${name} is missing`);
}

/** What something is to be used for, of so many usages; another one than those is described. @throws MethodRefusal */
export function givenUsage({ Usage, OtherUsageDescription }: MethodInput, most: number, usual?: number) {
  const usage = Usage ?? usual;
  if (typeof usage !== 'number' || usage < 1 || usage > most)
    throw new MethodRefusal(StorageCode.invalidParameter, `Usage is none from 1 to ${most}`);
  const isDescribed = typeof OtherUsageDescription === 'string' && OtherUsageDescription !== '';
  if (isDescribed !== (usage === OTHER))
    throw new MethodRefusal(StorageCode.invalidParameter, 'OtherUsageDescription goes with the Usage 1, and no other');
  return { Usage: usage, OtherUsageDescription: isDescribed ? OtherUsageDescription : null };
}

const OTHER = 1;
