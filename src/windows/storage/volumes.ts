import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, Provider } from '../../cim/contracts/provider.js';
import { CimError } from '../../cim/model/cim-error.js';
import { sameName } from '../../cim/model/name-map.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal, refusing } from '../method-refusal.js';
import { onInstance, type StoredInstance, stored } from '../on-instance.js';
import { autochk } from './autochk.js';
import { checkDisk } from './check-disk.js';
import { analyse, isFragmented, noteDefragmented } from './defragment.js';
import { takeTime, WorkRate, workTime } from './device-time.js';
import { assignLetter, isTaken } from './drive-letters.js';
import { checkedFormat } from './format-checks.js';
import { findFileSystem, formatVolume } from './format-volume.js';
import { addMountPoint, dismountVolume } from './mount-volume.js';
import { newSerialNumber } from './serial-number.js';
import { checkedLabel } from './volume-label.js';
import { Availability, bytesOf, DriveType, isInUse, putVolume, VOLUME_CLASS } from './volume-rows.js';

const DONE = { ReturnValue: 0 };
const ACCESS_DENIED = 1;
const FORMAT_DENIED = 3;
const CHECK_CODES = { completed: 0, scheduled: 1, unsupported: 2, unknown: 3, noMedium: 4, failed: 5 };
const MOUNT_CODES = { invalid: 2, taken: 3, notFound: 4, unsupported: 5 };
const DefragCode = { accessDenied: 1, notSupported: 2, dirty: 3, noSpace: 4, running: 8 } as const;
/** Part of a volume that has to be free for its defragmentation, in percent. */
const LEAST_FREE = 15n;

/** Volumes, and what is done with them; of a volume one defragmentation or analysis runs at a time. */
export function volumes(): Provider {
  const busy = new Set<string>();

  /** @throws MethodRefusal */
  async function atWork(volume: StoredInstance, rate: number, context: MethodContext): Promise<void> {
    const device = volume.path.canonical;
    if (busy.has(device)) throw new MethodRefusal(DefragCode.running, 'the volume is being worked on');
    busy.add(device);
    try {
      await takeTime(context, workTime(bytesOf(volume, 'Capacity'), rate));
    } finally {
      busy.delete(device);
    }
  }

  return defineProvider(VOLUME_CLASS, {
    methods: {
      Chkdsk: refusing(
        onInstance(async (volume, input, context) => {
          const checked = {
            drive: volume.getString('DriveLetter') ?? '',
            driveType: volume.get('DriveType'),
            fileSystem: volume.getString('FileSystem') ?? '',
            bytes: bytesOf(volume, 'Capacity'),
            clean: async () => void (await putVolume(context, volume, { DirtyBitSet: false })),
          };
          return { ReturnValue: await checkDisk(checked, input, CHECK_CODES, context) };
        }),
      ),

      DefragAnalysis: forAdministrators(DefragCode.accessDenied, async (volume, _input, context) => {
        checkDefragmentable(volume);
        await atWork(volume, WorkRate.analysis, context);
        const DefragRecommended = await isFragmented(volume, context);
        return { ...DONE, DefragRecommended, DefragAnalysis: await analyse(volume, context) };
      }),

      Defrag: forAdministrators(DefragCode.accessDenied, async (volume, { Force }, context) => {
        checkDefragmentable(volume);
        if (Force !== true && bytesOf(volume, 'FreeSpace') * 100n < bytesOf(volume, 'Capacity') * LEAST_FREE)
          throw new MethodRefusal(DefragCode.noSpace, `less than ${LEAST_FREE} percent of the volume is free`);
        await atWork(volume, WorkRate.defragmentation, context);
        await noteDefragmented(volume, context);
        return { ...DONE, DefragAnalysis: await analyse(volume, context) };
      }),

      Format: forAdministrators(FORMAT_DENIED, async (volume, input, context) => {
        const format = await checkedFormat(volume, input, context);
        const rate = input.QuickFormat === true ? 0 : WorkRate.format;
        await takeTime(context, workTime(bytesOf(volume, 'Capacity'), rate));
        await formatVolume(volume, { ...format, serialNumber: newSerialNumber(context) }, context);
        return DONE;
      }),

      Mount: forAdministrators(ACCESS_DENIED, async (volume, _input, context) => {
        await putVolume(context, volume, { Availability: Availability.running });
        return DONE;
      }),

      Dismount: forAdministrators(ACCESS_DENIED, async (volume, input, context) => {
        await dismountVolume(volume, input, context);
        return DONE;
      }),

      AddMountPoint: forAdministrators(ACCESS_DENIED, async (volume, { Directory }, context) => {
        await addMountPoint(volume, Directory, MOUNT_CODES, context);
        return DONE;
      }),

      ScheduleAutoChk: autochk('Volume').schedule,
      ExcludeFromAutoChk: autochk('Volume').exclude,
    },
    instances: {
      modify: async (volume, before, context) => {
        const given = stored(before);
        const Label = checkedLabel(volume.get('Label'), volume.getString('FileSystem') ?? '');
        const drive = volume.getString('DriveLetter')?.toUpperCase() ?? null;
        await checkLetter(drive, given, context);
        const named = await assignLetter(given, drive, context);
        return putVolume(context, named, { Label, IndexingEnabled: volume.get('IndexingEnabled') });
      },
    },
  });
}

/** @throws CimError InvalidParameter */
async function checkLetter(
  drive: string | null,
  volume: StoredInstance,
  context: Parameters<typeof isTaken>[0],
): Promise<void> {
  const before = volume.getString('DriveLetter') ?? '';
  if (drive === null ? before === '' : sameName(drive, before)) return;
  if (drive !== null && !/^[A-Z]:$/.test(drive))
    throw new CimError('InvalidParameter', `DriveLetter '${drive}' is no letter with a colon.`);
  if (drive !== null && (await isTaken(context, drive)))
    throw new CimError('InvalidParameter', `DriveLetter ${drive} is that of another drive.`);
  if (await isInUse(context, before))
    throw new CimError('InvalidParameter', `${before} is in use, and keeps its letter.`);
}

/** @throws MethodRefusal */
function checkDefragmentable(volume: StoredInstance): void {
  const fileSystem = volume.getString('FileSystem') ?? '';
  if (volume.get('DriveType') !== DriveType.local || findFileSystem(fileSystem) === undefined)
    throw new MethodRefusal(DefragCode.notSupported, 'the volume is none that can be defragmented');
  if (volume.get('DirtyBitSet') === true) throw new MethodRefusal(DefragCode.dirty, 'the volume has to be checked');
}
