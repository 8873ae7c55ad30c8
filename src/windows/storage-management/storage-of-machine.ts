import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import {
  diskObject,
  initiatorPortObject,
  partitionObject,
  physicalDiskObject,
  Style,
  storageLink,
  subsystemObjects,
  volumeObject,
} from './storage-objects.js';

/** MBR's type of partitions with NTFS. */
export const IFS = 7;
/** GPT's type of partitions with data. */
export const BASIC_DATA = '{ebd0a0a2-b9e5-4433-87c0-68b6b72699c7}';

/**
 * The disks, partitions and volumes that a computer manages, made of its drives in root/cimv2: what these say is read there, so that the two
 * namespaces cannot drift apart.
 *
 * @param machine all instances of root/cimv2
 */
export function storageOfMachine(machine: readonly CimInstance[]): readonly CimInstance[] {
  const all = (className: string) => machine.filter((one) => sameName(one.className, className));
  const [drives, volumes] = [all('Win32_DiskDrive'), all('Win32_Volume')];
  const computer = [...drives, ...volumes][0]?.getString('SystemName');
  if (computer === undefined) return [];
  const [subsystem, pool] = subsystemObjects(computer);
  const own = (end: string, instance: CimInstance) =>
    storageLink(`MSFT_StorageSubSystemTo${end}`, { StorageSubSystem: subsystem, [end]: instance });

  const volumeObjects = new Map(volumes.map((one) => [one.path?.canonical, volumeObject(one)]));
  const made: CimInstance[] = [subsystem, pool, own('StoragePool', pool), initiator(computer, machine)];
  for (const volume of volumeObjects.values()) made.push(volume, own('Volume', volume));
  for (const drive of drives) {
    const partitions = all('Win32_DiskPartition').filter((one) => one.get('DiskIndex') === drive.get('Index'));
    const style = styleOf(drive, partitions);
    const disk = diskObject(drive, { PartitionStyle: style });
    const physical = physicalDiskObject(drive);
    made.push(disk, own('Disk', disk), physical, own('PhysicalDisk', physical));
    made.push(storageLink('MSFT_StoragePoolToPhysicalDisk', { StoragePool: pool, PhysicalDisk: physical }));
    for (const partition of partitions) {
      const type = style === Style.gpt ? { GptType: BASIC_DATA } : { MbrType: IFS };
      const object = partitionObject(partition, type);
      made.push(object, own('Partition', object));
      made.push(storageLink('MSFT_DiskToPartition', { Disk: disk, Partition: object }));
      const volume = volumeObjects.get(volumeOn(partition, machine));
      if (volume) made.push(storageLink('MSFT_PartitionToVolume', { Partition: object, Volume: volume }));
    }
  }
  return made;
}

/** A computer of a domain is called with it. */
function initiator(computer: string, machine: readonly CimInstance[]): CimInstance {
  const system = machine.find((one) => sameName(one.className, 'Win32_ComputerSystem'));
  const domain = system?.get('PartOfDomain') === true ? [system.getString('Domain') ?? ''] : [];
  return initiatorPortObject(computer, [system?.getString('DNSHostName') ?? computer, ...domain].join('.'));
}

function styleOf(drive: CimInstance, partitions: readonly CimInstance[]): number {
  if (partitions.some((one) => one.getString('Type')?.startsWith('GPT'))) return Style.gpt;
  return partitions.length > 0 || drive.get('Signature') !== null ? Style.mbr : Style.raw;
}

/** The volume whose drive letter is that of a logical disk on the partition. */
function volumeOn(partition: CimInstance, machine: readonly CimInstance[]): string | undefined {
  const tie = machine.find((one) => {
    const antecedent = one.get('Antecedent');
    const isTie = sameName(one.className, 'Win32_LogicalDiskToPartition');
    return isTie && antecedent instanceof InstancePath && partition.path?.equals(antecedent);
  });
  const disk = tie?.get('Dependent');
  const letter = disk instanceof InstancePath ? disk.keys.get('DeviceID') : undefined;
  const volume = machine.find(
    (one) => sameName(one.className, 'Win32_Volume') && letter !== undefined && one.get('DriveLetter') === letter,
  );
  return volume?.path?.canonical;
}
