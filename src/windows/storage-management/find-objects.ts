import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { STORAGE } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { partitionAt, volumeAt } from './device-rows.js';

/** The disk with a number, as it is stored. */
export async function diskOf(store: InstanceReader, number: number): Promise<StoredInstance | undefined> {
  const [found] = (await store.findEqual(STORAGE, ['MSFT_Disk'], 'Number', number)) ?? [];
  return stored(found);
}

/** The partitions of a disk, as they are stored. */
export async function partitionsOf(store: InstanceReader, number: number): Promise<readonly StoredInstance[]> {
  const found: StoredInstance[] = [];
  for await (const one of store.scan(STORAGE, 'MSFT_Partition'))
    if (one.get('DiskNumber') === number) found.push(stored(one));
  return found;
}

/** The partition of root/cimv2 that a partition is there. */
export function drivePartition(store: InstanceReader, partition: CimInstance): Promise<StoredInstance | undefined> {
  return partitionAt(store, Number(partition.get('DiskNumber')), Number(partition.get('PartitionNumber')));
}

/** What lies on a partition; undefined where nothing does. */
export async function volumeOn(store: InstanceReader, partition: InstancePath): Promise<StoredInstance | undefined> {
  const [tie] = await store.referencing(partition, { classNames: ['MSFT_PartitionToVolume'], role: 'Partition' });
  const volume = tie?.get('Volume');
  return volume instanceof InstancePath ? stored(await store.get(volume)) : undefined;
}

/** The partition that a volume lies on; that of a compact disc on none. */
export async function partitionUnder(store: InstanceReader, volume: InstancePath): Promise<StoredInstance | undefined> {
  const [tie] = await store.referencing(volume, { classNames: ['MSFT_PartitionToVolume'], role: 'Volume' });
  const partition = tie?.get('Partition');
  return partition instanceof InstancePath ? stored(await store.get(partition)) : undefined;
}

/** The same volume in root/cimv2. */
export function machineVolume(store: InstanceReader, volume: CimInstance): Promise<StoredInstance | undefined> {
  return volumeAt(store, volume.getString('Path') ?? '');
}

/** What lies on a partition, in root/cimv2. */
export async function machineVolumeOn(
  store: InstanceReader,
  partition: InstancePath,
): Promise<StoredInstance | undefined> {
  const volume = await volumeOn(store, partition);
  return volume && machineVolume(store, volume);
}
