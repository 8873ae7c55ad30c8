import type { MethodContext } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { partitionsAt } from './device-rows.js';
import { StorageCode } from './storage-code.js';
import { Style } from './storage-objects.js';

/** @throws MethodRefusal for a disk that has no table of partitions, or cannot be written */
export function checkReady(disk: StoredInstance): void {
  if (disk.get('IsOffline') === true) throw new MethodRefusal(StorageCode.offline, 'the disk is off line');
  if (disk.get('IsReadOnly') === true) throw new MethodRefusal(StorageCode.readOnly, 'the disk is read-only');
  if (disk.get('PartitionStyle') === Style.raw)
    throw new MethodRefusal(StorageCode.notInitialized, 'the disk has no table of partitions');
}

/** @throws MethodRefusal for the disk that the machine starts from */
export async function checkNotCritical(disk: StoredInstance, { store }: MethodContext): Promise<void> {
  const partitions = await partitionsAt(store, Number(disk.get('Number')));
  if (partitions.some((one) => one.get('BootPartition') === true))
    throw new MethodRefusal(StorageCode.critical, 'the machine starts from the disk');
}
