import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sizeOf, startOf } from './device-rows.js';

export const MIBIBYTE = 1_048_576n;

/** A part of a disk that no partition has, in bytes, in whole mebibytes. */
export interface FreeExtent {
  readonly offset: bigint;
  readonly size: bigint;
}

/**
 * What is free on a disk, in its order. The first mebibyte and the last one are the table's, of partitions of either style.
 *
 * @param partitions in the order in which they lie
 */
export function freeExtents(drive: CimInstance, partitions: readonly CimInstance[]): readonly FreeExtent[] {
  const end = down(sizeOf(drive)) - MIBIBYTE;
  const extents: FreeExtent[] = [];
  let offset = MIBIBYTE;
  for (const partition of partitions) {
    add(extents, offset, down(startOf(partition)));
    offset = up(startOf(partition) + sizeOf(partition));
  }
  add(extents, offset, end);
  return extents;
}

function add(extents: FreeExtent[], offset: bigint, end: bigint): void {
  if (end > offset) extents.push({ offset, size: end - offset });
}

/** The largest of them; of no size where all is taken. */
export function largestExtent(extents: readonly FreeExtent[]): FreeExtent {
  return extents.reduce((one, other) => (other.size > one.size ? other : one), { offset: 0n, size: 0n });
}

function down(bytes: bigint): bigint {
  return (bytes / MIBIBYTE) * MIBIBYTE;
}

export function up(bytes: bigint): bigint {
  return down(bytes + MIBIBYTE - 1n);
}
