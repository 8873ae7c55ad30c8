import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { acrossFrom } from '../across-from.js';
import type { MachineContext } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { isInUse } from '../storage/volume-rows.js';
import { addDisk, removeDisk } from '../storage-management/add-disk.js';
import { machineVolumeOn, partitionsOf } from '../storage-management/find-objects.js';
import { inCimv2 } from '../storage-management/in-namespace.js';
import { putRow } from './initiator-rows.js';
import { IscsiStatus } from './iscsi-status.js';
import { DeviceAccess, findTarget, type TargetUnit, unitsOf } from './target-side.js';

const SESSION_TO_DISK = 'MSFT_iSCSISessionToDisk';
/** `BusType` of MSFT_Disk. */
const ISCSI = 9;
/** `OfflineReason`: the policy of a server, which is not to bring disks on line that others may have. */
const POLICY = 1;

/** The disks that came with a session. */
export function disksOf(
  session: StoredInstance,
  { store }: Pick<MachineContext, 'store'>,
): Promise<readonly StoredInstance[]> {
  return acrossFrom(store, session.path, SESSION_TO_DISK, ['iSCSISession', 'Disk']);
}

/** Has a session's disks be those of the units that the target has: new ones come, those that are gone go. */
export async function matchDisks(
  session: StoredInstance,
  connection: StoredInstance | undefined,
  context: MethodContext,
): Promise<void> {
  const target = await findTarget(context.store, session.getString('TargetNodeAddress') ?? '');
  const units = target ? await unitsOf(context.store, target.controller.path) : [];
  const known = await disksOf(session, context);
  const serials = new Set(units.map(({ volume }) => serialOf(volume)));
  for (const disk of known) if (!serials.has(disk.getString('UniqueId') ?? '')) await removeDisk(disk, context);
  for (const unit of units) {
    if (known.some((one) => one.getString('UniqueId') === serialOf(unit.volume))) continue;
    const disk = await addUnit(unit, context);
    await putRow(context, SESSION_TO_DISK, { iSCSISession: session.path, Disk: disk.path });
    if (connection)
      await putRow(context, 'MSFT_iSCSIConnectionToDisk', { iSCSIConnection: connection.path, Disk: disk.path });
  }
}

function serialOf(volume: CimInstance): string {
  return volume.getString('Name') ?? volume.getString('DeviceID') ?? '';
}

function addUnit({ volume, number, access }: TargetUnit, context: MethodContext): Promise<StoredInstance> {
  const [blocks, size] = [volume.get('NumberOfBlocks'), volume.get('BlockSize')];
  return addDisk(
    {
      bytes: BigInt(Number(blocks ?? 0)) * BigInt(Number(size ?? 0)),
      serialNumber: serialOf(volume),
      manufacturer: '(Standard disk drives)',
      model: 'MSFT Virtual HD SCSI Disk Device',
      target: 0,
      unit: Number(number),
      values: { BusType: ISCSI, IsOffline: true, OfflineReason: POLICY, IsReadOnly: access === DeviceAccess.readOnly },
    },
    context,
  );
}

/** @throws MethodRefusal when a disk of the session holds a page file */
export async function checkIdle(session: StoredInstance, context: MethodContext): Promise<void> {
  for (const disk of await disksOf(session, context)) {
    for (const partition of await partitionsOf(context.store, Number(disk.get('Number')))) {
      const drive = (await machineVolumeOn(context.store, partition.path))?.getString('DriveLetter');
      if (drive !== undefined && (await isInUse(inCimv2(context), drive)))
        throw new MethodRefusal(IscsiStatus.deviceBusy, `${drive}, on a disk of the session, is in use`);
    }
  }
}

/** The disks of a session go with it. */
export async function removeDisks(session: StoredInstance, context: MachineContext): Promise<void> {
  for (const disk of await disksOf(session, context)) await removeDisk(disk, context);
}
