import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { isInUse } from '../storage/volume-rows.js';
import { driveAt, partitionsAt } from '../storage-management/device-rows.js';
import { machineVolumeOn, partitionsOf, volumeOn } from '../storage-management/find-objects.js';
import { inCimv2 } from '../storage-management/in-namespace.js';
import { bringOnline, dismount } from '../storage-management/offline.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { allocatedBytes } from './allocations.js';
import { diskShowing, idOf } from './pool-rows.js';
import { bringBack, setAside } from './set-aside.js';

/** `DetachedReason`: it is not; somebody wanted it. */
const Reason = { none: 1, policy: 2 } as const;

/** The disk of a virtual disk goes, and keeps what lies on it for when it comes back. @throws MethodRefusal */
export async function detach(virtual: StoredInstance, context: MethodContext): Promise<void> {
  const { store } = context;
  const disk = await diskShowing(store, virtual.path);
  if (!disk) throw new MethodRefusal(StorageCode.virtualDiskHealth, 'the virtual disk is detached');
  await checkIdle(disk, context);
  const AllocatedSize = await allocatedBytes(store, virtual);
  const number = Number(disk.get('Number'));
  const partitions = await partitionsOf(store, number);
  for (const partition of partitions) await dismount(partition, context);
  const hidden: (CimInstance | undefined)[] = [disk, await driveAt(store, number), ...partitions];
  hidden.push(...(await partitionsAt(store, number)));
  for (const { path } of partitions) hidden.push(await volumeOn(store, path), await machineVolumeOn(store, path));
  await setAside(
    store,
    idOf(virtual),
    hidden.flatMap((one) => one?.path ?? []),
  );
  await store.put(virtual.with({ AllocatedSize, DetachedReason: Reason.policy }));
}

/** It comes back as it was, with its letters where nobody else has them by now. @throws MethodRefusal */
export async function attach(virtual: StoredInstance, context: MethodContext): Promise<void> {
  const { store } = context;
  if (await diskShowing(store, virtual.path))
    throw new MethodRefusal(StorageCode.virtualDiskHealth, 'the virtual disk is attached');
  const back = await bringBack(store, idOf(virtual));
  await store.put(virtual.with({ DetachedReason: Reason.none }));
  const disk = back.find((one) => one.className === 'MSFT_Disk');
  if (disk && disk.get('IsOffline') !== true) await bringOnline(disk as StoredInstance, context);
}

/** @throws MethodRefusal for a disk with a page file on it */
export async function checkIdle(disk: StoredInstance, context: MethodContext): Promise<void> {
  for (const partition of await partitionsOf(context.store, Number(disk.get('Number')))) {
    const drive = (await machineVolumeOn(context.store, partition.path))?.getString('DriveLetter');
    if (drive !== undefined && (await isInUse(inCimv2(context), drive)))
      throw new MethodRefusal(StorageCode.failed, `${drive}, on the virtual disk, is in use`);
  }
}
