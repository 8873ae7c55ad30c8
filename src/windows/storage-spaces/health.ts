import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { StoredInstance } from '../on-instance.js';
import { slabsOf } from './allocations.js';
import { DiskUsage, diskShowing, disksIn, Health, physicalAt } from './pool-rows.js';

/** `OperationalStatus`. */
const Status = { ok: 2, degraded: 3, error: 6, detached: 53_250 } as const;

/** Disks that a virtual disk lies on, and of these those that have failed, and those that are to be left. */
export interface DisksUnder {
  readonly all: readonly StoredInstance[];
  readonly failed: readonly StoredInstance[];
  readonly retired: readonly StoredInstance[];
}

export async function disksUnder(store: InstanceReader, virtual: CimInstance): Promise<DisksUnder> {
  const slabs = Array.from(await slabsOf(store, virtual)).filter(([, count]) => count > 0);
  const paths = slabs.map(([id]) => physicalAt(id).path);
  const all = (await store.getMany(paths)).flatMap((one) => (one ? [one as StoredInstance] : []));
  const failed = all.filter(hasFailed);
  return { all, failed, retired: all.filter((one) => !hasFailed(one) && one.get('Usage') === DiskUsage.retired) };
}

export function hasFailed(physical: CimInstance): boolean {
  return physical.get('HealthStatus') === Health.unhealthy;
}

/** A virtual disk is well while no disk of it has failed or is to be left, and is lost with more than it can do without. */
async function healthWhileSeen(store: InstanceReader, virtual: CimInstance): Promise<number> {
  const { failed, retired } = await disksUnder(store, virtual);
  if (failed.length > Number(virtual.get('PhysicalDiskRedundancy') ?? 0)) return Health.unhealthy;
  return failed.length + retired.length > 0 ? Health.warning : Health.healthy;
}

/** `HealthStatus` of a virtual disk: nobody knows it of one that is detached. */
export async function virtualDiskHealth(store: InstanceReader, virtual: CimInstance): Promise<number> {
  const isSeen = virtual.path && (await diskShowing(store, virtual.path));
  return isSeen ? healthWhileSeen(store, virtual) : Health.unknown;
}

export async function isLost(store: InstanceReader, virtual: CimInstance): Promise<boolean> {
  return (await healthWhileSeen(store, virtual)) === Health.unhealthy;
}

/** `OperationalStatus` that goes with a `HealthStatus`. */
export function statusOf(health: number): readonly number[] {
  if (health === Health.unknown) return [Status.detached];
  if (health === Health.unhealthy) return [Status.error];
  return health === Health.warning ? [Status.degraded] : [Status.ok];
}

/** `HealthStatus` of a pool: it cannot be changed when most of its disks have failed. */
export async function poolHealth(store: InstanceReader, pool: CimInstance): Promise<number> {
  const disks = pool.path ? await disksIn(store, pool.path) : [];
  const failed = disks.filter(hasFailed).length;
  if (failed > 0 && failed * 2 >= disks.length) return Health.unhealthy;
  return failed > 0 ? Health.warning : Health.healthy;
}
