import type { DerivationContext, DerivedValue } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { CIMV2 } from '../namespaces.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { mountFolders } from '../storage/drive-letters.js';
import { madeOf, valuesOf } from './derived-values.js';
import { diskOf, drivePartition, machineVolume, machineVolumeOn, partitionUnder } from './find-objects.js';

const onDrive = (partition: CimInstance, { store }: DerivationContext) => drivePartition(store, partition);
const diskUnder = (partition: CimInstance, { store }: DerivationContext) =>
  diskOf(store, Number(partition.get('DiskNumber')));
const inMachine = (volume: CimInstance, { store }: DerivationContext) => machineVolume(store, volume);

const volumeOf = async (partition: CimInstance, { store }: DerivationContext) =>
  partition.path && machineVolumeOn(store, partition.path);

/** Where a volume is seen: its drive, folders, and its device. */
export async function accessPaths(volume: StoredInstance, { store, schema }: DerivationContext): Promise<string[]> {
  const letter = volume.getString('DriveLetter');
  const folders = await mountFolders(volume, { namespace: CIMV2, store, schema });
  return [...(letter === undefined ? [] : [`${letter}\\`]), ...folders, volume.getString('DeviceID') ?? ''];
}

/** The letter alone, as the type of these properties has it. */
function letterOf(volume: CimInstance): string | null {
  return volume.getString('DriveLetter')?.charAt(0) ?? null;
}

/** What a partition says of itself in root/cimv2, of its disk, and of what lies on it. */
export const partitionValues: Readonly<Record<string, DerivedValue>> = {
  ...valuesOf(onDrive, { Size: 'Size', Offset: 'StartingOffset', IsBoot: 'BootPartition', IsSystem: 'BootPartition' }),
  ...valuesOf(diskUnder, { DiskId: 'Path' }),
  IsOffline: madeOf(
    diskUnder,
    (disk, partition) => disk.get('IsOffline') === true || partition.get('IsOffline') === true,
    'IsOffline',
  ),
  DriveLetter: madeOf(volumeOf, letterOf, 'DriveLetter'),
  AccessPaths: madeOf(volumeOf, (volume, _, context) => accessPaths(stored(volume), context), 'AccessPaths'),
};

/** `FileSystemType` of the file systems that Windows makes. */
const FILE_SYSTEM_TYPES: Readonly<Record<string, number>> = { FAT: 4, FAT16: 5, FAT32: 6, NTFS: 14, REFS: 15 };

/** `HealthStatus`: nothing to do, a scan is needed. */
const HEALTHY = 0;
const SCAN_NEEDED = 1;

/** What a volume says of itself in root/cimv2. */
export const volumeValues: Readonly<Record<string, DerivedValue>> = {
  ...valuesOf(inMachine, {
    ...{ FileSystem: 'FileSystem', FileSystemLabel: 'Label', Size: 'Capacity', SizeRemaining: 'FreeSpace' },
    DriveType: 'DriveType',
  }),
  DriveLetter: madeOf(inMachine, letterOf, 'DriveLetter'),
  FileSystemType: madeOf(
    inMachine,
    (volume) => FILE_SYSTEM_TYPES[volume.getString('FileSystem')?.toUpperCase() ?? ''] ?? 0,
    'FileSystemType',
  ),
  HealthStatus: madeOf(
    inMachine,
    (volume) => (volume.get('DirtyBitSet') === true ? SCAN_NEEDED : HEALTHY),
    'HealthStatus',
  ),
};

/** Whether a volume lies on what the machine starts from. */
export async function isCritical(volume: StoredInstance, { store }: DerivationContext): Promise<boolean> {
  const partition = await partitionUnder(store, volume.path);
  const drive = partition && (await drivePartition(store, partition));
  return drive?.get('BootPartition') === true;
}
