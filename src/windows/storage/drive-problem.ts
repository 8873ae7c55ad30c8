import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';

/**
 * What is wrong with the drives that a lab gives its computers: a partition that reaches beyond its drive, or lies over another one.
 * Undefined where all of it fits.
 *
 * @param instances of any namespace; those of one lie together on a computer
 * @returns one line, which begins with the instance that does not fit
 */
export function driveProblem(instances: readonly CimInstance[]): string | undefined {
  const drives = instances.filter((one) => sameName(one.className, 'Win32_DiskDrive'));
  const partitions = instances.filter((one) => sameName(one.className, 'Win32_DiskPartition'));
  for (const partition of partitions) {
    const isBeside = (one: CimInstance) => one !== partition && sameSpace(one, partition);
    const drive = drives.find((one) => isBeside(one) && one.get('Index') === partition.get('DiskIndex'));
    const [from, to] = extentOf(partition);
    const size = drive?.get('Size');
    if (typeof size === 'bigint' && to > size)
      return `${partition.path}: it ends at ${to} bytes, and ${drive?.getString('DeviceID')} has ${size}`;
    const other = partitions.find(
      (one) => isBeside(one) && one.get('DiskIndex') === partition.get('DiskIndex') && overlaps(one, from, to),
    );
    if (other) return `${partition.path}: it lies over ${other.getString('DeviceID')}`;
  }
  return undefined;
}

function sameSpace(one: CimInstance, other: CimInstance): boolean {
  return sameName(one.path?.namespace ?? '', other.path?.namespace ?? '');
}

/** Where a partition begins and ends, in bytes. */
function extentOf(partition: CimInstance): readonly [from: bigint, to: bigint] {
  const [from, size] = ['StartingOffset', 'Size'].map((name) => BigInt((partition.get(name) as bigint | null) ?? 0n));
  return [from ?? 0n, (from ?? 0n) + (size ?? 0n)];
}

function overlaps(partition: CimInstance, from: bigint, to: bigint): boolean {
  const [start, end] = extentOf(partition);
  return start < to && from < end;
}
