import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { clusterSizes, type FileSystemLimits, findFileSystem, USUAL_CLUSTER } from './format-volume.js';
import { isLabel } from './volume-label.js';
import { Availability, bytesOf, DriveType, isInUse } from './volume-rows.js';

const FormatCode = {
  ...{ unsupported: 1, incompatible: 2, writeProtected: 6, lockFailed: 7, label: 10, noMedium: 11 },
  ...{ tooSmall: 12, tooLarge: 13, notMounted: 14, smallCluster: 15, largeCluster: 16, manyClusters: 17 },
} as const;
/** `Access` of what can only be read. */
const READABLE = 1;
/** So many clusters can a file system count, and one less. */
const MOST_CLUSTERS = 1n << 32n;
/** What a call of Format asks for. @throws MethodRefusal */
export async function checkedFormat(volume: StoredInstance, input: MethodInput, context: MethodContext) {
  checkMedium(volume);
  const given = typeof input.FileSystem === 'string' ? input.FileSystem : 'NTFS';
  const fileSystem = findFileSystem(given);
  if (!fileSystem) throw new MethodRefusal(FormatCode.unsupported, `there is no file system ${given}`);
  const label = typeof input.Label === 'string' ? input.Label : '';
  if (!isLabel(label, given))
    throw new MethodRefusal(FormatCode.label, `no volume of ${fileSystem.name} is called '${label}'`);
  const clusterSize = typeof input.ClusterSize === 'number' ? BigInt(input.ClusterSize) : USUAL_CLUSTER;
  checkSizes(bytesOf(volume, 'Capacity'), clusterSize, fileSystem);
  if (volume.get('Access') === READABLE)
    throw new MethodRefusal(FormatCode.writeProtected, 'the volume is write-protected');
  if (volume.get('Availability') === Availability.offLine)
    throw new MethodRefusal(FormatCode.notMounted, 'the volume is not mounted');
  if (await isInUse(context, volume.getString('DriveLetter') ?? ''))
    throw new MethodRefusal(FormatCode.lockFailed, 'the volume is in use');
  return { fileSystem: fileSystem.name, label, clusterSize, compressed: input.EnableCompression === true };
}

/** @throws MethodRefusal */
function checkMedium(volume: StoredInstance): void {
  if (volume.get('DriveType') !== DriveType.compactDisc) return;
  if (bytesOf(volume, 'Capacity') === 0n) throw new MethodRefusal(FormatCode.noMedium, 'there is no medium');
  throw new MethodRefusal(FormatCode.incompatible, 'a compact disc is not formatted');
}

/** @throws MethodRefusal */
function checkSizes(capacity: bigint, clusterSize: bigint, fileSystem: FileSystemLimits): void {
  const { name, largestCluster, largestVolume, fewestClusters } = fileSystem;
  if (clusterSize > largestCluster)
    throw new MethodRefusal(FormatCode.largeCluster, `no cluster of ${name} has ${clusterSize} bytes`);
  if (!clusterSizes(fileSystem).includes(clusterSize))
    throw new MethodRefusal(FormatCode.smallCluster, `no cluster of ${name} has ${clusterSize} bytes`);
  if (capacity > largestVolume) throw new MethodRefusal(FormatCode.tooLarge, `the volume is too large for ${name}`);
  const clusters = capacity / clusterSize;
  if (clusters < fewestClusters) throw new MethodRefusal(FormatCode.tooSmall, `${name} has more clusters than that`);
  if (clusters >= MOST_CLUSTERS) throw new MethodRefusal(FormatCode.manyClusters, 'it would have too many clusters');
}
