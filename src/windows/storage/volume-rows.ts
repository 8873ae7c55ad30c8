import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { allOf, type MachineContext, type MachineReader, onlyOne, pathIn } from '../machine.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { uint64Of } from '../uint64-of.js';

export const VOLUME_CLASS = 'Win32_Volume';
export const LOGICAL_DISK_CLASS = 'Win32_LogicalDisk';
export const MOUNT_POINT_CLASS = 'Win32_MountPoint';

/** `DriveType`, of both classes. */
export const DriveType = { removable: 2, local: 3, network: 4, compactDisc: 5 } as const;

/** `Availability` of a volume: one that is off line is dismounted. */
export const Availability = { running: 3, offLine: 8 } as const;

/** What both classes say of a volume, by the names that each has for it. */
const SHARED: Readonly<Record<string, string>> = {
  FileSystem: 'FileSystem',
  Capacity: 'Size',
  FreeSpace: 'FreeSpace',
  Label: 'VolumeName',
  DirtyBitSet: 'VolumeDirty',
  Compressed: 'Compressed',
};

/** Of a drive, `D:`. */
export async function volumeOfDrive(context: MachineReader, drive: string): Promise<StoredInstance | undefined> {
  const volumes = await allOf(context, VOLUME_CLASS);
  return stored(volumes.find((one) => sameName(one.getString('DriveLetter') ?? '', drive)));
}

export async function logicalDisk(context: MachineReader, drive: string): Promise<StoredInstance | undefined> {
  const found = await context.store.get(pathIn(context, LOGICAL_DISK_CLASS, { DeviceID: drive }));
  return stored(found);
}

/** Stores what has changed of a volume, of the logical disk under its drive letter as well. */
export async function putVolume(
  context: MachineContext,
  volume: StoredInstance,
  values: Readonly<Record<string, CimValue>>,
): Promise<StoredInstance> {
  const changed = stored(volume.with(values));
  await context.store.put(changed);
  const disk = await logicalDisk(context, volume.getString('DriveLetter') ?? '');
  if (disk) await context.store.put(disk.with({ ...sharedValues(values), ...serialNumber(values.SerialNumber) }));
  return changed;
}

/** What a logical disk says of what its volume says. */
export function sharedValues(values: Readonly<Record<string, CimValue>>): Record<string, CimValue> {
  const known = Object.entries(values).filter(([name]) => name in SHARED);
  return Object.fromEntries(known.map(([name, value]) => [SHARED[name] ?? name, value]));
}

/** A logical disk has the number in eight digits. */
function serialNumber(value: CimValue | undefined): Record<string, CimValue> {
  if (typeof value !== 'number') return {};
  return { VolumeSerialNumber: value.toString(16).toUpperCase().padStart(8, '0') };
}

/** Bytes of a volume, all of them or those that are free; 0 where there is no medium. */
export function bytesOf(volume: CimInstance, property: 'Capacity' | 'FreeSpace' | 'Size' | 'BlockSize'): bigint {
  return uint64Of(volume, property);
}

/** A drive that holds the system or a page file cannot be taken away from it. */
export async function isInUse(context: MachineReader, drive: string): Promise<boolean> {
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  if (sameName(system?.getString('SystemDrive') ?? '', drive)) return true;
  const files = await allOf(context, 'Win32_PageFileUsage');
  return files.some((one) => sameName(one.getString('Name')?.slice(0, 2) ?? '', drive));
}
