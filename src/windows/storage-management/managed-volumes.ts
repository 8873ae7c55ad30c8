import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { noteDefragmented } from '../storage/defragment.js';
import { takeTime, WorkRate, workTime } from '../storage/device-time.js';
import {
  clusterSizes,
  fileSystemNames,
  findFileSystem,
  formatVolume,
  USUAL_CLUSTER,
} from '../storage/format-volume.js';
import { newSerialNumber } from '../storage/serial-number.js';
import { isLabel } from '../storage/volume-label.js';
import { bytesOf, DriveType, isInUse, putVolume } from '../storage/volume-rows.js';
import { machineVolume } from './find-objects.js';
import { inCimv2 } from './in-namespace.js';
import { managing } from './managing.js';
import { isCritical, volumeValues } from './partition-values.js';
import { DONE, StorageCode } from './storage-code.js';

/** `Access` of what can only be read. */
const READABLE = 1;
const MOST_CLUSTERS = 1n << 32n;
/** What `Repair` says that came of it: nothing was wrong, or nothing is any more; a scan has found something. */
const NO_ERRORS = 0;
const ERRORS_FOUND = 1;

/** Volumes as they are managed: what is on them is said by those of root/cimv2. */
export const managedVolumes = defineProvider('MSFT_Volume', {
  methods: {
    Format: managing(async (managed, input, context) => {
      const machine = inCimv2(context);
      const volume = await volumeOf(managed, context);
      const format = await checkedFormat(managed, volume, input, context);
      await takeTime(context, workTime(bytesOf(volume, 'Capacity'), input.Full === true ? WorkRate.format : 0));
      await formatVolume(volume, { ...format, serialNumber: newSerialNumber(context) }, machine);
      return { ...DONE, FormattedVolume: managed };
    }),

    SetFileSystemLabel: managing(async (managed, { FileSystemLabel }, context) => {
      const volume = await volumeOf(managed, context);
      const label = typeof FileSystemLabel === 'string' ? FileSystemLabel : '';
      if (!isLabel(label, volume.getString('FileSystem') ?? ''))
        throw new MethodRefusal(StorageCode.invalidParameter, `no volume is called '${label}'`);
      await putVolume(inCimv2(context), volume, { Label: label });
      return DONE;
    }),

    Optimize: managing(async (managed, { Analyze, Defrag }, context) => {
      const volume = await volumeOf(managed, context);
      const isKnown = findFileSystem(volume.getString('FileSystem') ?? '') !== undefined;
      if (!isKnown || volume.get('DriveType') !== DriveType.local)
        throw new MethodRefusal(StorageCode.notSupported, 'the volume is none that can be defragmented');
      if (Analyze !== true && Defrag !== true)
        throw new MethodRefusal(StorageCode.notSupported, 'its disk has no slabs, tiers or blocks to trim');
      const rate = Defrag === true ? WorkRate.defragmentation : WorkRate.analysis;
      await takeTime(context, workTime(bytesOf(volume, 'Capacity'), rate));
      if (Defrag === true) await noteDefragmented(volume, inCimv2(context));
      return DONE;
    }),

    Repair: managing(async (managed, { OfflineScanAndFix, Scan, SpotFix }, context) => {
      const volume = await volumeOf(managed, context);
      if ([OfflineScanAndFix, Scan, SpotFix].filter((one) => one === true).length !== 1)
        throw new MethodRefusal(StorageCode.invalidParameter, 'one of OfflineScanAndFix, Scan and SpotFix says what');
      const fileSystem = volume.getString('FileSystem') ?? '';
      if (fileSystem === '') throw new MethodRefusal(StorageCode.unreadable, 'it has no file system');
      if (!sameName(fileSystem, 'NTFS'))
        throw new MethodRefusal(StorageCode.fileSystem, `${fileSystem} is not repaired so`);
      if (Scan !== true && volume.get('Access') === READABLE)
        throw new MethodRefusal(StorageCode.driveReadOnly, 'the volume is read-only');
      const drive = volume.getString('DriveLetter') ?? '';
      if (OfflineScanAndFix === true && (await isInUse(inCimv2(context), drive)))
        throw new MethodRefusal(StorageCode.failed, `${drive} is in use`);
      await takeTime(context, workTime(bytesOf(volume, 'Capacity'), WorkRate.check));
      if (Scan === true) return { ...DONE, Output: volume.get('DirtyBitSet') === true ? ERRORS_FOUND : NO_ERRORS };
      await putVolume(inCimv2(context), volume, { DirtyBitSet: false });
      return { ...DONE, Output: NO_ERRORS };
    }),

    GetSupportedFileSystems: managing(async (managed, _input, context) => {
      const volume = await volumeOf(managed, context);
      if (volume.get('DriveType') !== DriveType.local)
        throw new MethodRefusal(StorageCode.notSupported, 'the volume is not formatted');
      const capacity = bytesOf(volume, 'Capacity');
      const names = fileSystemNames.filter((name) => (findFileSystem(name)?.largestVolume ?? 0n) >= capacity);
      return { ...DONE, SupportedFileSystems: names };
    }),

    GetSupportedClusterSizes: managing(async (_managed, { FileSystem }) => {
      const fileSystem = typeof FileSystem === 'string' ? findFileSystem(FileSystem) : undefined;
      if (!fileSystem) throw new MethodRefusal(StorageCode.invalidParameter, 'FileSystem is none that there is');
      return { ...DONE, SupportedClusterSizes: clusterSizes(fileSystem).map(Number) };
    }),

    GetCorruptionCount: managing(async (managed, _input, context) => {
      const volume = await volumeOf(managed, context);
      return { ...DONE, CorruptionCount: volume.get('DirtyBitSet') === true ? 1 : 0 };
    }),
  },
  instances: {},
  derived: volumeValues,
});

