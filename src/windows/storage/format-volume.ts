import { sameName } from '../../cim/model/name-map.js';
import { moveFileNotes } from '../files/file-notes.js';
import { FILE_CLASS, FOLDER_CLASS, findFile, nameOf, treeOf } from '../files/file-rows.js';
import { allOf, type MachineContext, removeWithTies } from '../machine.js';
import type { StoredInstance } from '../on-instance.js';
import { dropState } from '../volume-encryption/encryption-state.js';
import { bytesOf, putVolume } from './volume-rows.js';

/** Sizes of clusters that a file system may have, and of volumes, in bytes. */
export interface FileSystemLimits {
  readonly name: string;
  readonly smallestCluster: bigint;
  readonly largestCluster: bigint;
  readonly fewestClusters: bigint;
  readonly largestVolume: bigint;
}

const KIB = 1024n;
const GIB = KIB * KIB * KIB;
const ANY_SIZE = 1n << 64n;

/** What Windows formats; of FAT32 it makes no volume larger than 32 GiB, though it reads them. */
const FILE_SYSTEMS: readonly FileSystemLimits[] = [
  limits('NTFS', 512n, 2048n * KIB, 0n, ANY_SIZE),
  limits('ReFS', 4n * KIB, 64n * KIB, 0n, ANY_SIZE),
  limits('FAT', 512n, 64n * KIB, 0n, 4n * GIB),
  limits('FAT32', 512n, 64n * KIB, 65_525n, 32n * GIB),
  limits('exFAT', 512n, 32n * KIB * KIB, 0n, ANY_SIZE),
];

function limits(name: string, smallestCluster: bigint, largestCluster: bigint, fewest: bigint, largestVolume: bigint) {
  return { name, smallestCluster, largestCluster, fewestClusters: fewest, largestVolume };
}

export const fileSystemNames = FILE_SYSTEMS.map(({ name }) => name);

/** A file system that Windows can make, by its name in any case. */
export function findFileSystem(name: string): FileSystemLimits | undefined {
  return FILE_SYSTEMS.find((one) => sameName(one.name, name));
}

/** Sizes that clusters of a file system may have, in bytes. */
export function clusterSizes({ smallestCluster, largestCluster }: FileSystemLimits): readonly bigint[] {
  const sizes: bigint[] = [];
  for (let size = smallestCluster; size <= largestCluster; size *= 2n) sizes.push(size);
  return sizes;
}

/** The size that Windows chooses when nobody says one, whatever the size of the volume. */
export const USUAL_CLUSTER = 4096n;

/** How a volume is to be formatted. */
export interface NewFormat {
  readonly fileSystem: string;
  readonly label: string;
  readonly clusterSize: bigint;
  readonly compressed: boolean;
  readonly serialNumber: number;
}

/** Of a fresh volume the file system has a part for itself, a 256th, in whole clusters. */
function freshSpace(capacity: bigint, clusterSize: bigint): bigint {
  return ((capacity - capacity / 256n) / clusterSize) * clusterSize;
}

/** Makes a file system on a volume: what was on it, files, folders, shadow copies and what encrypted it, is gone. */
export async function formatVolume(
  volume: StoredInstance,
  { fileSystem, label, clusterSize, compressed, serialNumber }: NewFormat,
  context: MachineContext,
): Promise<StoredInstance> {
  await removeContents(volume, context);
  await dropState(context, volume.getString('DeviceID') ?? '');
  return putVolume(context, volume, {
    ...{ FileSystem: fileSystem, Label: label, BlockSize: clusterSize, Compressed: compressed },
    ...{ FreeSpace: freshSpace(bytesOf(volume, 'Capacity'), clusterSize), DirtyBitSet: false },
    ...{ SerialNumber: serialNumber, MaximumFileNameLength: 255 },
  });
}

/** Removes what lies on a volume; of its folders the topmost stays. */
export async function removeContents(volume: StoredInstance, context: MachineContext): Promise<void> {
  for (const copy of await allOf(context, 'Win32_ShadowCopy'))
    if (copy.path && copy.get('VolumeName') === volume.get('DeviceID')) await context.store.delete(copy.path);
  const drive = volume.getString('DriveLetter');
  const top = drive === undefined ? undefined : await findFile(context, `${drive.toLowerCase()}\\`);
  if (!top) return;
  const [, ...below] = await treeOf(context, top);
  const files = below.filter(({ className }) => [FILE_CLASS, FOLDER_CLASS].some((one) => sameName(one, className)));
  for (const file of files) {
    await moveFileNotes(nameOf(file), undefined, context);
    await removeWithTies(context, file.path);
  }
}
