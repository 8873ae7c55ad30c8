import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { addAccessPath, removeAccessPath } from './access-paths.js';
import { removePartition } from './add-partition.js';
import { diskOf, drivePartition, machineVolumeOn } from './find-objects.js';
import { inCimv2 } from './in-namespace.js';
import { managing } from './managing.js';
import { dismount, mount } from './offline.js';
import { accessPaths, partitionValues } from './partition-values.js';
import { resizePartition, supportedSize } from './resize-partition.js';
import { DONE, StorageCode } from './storage-code.js';
import { Style } from './storage-objects.js';

/** Partitions as they are managed: where they lie is said by those of root/cimv2. */
export const partitions = defineProvider('MSFT_Partition', {
  methods: {
    AddAccessPath: managing(async (partition, input, context) => {
      await addAccessPath(partition, input, context);
      return DONE;
    }),

    RemoveAccessPath: managing(async (partition, input, context) => {
      await removeAccessPath(partition, input, context);
      return DONE;
    }),

    GetAccessPaths: managing(async (partition, _input, context) => {
      const volume = await machineVolumeOn(context.store, partition.path);
      return { ...DONE, AccessPaths: volume ? await accessPaths(volume, context) : [] };
    }),

    DeleteObject: managing(async (partition, _input, context) => {
      if (await isBoot(partition, context))
        throw new MethodRefusal(StorageCode.inUse, 'the machine starts from the partition');
      await removePartition(partition, context);
      return DONE;
    }),

    GetSupportedSize: managing(async (partition, _input, context) => {
      const { least, most } = await supportedSize(partition, context);
      return { ...DONE, SizeMin: least, SizeMax: most };
    }),

    Resize: managing(async (partition, { Size }, context) => {
      await resizePartition(partition, Size, context);
      return DONE;
    }),

    Offline: managing(async (partition, _input, context) => {
      await checkData(partition, context);
      await dismount(partition, context);
      await context.store.put(partition.with({ IsOffline: true }));
      return DONE;
    }),

    Online: managing(async (partition, _input, context) => {
      await checkData(partition, context);
      await mount(partition, context);
      await context.store.put(partition.with({ IsOffline: false }));
      return DONE;
    }),

    SetAttributes: managing(async (partition, { IsReadOnly, NoDefaultDriveLetter, IsActive, IsHidden }, context) => {
      const disk = await diskOf(context.store, Number(partition.get('DiskNumber')));
      if (disk?.get('IsOffline') === true) throw new MethodRefusal(StorageCode.offline, 'the disk is off line');
      if (disk?.get('PartitionStyle') === Style.gpt && typeof IsActive === 'boolean')
        throw new MethodRefusal(StorageCode.wrongStyle, 'no partition of GPT is active');
      if ((IsReadOnly === true || IsHidden === true) && (await isBoot(partition, context)))
        throw new MethodRefusal(StorageCode.criticalPartition, 'the machine starts from the partition');
      const given = Object.entries({ IsReadOnly, NoDefaultDriveLetter, IsActive, IsHidden });
      const changes = given.flatMap(([name, value]) => (typeof value === 'boolean' ? [[name, value] as const] : []));
      await context.store.put(partition.with(Object.fromEntries(changes)));
      await noteActive(partition, IsActive, context);
      if (IsHidden === true) await dismount(partition, context);
      return DONE;
    }),
  },
  instances: {},
  derived: partitionValues,
});

async function isBoot(partition: StoredInstance, { store }: MethodContext): Promise<boolean> {
  return (await drivePartition(store, partition))?.get('BootPartition') === true;
}

/** @throws MethodRefusal */
async function checkData(partition: StoredInstance, context: MethodContext): Promise<void> {
  if (await isBoot(partition, context))
    throw new MethodRefusal(StorageCode.dataPartitionsOnly, 'the machine starts from the partition');
}

/** What is active, root/cimv2 calls bootable. */
async function noteActive(partition: StoredInstance, given: unknown, context: MethodContext): Promise<void> {
  const onDrive = await drivePartition(context.store, partition);
  if (typeof given === 'boolean' && onDrive) await inCimv2(context).store.put(onDrive.with({ Bootable: given }));
}
