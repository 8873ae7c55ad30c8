import type { CimInstance } from '../../cim/model/cim-instance.js';
import { instancesIn } from '../derived-rows.js';
import type { MachineContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { STORAGE } from '../namespaces.js';
import type { StoredInstance } from '../on-instance.js';
import { isInUse } from '../storage/volume-rows.js';
import { driveAt, partitionsAt } from '../storage-management/device-rows.js';
import { machineVolumeOn, partitionsOf, volumeOn } from '../storage-management/find-objects.js';
import { machineOf } from '../storage-management/in-namespace.js';
import { bringOnline, dismount } from '../storage-management/offline.js';
import { StorageCode } from '../storage-management/storage-code.js';
import { allocatedBytes } from './allocations.js';
import { diskShowing, idOf, VIRTUAL_CLASS } from './pool-rows.js';
import { bringBack, setAside } from './set-aside.js';

/** `DetachedReason`: it is not; somebody wanted it. */
const Reason = { none: 1, policy: 2 } as const;

/** The disk of a virtual disk goes, and keeps what lies on it for when it comes back. @throws MethodRefusal */
export async function detach(virtual: StoredInstance, context: MachineContext): Promise<void> {
  const disk = await diskShowing(context.store, virtual.path);
  if (!disk) throw new MethodRefusal(StorageCode.virtualDiskHealth, 'the virtual disk is detached');
  await checkIdle(disk, context);
  await hide(virtual, disk, context);
}

/** When the machine starts, virtual disks are attached, but for those that somebody attaches by hand. */
export async function attachAtStart(context: MachineContext): Promise<void> {
  for (const one of await instancesIn(context.store, { namespace: STORAGE, className: VIRTUAL_CLASS })) {
    const virtual = one as StoredInstance;
    const disk = await diskShowing(context.store, virtual.path);
    const isByHand = virtual.get('IsManualAttach') === true;
    if (disk && isByHand) await hide(virtual, disk, context);
    else if (!disk && !isByHand) await attach(virtual, context);
  }
}

async function hide(virtual: StoredInstance, disk: StoredInstance, context: MachineContext): Promise<void> {
  const { store } = context;
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
export async function attach(virtual: StoredInstance, context: MachineContext): Promise<void> {
  const { store } = context;
  if (await diskShowing(store, virtual.path))
    throw new MethodRefusal(StorageCode.virtualDiskHealth, 'the virtual disk is attached');
  const back = await bringBack(store, idOf(virtual));
  await store.put(virtual.with({ DetachedReason: Reason.none }));
  const disk = back.find((one) => one.className === 'MSFT_Disk');
  if (disk && disk.get('IsOffline') !== true) await bringOnline(disk as StoredInstance, context);
}

/** @throws MethodRefusal for a disk with a page file on it */
export async function checkIdle(disk: StoredInstance, context: MachineContext): Promise<void> {
  for (const partition of await partitionsOf(context.store, Number(disk.get('Number')))) {
    const drive = (await machineVolumeOn(context.store, partition.path))?.getString('DriveLetter');
    if (drive !== undefined && (await isInUse(machineOf(context), drive)))
      throw new MethodRefusal(StorageCode.failed, `${drive}, on the virtual disk, is in use`);
  }
}
