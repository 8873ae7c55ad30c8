import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { instancesIn, type Row, showRows } from '../derived-rows.js';
import { CIMV2, VOLUME_ENCRYPTION } from '../namespaces.js';
import { findFileSystem } from '../storage/format-volume.js';
import { DriveType, VOLUME_CLASS } from '../storage/volume-rows.js';
import { VolumeType } from './encryption-code.js';
import { hasNote } from './encryption-state.js';

export const ENCRYPTABLE_VOLUME = { namespace: VOLUME_ENCRYPTION, className: 'Win32_EncryptableVolume' };

/** Makes Win32_EncryptableVolume what Win32_Volume says: after each change of that. */
export async function showEncryptableVolumes({ store }: { readonly store: InstanceTransaction }): Promise<void> {
  const volumes = await instancesIn(store, { namespace: CIMV2, className: VOLUME_CLASS });
  const [system] = await instancesIn(store, { namespace: CIMV2, className: 'Win32_OperatingSystem' });
  const systemDrive = system?.getString('SystemDrive') ?? '';
  const rows: Row[] = [];
  for (const volume of volumes) if (await isEncryptable(volume, store)) rows.push(rowOf(volume, systemDrive));
  await showRows(store, ENCRYPTABLE_VOLUME, rows);
}

/** Volumes of local disks, removable ones as well, with a file system; of one that is locked nobody sees it. */
async function isEncryptable(volume: CimInstance, store: InstanceTransaction): Promise<boolean> {
  const type = volume.get('DriveType');
  if (type !== DriveType.local && type !== DriveType.removable) return false;
  if (findFileSystem(volume.getString('FileSystem') ?? '')) return true;
  return hasNote({ store, now: () => 0 }, volume.getString('DeviceID') ?? '');
}

function rowOf(volume: CimInstance, systemDrive: string): Row {
  const drive = volume.getString('DriveLetter') ?? null;
  const isSystem = drive !== null && sameName(drive, systemDrive);
  const isRemovable = volume.get('DriveType') === DriveType.removable;
  const other = isRemovable ? VolumeType.removable : VolumeType.fixed;
  return {
    keys: { DeviceID: volume.getString('DeviceID') ?? '' },
    values: { DriveLetter: drive, VolumeType: isSystem ? VolumeType.system : other },
  };
}
