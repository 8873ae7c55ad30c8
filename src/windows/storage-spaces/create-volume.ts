import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { freeLetter, isTaken } from '../storage/drive-letters.js';
import { formatVolume, USUAL_CLUSTER } from '../storage/format-volume.js';
import { newSerialNumber } from '../storage/serial-number.js';
import { isLabel } from '../storage/volume-label.js';
import { createPartition } from '../storage-management/create-partition.js';
import { machineVolume, volumeOn } from '../storage-management/find-objects.js';
import { inCimv2 } from '../storage-management/in-namespace.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { Style } from '../storage-management/storage-objects.js';
import { createVirtualDisk } from './create-virtual-disk.js';
import { diskShowing } from './pool-rows.js';
import { checkPool } from './space-checks.js';

/** `FileSystem`, and those of a cluster. */
const FILE_SYSTEMS: Readonly<Record<number, string>> = { 14: 'NTFS', 15: 'ReFS' };
const OF_CLUSTER = [32_768, 32_769];

/** Makes a virtual disk of a pool, and a volume that fills it. @returns MSFT_Volume @throws MethodRefusal */
export async function createVolume(
  pool: StoredInstance,
  input: MethodInput,
  context: MethodContext,
): Promise<StoredInstance> {
  await checkPool(pool, context);
  const label = givenLabel(input);
  const fileSystem = givenFileSystem(input.FileSystem);
  const letter = await givenLetter(input.AccessPath, context);
  const virtual = await createVirtualDisk(pool, { ...input, FriendlyName: label }, context);
  const found = await diskShowing(context.store, virtual.path);
  if (!found) throw new TypeError(`${virtual.path} has just been attached`);
  const disk = found.with({ PartitionStyle: Style.gpt, Guid: `{${context.newUuid()}}` }) as StoredInstance;
  await context.store.put(disk);
  const partition = await createPartition(disk, { UseMaximumSize: true, DriveLetter: letter }, context);
  const managed = await volumeOn(context.store, partition.path);
  const volume = managed && (await machineVolume(context.store, managed));
  if (!volume) throw new TypeError(`${partition.path} has just been made`);
  const format = { fileSystem, label, clusterSize: USUAL_CLUSTER, compressed: false };
  await formatVolume(volume, { ...format, serialNumber: newSerialNumber(context) }, inCimv2(context));
  return managed;
}

/** @throws MethodRefusal */
function givenLabel({ FriendlyName, FileSystem }: MethodInput): string {
  if (typeof FriendlyName !== 'string' || FriendlyName === '')
    throw new MethodRefusal(StorageCode.volumeName, 'FriendlyName is missing');
  if (isLabel(FriendlyName, FILE_SYSTEMS[Number(FileSystem)] ?? '')) return FriendlyName;
  throw new MethodRefusal(StorageCode.invalidParameter, `no volume is called '${FriendlyName}'`);
}

/** @throws MethodRefusal */
function givenFileSystem(given: CimValue | undefined): string {
  if (OF_CLUSTER.includes(Number(given))) throw new MethodRefusal(StorageCode.clustering, 'there is no cluster');
  const name = FILE_SYSTEMS[Number(given)];
  if (name !== undefined) return name;
  throw new MethodRefusal(StorageCode.fileSystem, `there is no file system ${String(given)}`);
}

/** The letter of the volume, without colon; one that is free where none is given. @throws MethodRefusal */
async function givenLetter(given: CimValue | undefined, context: MethodContext): Promise<string> {
  const machine = inCimv2(context);
  if (typeof given === 'string' && given !== '' && !/^[A-Z]:\\?$/i.test(given))
    throw new MethodRefusal(StorageCode.invalidPath, `'${given}' is no drive`);
  const letter = typeof given === 'string' && given !== '' ? given.toUpperCase() : await freeLetter(machine);
  if (letter === undefined || (await isTaken(machine, letter.slice(0, 2))))
    throw new MethodRefusal(StorageCode.pathInUse, `${letter ?? 'every letter'} is that of a drive`);
  return letter.charAt(0);
}