/** The volume in root/cimv2. @throws MethodRefusal */
async function volumeOf(managed: StoredInstance, { store }: MethodContext): Promise<StoredInstance> {
  const volume = await machineVolume(store, managed);
  if (volume) return volume;
  throw new MethodRefusal(StorageCode.notSupported, 'root/cimv2 has no such volume');
}

/** What a call of Format asks for. @throws MethodRefusal */
async function checkedFormat(
  managed: StoredInstance,
  volume: StoredInstance,
  input: MethodInput,
  context: MethodContext,
) {
  const given = typeof input.FileSystem === 'string' ? input.FileSystem : 'NTFS';
  const fileSystem = findFileSystem(given);
  if (!fileSystem || volume.get('DriveType') !== DriveType.local)
    throw new MethodRefusal(StorageCode.fileSystem, `${given} is none that is made on this volume`);
  const capacity = bytesOf(volume, 'Capacity');
  if (capacity > fileSystem.largestVolume)
    throw new MethodRefusal(StorageCode.fileSystem, `the volume is too large for ${fileSystem.name}`);
  const label = typeof input.FileSystemLabel === 'string' ? input.FileSystemLabel : '';
  if (!isLabel(label, given)) throw new MethodRefusal(StorageCode.invalidParameter, `no volume is called '${label}'`);
  const clusterSize = input.AllocationUnitSize ? BigInt(Number(input.AllocationUnitSize)) : USUAL_CLUSTER;
  if (!clusterSizes(fileSystem).includes(clusterSize))
    throw new MethodRefusal(StorageCode.clusterSize, `no cluster of ${fileSystem.name} has ${clusterSize} bytes`);
  if (capacity / clusterSize >= MOST_CLUSTERS)
    throw new MethodRefusal(StorageCode.clusterCount, 'it would have too many clusters');
  if (await isCritical(managed, context))
    throw new MethodRefusal(StorageCode.criticalPartition, 'the machine starts from the volume');
  if (volume.get('Access') === READABLE) throw new MethodRefusal(StorageCode.driveReadOnly, 'the volume is read-only');
  return { fileSystem: fileSystem.name, label, clusterSize, compressed: input.Compress === true };
}
