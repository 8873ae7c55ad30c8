import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { newSerialNumber } from '../storage/serial-number.js';
import { removePartition } from './add-partition.js';
import { createPartition } from './create-partition.js';
import { driveAt } from './device-rows.js';
import { checkNotCritical, checkReady } from './disk-checks.js';
import { diskValues } from './disk-values.js';
import { partitionsOf } from './find-objects.js';
import { managing } from './managing.js';
import { bringOnline, takeOffline } from './offline.js';
import { DONE, StorageCode } from './storage-code.js';
import { Style } from './storage-objects.js';

/** Disks as they are managed: what they are made of is said by the drives of root/cimv2. */
export const disks = defineProvider('MSFT_Disk', {
  methods: {
    Initialize: managing(async (disk, { PartitionStyle }, context) => {
      const style = PartitionStyle ?? Style.gpt;
      if (style !== Style.mbr && style !== Style.gpt)
        throw new MethodRefusal(StorageCode.partitionType, `there is no style ${String(style)}`);
      if (disk.get('IsOffline') === true || disk.get('IsReadOnly') === true)
        throw new MethodRefusal(StorageCode.failed, 'the disk is off line or read-only');
      if (disk.get('PartitionStyle') !== Style.raw)
        throw new MethodRefusal(StorageCode.initialized, 'the disk has a table of partitions');
      await putStyle(disk, style, context);
      return DONE;
    }),

    Clear: managing(async (disk, { RemoveData }, context) => {
      checkReady(disk);
      await checkNotCritical(disk, context);
      const partitions = await partitionsOf(context.store, Number(disk.get('Number')));
      if (partitions.length > 0 && RemoveData !== true)
        throw new MethodRefusal(StorageCode.dataPartitions, 'RemoveData is not true, and the disk has partitions');
      for (const partition of partitions) await removePartition(partition, context);
      await putStyle(disk, Style.raw, context);
      return DONE;
    }),

    ConvertStyle: managing(async (disk, { PartitionStyle }, context) => {
      checkReady(disk);
      await checkNotCritical(disk, context);
      if (PartitionStyle !== Style.mbr && PartitionStyle !== Style.gpt)
        throw new MethodRefusal(StorageCode.invalidParameter, `there is no style ${String(PartitionStyle)}`);
      if ((await partitionsOf(context.store, Number(disk.get('Number')))).length > 0)
        throw new MethodRefusal(StorageCode.holdsPartitions, 'the disk has partitions');
      await putStyle(disk, PartitionStyle, context);
      return DONE;
    }),

    CreatePartition: managing(async (disk, input, context) => ({
      ...DONE,
      CreatedPartition: await createPartition(disk, input, context),
    })),

    Offline: managing(async (disk, _input, context) => {
      await checkNotCritical(disk, context);
      await takeOffline(disk, context);
      return DONE;
    }),

    Online: managing(async (disk, _input, context) => {
      await bringOnline(disk, context);
      return DONE;
    }),

    SetAttributes: managing(async (disk, { IsReadOnly, Signature, Guid }, context) => {
      if (disk.get('IsOffline') === true) throw new MethodRefusal(StorageCode.offline, 'the disk is off line');
      const style = disk.get('PartitionStyle');
      if (style === Style.raw && (typeof Signature === 'number' || typeof Guid === 'string'))
        throw new MethodRefusal(StorageCode.notInitialized, 'the disk has no table of partitions');
      if (typeof (style === Style.gpt ? Signature : Guid) === (style === Style.gpt ? 'number' : 'string'))
        throw new MethodRefusal(StorageCode.wrongStyle, 'the table of the disk is of the other style');
      if (IsReadOnly === true) await checkNotCritical(disk, context);
      if (typeof Guid === 'string' && !/^\{[0-9a-f-]{36}\}$/i.test(Guid))
        throw new MethodRefusal(StorageCode.invalidParameter, 'Guid is none');
      const isReadOnly = typeof IsReadOnly === 'boolean' ? { IsReadOnly } : {};
      await context.store.put(disk.with({ ...isReadOnly, ...(typeof Guid === 'string' && { Guid }) }));
      if (typeof Signature === 'number') await putSignature(disk, Signature, context);
      return DONE;
    }),
  },
  instances: {},
  derived: diskValues,
});

/** Writes an empty table of partitions, or none. */
async function putStyle(disk: StoredInstance, style: number, context: MethodContext): Promise<void> {
  const Guid = style === Style.gpt ? `{${context.newUuid()}}` : null;
  await context.store.put(disk.with({ PartitionStyle: style, Guid }));
  await putSignature(disk, style === Style.mbr ? newSerialNumber(context) : null, context);
}

async function putSignature(disk: StoredInstance, Signature: CimValue, { store }: MethodContext): Promise<void> {
  const drive = await driveAt(store, Number(disk.get('Number')));
  if (drive) await store.put(drive.with({ Signature }));
}
