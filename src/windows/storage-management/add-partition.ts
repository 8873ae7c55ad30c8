import type { MethodContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type MachineContext, onlyOne, pathIn, removeWithTies } from '../machine.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { link } from '../storage/link.js';
import { Availability, DriveType, logicalDisk, VOLUME_CLASS } from '../storage/volume-rows.js';
import { poolUnder, virtualDiskOf } from '../storage-spaces/pool-rows.js';
import { DRIVE_PARTITION_CLASS, driveAt, partitionsAt } from './device-rows.js';
import { drivePartition, machineVolume, volumeOn } from './find-objects.js';
import type { FreeExtent } from './free-extents.js';
import { inCimv2, machineOf } from './in-namespace.js';
import { partitionObject, Style, storageLink, subsystemObjects, volumeObject } from './storage-objects.js';

/** A new partition, and what lies on it, in both namespaces. */
export interface AddedPartition {
  /** MSFT_Partition. */
  readonly partition: StoredInstance;
  /** Win32_DiskPartition. */
  readonly drivePartition: StoredInstance;
  /** Win32_Volume. */
  readonly volume: StoredInstance;
}

/** Makes a partition on a disk, with a volume on it that has no file system yet. @param values of MSFT_Partition */
export async function addPartition(
  disk: StoredInstance,
  extent: FreeExtent,
  values: Readonly<Record<string, CimValue>>,
  context: MethodContext,
): Promise<AddedPartition> {
  const machine = inCimv2(context);
  const { store } = context;
  const number = Number(disk.get('Number'));
  const drive = await driveAt(store, number);
  const computer = (await onlyOne(machine, 'Win32_ComputerSystem'))?.getString('Name') ?? '';
  const onDrive = await drivePartitionRow(disk, extent, computer, machine);
  const device = `\\\\?\\Volume{${context.newUuid()}}\\`;
  const volume = volumeRow(device, extent.size, computer, machine);
  const [partition, managed] = [partitionObject(onDrive, values), volumeObject(volume)];
  await store.putMany([onDrive, volume, partition, managed]);
  if (drive) await link(machine, 'Win32_DiskDriveToDiskPartition', { Antecedent: drive.path, Dependent: onDrive.path });
  const [subsystem] = subsystemObjects(computer);
  await store.putMany([
    storageLink('MSFT_DiskToPartition', { Disk: disk, Partition: partition }),
    storageLink('MSFT_PartitionToVolume', { Partition: partition, Volume: managed }),
    storageLink('MSFT_StorageSubSystemToPartition', { StorageSubSystem: subsystem, Partition: partition }),
    storageLink('MSFT_StorageSubSystemToVolume', { StorageSubSystem: subsystem, Volume: managed }),
  ]);
  const virtual = await virtualDiskOf(store, disk.path);
  const pool = virtual && (await poolUnder(store, virtual.path));
  if (pool) await store.put(storageLink('MSFT_StoragePoolToVolume', { StoragePool: pool, Volume: managed }));
  return { partition: stored(partition), drivePartition: onDrive, volume };
}

async function drivePartitionRow(
  disk: StoredInstance,
  { offset, size }: FreeExtent,
  computer: string,
  machine: MethodContext,
): Promise<StoredInstance> {
  const number = Number(disk.get('Number'));
  const taken = (await partitionsAt(machine.store, number)).map((one) => Number(one.get('Index')));
  let Index = 0;
  while (taken.includes(Index)) Index += 1;
  const isGpt = disk.get('PartitionStyle') === Style.gpt;
  const DeviceID = `Disk #${number}, Partition #${Index}`;
  const Type = isGpt ? 'GPT: Basic Data' : 'Installable File System';
  const values = {
    ...{ DeviceID, Name: DeviceID, Caption: DeviceID, Description: Type, Type, DiskIndex: number, Index },
    ...{ CreationClassName: DRIVE_PARTITION_CLASS, SystemCreationClassName: 'Win32_ComputerSystem' },
    ...{ SystemName: computer, StartingOffset: offset, Size: size, BlockSize: 512n, NumberOfBlocks: size / 512n },
    ...{ PrimaryPartition: true, Bootable: false, BootPartition: false },
  };
  const path = pathIn(machine, DRIVE_PARTITION_CLASS, { DeviceID });
  return stored(new CimInstance(DRIVE_PARTITION_CLASS, Object.entries(values), path));
}

function volumeRow(DeviceID: string, Capacity: bigint, computer: string, machine: MethodContext): StoredInstance {
  const values = {
    ...{ DeviceID, Name: DeviceID, Caption: DeviceID, Capacity, DriveType: DriveType.local, SystemName: computer },
    ...{ Availability: Availability.running, Automount: true, BootVolume: false, SystemVolume: false },
    ...{ PageFilePresent: false, DirtyBitSet: false, IndexingEnabled: true },
  };
  const path = pathIn(machine, VOLUME_CLASS, { DeviceID });
  return stored(new CimInstance(VOLUME_CLASS, Object.entries(values), path));
}

/** Removes a partition and what lies on it, from both namespaces. */
export async function removePartition(partition: StoredInstance, context: MachineContext): Promise<void> {
  const machine = machineOf(context);
  const { store } = context;
  const volume = await volumeOn(store, partition.path);
  const seen = volume && (await machineVolume(store, volume));
  const drive = seen && (await logicalDisk(machine, seen.getString('DriveLetter') ?? ''));
  const onDrive = await drivePartition(store, partition);
  for (const one of [drive, seen, volume, onDrive, partition]) if (one) await removeWithTies(context, one.path);
}
