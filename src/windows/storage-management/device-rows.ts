import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { CIMV2 } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { VOLUME_CLASS } from '../storage/volume-rows.js';
import { uint64Of } from '../uint64-of.js';

export const DRIVE_CLASS = 'Win32_DiskDrive';
export const DRIVE_PARTITION_CLASS = 'Win32_DiskPartition';

/** The drive of root/cimv2 with a number. */
export async function driveAt(store: InstanceReader, index: number): Promise<StoredInstance | undefined> {
  const [found] = (await store.findEqual(CIMV2, [DRIVE_CLASS], 'Index', index)) ?? [];
  return stored(found);
}

/** The partitions of a drive, in the order in which they lie on it. */
export async function partitionsAt(store: InstanceReader, disk: number): Promise<readonly StoredInstance[]> {
  const found = (await store.findEqual(CIMV2, [DRIVE_PARTITION_CLASS], 'DiskIndex', disk)) ?? [];
  return found.map((one) => stored(one)).sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
}

/** @param number of the partition, from 1; root/cimv2 counts from 0 */
export async function partitionAt(
  store: InstanceReader,
  disk: number,
  number: number,
): Promise<StoredInstance | undefined> {
  return (await partitionsAt(store, disk)).find((one) => one.get('Index') === number - 1);
}

/** The volume of root/cimv2 with a device, `\\?\Volume{GUID}\`. */
export async function volumeAt(store: InstanceReader, device: string): Promise<StoredInstance | undefined> {
  const path = new InstancePath({ namespace: CIMV2, className: VOLUME_CLASS, keys: { DeviceID: device } });
  return stored(await store.get(path));
}

/** Where a partition begins, in bytes. */
export function startOf(partition: CimInstance): bigint {
  return uint64Of(partition, 'StartingOffset');
}

/** How long a drive or partition is, in bytes. */
export function sizeOf(device: CimInstance): bigint {
  return uint64Of(device, 'Size');
}
