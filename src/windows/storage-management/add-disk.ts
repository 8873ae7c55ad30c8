import type { MethodContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { allOf, type MachineContext, onlyOne, pathIn, removeWithTies } from '../machine.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { link } from '../storage/link.js';
import { setAsideFor } from '../storage-spaces/set-aside.js';
import { removePartition } from './add-partition.js';
import { DRIVE_CLASS, driveAt } from './device-rows.js';
import { partitionsOf } from './find-objects.js';
import { inCimv2 } from './in-namespace.js';
import { diskObject, Style, storageLink, subsystemObjects } from './storage-objects.js';

/** What is known of a disk that comes. */
export interface NewDisk {
  readonly bytes: bigint;
  readonly serialNumber: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly target: number;
  readonly unit: number;
  /** Of MSFT_Disk besides: `BusType`, say. */
  readonly values: Readonly<Record<string, CimValue>>;
}

const SECTOR = 512n;

/** A disk comes to a running computer: blank, in both namespaces. @returns MSFT_Disk */
export async function addDisk(
  { bytes, serialNumber, manufacturer, model, target, unit, values }: NewDisk,
  context: MethodContext,
): Promise<StoredInstance> {
  const machine = inCimv2(context);
  const computer = await onlyOne(machine, 'Win32_ComputerSystem');
  const name = computer?.getString('Name') ?? '';
  const Index = await freeNumber(context);
  const DeviceID = `\\\\.\\PHYSICALDRIVE${Index}`;
  const drive = stored(
    new CimInstance(
      DRIVE_CLASS,
      Object.entries({
        ...{ DeviceID, Name: DeviceID, Caption: model, Description: 'Disk drive', Index, Size: bytes, Model: model },
        ...{ CreationClassName: DRIVE_CLASS, SystemCreationClassName: 'Win32_ComputerSystem', SystemName: name },
        ...{ InterfaceType: 'SCSI', MediaType: 'Fixed hard disk media', MediaLoaded: true, Manufacturer: manufacturer },
        ...{ SerialNumber: serialNumber, PNPDeviceID: `SCSI\\DISK\\${serialNumber}`, Status: 'OK' },
        ...{ BytesPerSector: Number(SECTOR), TotalSectors: bytes / SECTOR, Capabilities: [3, 4] },
        ...{ SCSIBus: 0, SCSIPort: 2, SCSITargetId: target, SCSILogicalUnit: unit },
      }),
      pathIn(machine, DRIVE_CLASS, { DeviceID }),
    ),
  );
  const disk = stored(diskObject(drive, { PartitionStyle: Style.raw, ...values }));
  const [subsystem] = subsystemObjects(name);
  const ends = { StorageSubSystem: subsystem, Disk: disk };
  await context.store.putMany([drive, disk, storageLink('MSFT_StorageSubSystemToDisk', ends)]);
  if (computer?.path)
    await link(machine, 'Win32_SystemDevices', { GroupComponent: computer.path, PartComponent: drive.path });
  return disk;
}

/** The first number that no drive has, be it one in a pool or of a virtual disk that is detached. */
async function freeNumber(context: MethodContext): Promise<number> {
  const hidden = (await setAsideFor(context.store)).filter(({ className }) => className === DRIVE_CLASS);
  const drives = [...(await allOf(inCimv2(context), DRIVE_CLASS)), ...hidden];
  const numbers = new Set(drives.map((one) => Number(one.get('Index'))));
  let number = 0;
  while (numbers.has(number)) number += 1;
  return number;
}

/** A disk goes, with what lies on it. */
export async function removeDisk(disk: StoredInstance, context: MachineContext): Promise<void> {
  const number = Number(disk.get('Number'));
  for (const partition of await partitionsOf(context.store, number)) await removePartition(partition, context);
  const drive = await driveAt(context.store, number);
  if (drive) await removeWithTies(context, drive.path);
  await removeWithTies(context, disk.path);
}
