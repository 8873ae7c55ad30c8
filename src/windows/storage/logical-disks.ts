import { defineProvider } from '../../cim/contracts/define-provider.js';
import { refusing } from '../method-refusal.js';
import { onInstance } from '../on-instance.js';
import { autochk } from './autochk.js';
import { checkDisk } from './check-disk.js';
import { checkedLabel } from './volume-label.js';
import { bytesOf, LOGICAL_DISK_CLASS, putVolume, volumeOfDrive } from './volume-rows.js';

const CHECK_CODES = { completed: 0, scheduled: 1, unknown: 2, failed: 3, unsupported: 4 };

/** Drives as they are seen under their letters. */
export const logicalDisks = defineProvider(LOGICAL_DISK_CLASS, {
  methods: {
    Chkdsk: refusing(
      onInstance(async (disk, input, context) => {
        const drive = disk.getString('DeviceID') ?? '';
        const volume = await volumeOfDrive(context, drive);
        const checked = {
          drive,
          driveType: disk.get('DriveType'),
          fileSystem: disk.getString('FileSystem') ?? '',
          bytes: bytesOf(disk, 'Size'),
          clean: async () => {
            if (volume) await putVolume(context, volume, { DirtyBitSet: false });
            await context.store.put(disk.with({ VolumeDirty: false }));
          },
        };
        return { ReturnValue: await checkDisk(checked, input, CHECK_CODES, context) };
      }),
    ),

    ScheduleAutoChk: autochk('LogicalDisk').schedule,
    ExcludeFromAutochk: autochk('LogicalDisk').exclude,
  },
  instances: {
    modify: async (disk, before, context) => {
      const VolumeName = checkedLabel(disk.get('VolumeName'), disk.getString('FileSystem') ?? '');
      const volume = await volumeOfDrive(context, disk.getString('DeviceID') ?? '');
      if (volume) await putVolume(context, volume, { Label: VolumeName });
      return before.with({ VolumeName });
    },
  },
});
