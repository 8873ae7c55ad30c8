import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { allOf, type MachineReader } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { type StoredInstance, stored } from '../on-instance.js';

/** Codes that both Create methods have. */
export const VolumeCode = { success: 0, accessDenied: 1, invalidArgument: 2, notFound: 3, notSupported: 4 } as const;

/** The least that Windows keeps shadow copies in, in bytes. */
export const LEAST_STORAGE = 335_544_320n;

/** The volume that a call means, as a drive, a mount point or a device, each with a backslash at its end. @throws MethodRefusal */
export async function volumeOf(given: CimValue | undefined, context: MachineReader): Promise<StoredInstance> {
  if (typeof given !== 'string' || !given.endsWith('\\'))
    throw new MethodRefusal(VolumeCode.invalidArgument, 'a volume is named with a backslash at its end');
  const volumes = await allOf(context, 'Win32_Volume');
  const volume = volumes.find((one) =>
    [one.getString('Name'), one.getString('DeviceID')].some((name) => isName(name, given)),
  );
  if (!volume) throw new MethodRefusal(VolumeCode.notFound, `there is no volume ${shorten(given, 200)}`);
  if (volume.get('DriveType') !== 3 || !sameName(volume.getString('FileSystem') ?? '', 'NTFS'))
    throw new MethodRefusal(VolumeCode.notSupported, `${shorten(given, 200)} is no local volume with NTFS`);
  return stored(volume);
}

function isName(name: string | undefined, given: string): boolean {
  return name !== undefined && sameName(name, given);
}
