import type { MethodContext } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { bytesOf, putVolume } from '../storage/volume-rows.js';
import { driveAt, partitionsAt, sizeOf, startOf } from './device-rows.js';
import { drivePartition, machineVolumeOn } from './find-objects.js';
import { freeExtents, MIBIBYTE, up } from './free-extents.js';
import { inCimv2 } from './in-namespace.js';
import { StorageCode } from './storage-code.js';

/** How small and how large a partition can be made, in bytes. */
export interface SupportedSize {
  readonly least: bigint;
  readonly most: bigint;
}

/** @throws MethodRefusal */
export async function supportedSize(partition: StoredInstance, { store }: MethodContext): Promise<SupportedSize> {
  const onDrive = await drivePartition(store, partition);
  const volume = await machineVolumeOn(store, partition.path);
  const disk = Number(partition.get('DiskNumber'));
  const drive = await driveAt(store, disk);
  if (!onDrive || !drive) throw new MethodRefusal(StorageCode.notSupported, 'there is no drive under the partition');
  const fileSystem = volume?.getString('FileSystem') ?? '';
  if (!volume || fileSystem === '') throw new MethodRefusal(StorageCode.unknownFileSystem, 'it has no file system');
  if (!['NTFS', 'ReFS'].some((one) => sameName(one, fileSystem)))
    throw new MethodRefusal(StorageCode.notSupported, `${fileSystem} keeps its size`);
  if (volume.get('DirtyBitSet') === true)
    throw new MethodRefusal(StorageCode.volumeErrors, 'the volume has to be checked');
  const size = sizeOf(onDrive);
  const end = startOf(onDrive) + size;
  const behind = freeExtents(drive, await partitionsAt(store, disk)).find((one) => one.offset === up(end));
  const used = up(bytesOf(volume, 'Capacity') - bytesOf(volume, 'FreeSpace'));
  // ReFS grows, and does not shrink.
  const least = sameName(fileSystem, 'NTFS') && used < size ? used : size;
  return { least, most: behind ? behind.offset + behind.size - startOf(onDrive) : size };
}

/** Makes a partition and its volume larger or smaller. @throws MethodRefusal */
export async function resizePartition(partition: StoredInstance, given: unknown, context: MethodContext) {
  if (typeof given !== 'bigint') throw new MethodRefusal(StorageCode.invalidParameter, 'Size is missing');
  const { least, most } = await supportedSize(partition, context);
  if (given < least || given > most || given < MIBIBYTE)
    throw new MethodRefusal(StorageCode.sizeNotSupported, `Size is none from ${least} to ${most}`);
  const { store } = context;
  const onDrive = await drivePartition(store, partition);
  const volume = await machineVolumeOn(store, partition.path);
  if (!onDrive || !volume) throw new TypeError(`${partition.path} has been looked at before`);
  const Size = (given / 512n) * 512n;
  const grown = Size - bytesOf(volume, 'Capacity');
  await store.put(onDrive.with({ Size, NumberOfBlocks: Size / 512n }));
  await putVolume(inCimv2(context), volume, { Capacity: Size, FreeSpace: bytesOf(volume, 'FreeSpace') + grown });
}
