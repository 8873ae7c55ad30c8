import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { instancesIn } from '../derived-rows.js';
import { CIMV2, STORAGE } from '../namespaces.js';
import { VOLUME_CLASS } from '../storage/volume-rows.js';
import { setAsideFor } from '../storage-spaces/set-aside.js';
import { DRIVE_CLASS, DRIVE_PARTITION_CLASS } from './device-rows.js';
import {
  diskObject,
  initiatorPortObject,
  isMade,
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

/** Classes of root/cimv2 whose instances say what there is to be managed. */
export const STORAGE_SOURCES = [
  DRIVE_CLASS,
  DRIVE_PARTITION_CLASS,
  VOLUME_CLASS,
  'Win32_LogicalDiskToPartition',
] as const;

type Instances = readonly CimInstance[];

/** What a computer has by root/cimv2. */
interface Machine {
  readonly drives: Instances;
  readonly partitions: Instances;
  readonly volumes: Instances;
  /** Letters of drives, by the partition that they are on. */
  readonly letters: ReadonlyMap<string, string>;
}

/** What is managed of it so far. */
interface Managed {
  readonly disks: Instances;
  readonly physicalDisks: Instances;
  readonly partitions: Instances;
  readonly volumes: Instances;
  /** Partitions and volumes that are tied to each other, by their paths. */
  readonly tied: ReadonlySet<string>;
}

/**
 * Has the disks, physical disks, partitions and volumes that a computer manages be those of its drives in root/cimv2: what is missing
 * appears, and what its drive, partition or volume is gone of goes. What these say is read there, so that the two namespaces cannot drift
 * apart; what is there by itself, a disk in a pool or of another kind, stays.
 */
export async function showStorage({ store }: { readonly store: InstanceTransaction }): Promise<void> {
  const [machine, before] = [await machineIn(store), await managedIn(store)];
  const managed = (await dropStale(store, machine, before)) ? await managedIn(store) : before;
  const computer = [...machine.drives, ...machine.volumes][0]?.getString('SystemName');
  if (computer === undefined) return;
  const show: Show = { store, machine, managed, ground: await groundOf(store, computer) };
  const volumes = await showVolumes(show);
  for (const drive of machine.drives) {
    const partitions = machine.partitions.filter((one) => one.get('DiskIndex') === drive.get('Index'));
    const disk = await showDrive(drive, styleOf(drive, partitions), partitions.length > 0, show);
    for (const partition of partitions) {
      const object = await showPartition(partition, disk, show);
      const volume = volumes.get(deviceOn(partition, machine) ?? '');
      if (volume && !isTied(object, managed) && !isTied(volume, managed))
        await store.put(storageLink('MSFT_PartitionToVolume', { Partition: object, Volume: volume }));
    }
  }
}

interface Show {
  readonly store: InstanceTransaction;
  readonly machine: Machine;
  readonly managed: Managed;
  readonly ground: Awaited<ReturnType<typeof groundOf>>;
}

/** @returns MSFT_Volume by their devices */
async function showVolumes(show: Show): Promise<ReadonlyMap<string, CimInstance>> {
  const volumes = new Map(show.managed.volumes.map((one) => [one.getString('Path') ?? '', one]));
  for (const volume of show.machine.volumes) {
    const device = volume.getString('DeviceID') ?? '';
    if (!volumes.has(device)) volumes.set(device, await add(volumeObject(volume), 'Volume', show));
  }
  return volumes;
}

/** @returns MSFT_Disk */
async function showDrive(
  drive: CimInstance,
  PartitionStyle: number,
  isPartitioned: boolean,
  show: Show,
): Promise<CimInstance> {
  const { store, managed, ground } = show;
  const number = Number(drive.get('Index'));
  const known = managed.disks.find((one) => one.get('Number') === number);
  if (known) {
    if (known.get('PartitionStyle') !== Style.raw || !isPartitioned) return known;
    const partitioned = known.with({ PartitionStyle });
    await store.put(partitioned);
    return partitioned;
  }
  const disk = await add(diskObject(drive, { PartitionStyle }), 'Disk', show);
  if (managed.physicalDisks.some((one) => one.get('DeviceId') === String(number))) return disk;
  const physical = await add(physicalDiskObject(drive), 'PhysicalDisk', show);
  const ends = { StoragePool: ground.pool, PhysicalDisk: physical };
  await store.put(storageLink('MSFT_StoragePoolToPhysicalDisk', ends));
  return disk;
}

/** @returns MSFT_Partition */
async function showPartition(partition: CimInstance, disk: CimInstance, show: Show): Promise<CimInstance> {
  const number = Number(partition.get('Index')) + 1;
  const isIt = (one: CimInstance) =>
    one.get('DiskNumber') === partition.get('DiskIndex') && one.get('PartitionNumber') === number;
  const known = show.managed.partitions.find(isIt);
  if (known) return known;
  const type = disk.get('PartitionStyle') === Style.gpt ? { GptType: BASIC_DATA } : { MbrType: IFS };
  const object = await add(partitionObject(partition, type), 'Partition', show);
  await show.store.put(storageLink('MSFT_DiskToPartition', { Disk: disk, Partition: object }));
  return object;
}

/** Adds an object, which the subsystem manages. */
async function add(instance: CimInstance, end: string, { store, ground }: Show): Promise<CimInstance> {
  const ends = { StorageSubSystem: ground.subsystem, [end]: instance };
  await store.putMany([instance, storageLink(`MSFT_StorageSubSystemTo${end}`, ends)]);
  return instance;
}

async function machineIn(store: InstanceTransaction): Promise<Machine> {
  const [drives = [], partitions = [], volumes = [], ties = []] = await Promise.all(
    STORAGE_SOURCES.map((className) => instancesIn(store, { namespace: CIMV2, className })),
  );
  const letters = new Map<string, string>();
  for (const tie of ties) {
    const [partition, disk] = [tie.get('Antecedent'), tie.get('Dependent')];
    const letter = disk instanceof InstancePath ? disk.keys.get('DeviceID') : undefined;
    if (partition instanceof InstancePath && typeof letter === 'string') letters.set(partition.canonicalKeys, letter);
  }
  return { drives, partitions, volumes, letters };
}

async function managedIn(store: InstanceTransaction): Promise<Managed> {
  const of = (className: string) => instancesIn(store, { namespace: STORAGE, className });
  const [disks, physicalDisks, partitions, volumes, ties] = await Promise.all([
    of('MSFT_Disk'),
    of('MSFT_PhysicalDisk'),
    of('MSFT_Partition'),
    of('MSFT_Volume'),
    of('MSFT_PartitionToVolume'),
  ]);
  const ends = ties.flatMap((tie) => [tie.get('Partition'), tie.get('Volume')]);
  const tied = new Set(ends.flatMap((end) => (end instanceof InstancePath ? end.canonical : [])));
  return { disks, physicalDisks, partitions, volumes, tied };
}

/** What manages the disks, and the pool of those that are in no other; made where it is missing, with the initiator. */
async function groundOf(store: InstanceTransaction, computer: string) {
  const of = (className: string) => instancesIn(store, { namespace: STORAGE, className });
  const [ownSubsystem, ownPool] = subsystemObjects(computer);
  let [subsystem] = await of('MSFT_StorageSubSystem');
  if (subsystem === undefined) {
    subsystem = ownSubsystem;
    await store.put(subsystem);
  }
  let pool = (await of('MSFT_StoragePool')).find((one) => one.get('IsPrimordial') === true);
  if (pool === undefined) {
    pool = ownPool;
    const link = storageLink('MSFT_StorageSubSystemToStoragePool', { StorageSubSystem: subsystem, StoragePool: pool });
    await store.putMany([pool, link]);
  }
  if ((await of('MSFT_InitiatorPort')).length === 0) await store.put(await initiator(store, computer));
  return { subsystem, pool };
}

/** A computer of a domain is called with it. */
async function initiator(store: InstanceTransaction, computer: string): Promise<CimInstance> {
  const [system] = await instancesIn(store, { namespace: CIMV2, className: 'Win32_ComputerSystem' });
  const domain = system?.get('PartOfDomain') === true ? [system.getString('Domain') ?? ''] : [];
  return initiatorPortObject(computer, [system?.getString('DNSHostName') ?? computer, ...domain].join('.'));
}

/** Deletes what was made of drives, partitions and volumes of root/cimv2 that are no more. @returns whether there was any */
async function dropStale(store: InstanceTransaction, machine: Machine, managed: Managed): Promise<boolean> {
  const numbers = new Set(machine.drives.map((one) => Number(one.get('Index'))));
  const places = new Set(machine.partitions.map((one) => `${one.get('DiskIndex')}:${Number(one.get('Index')) + 1}`));
  const devices = new Set(machine.volumes.map((one) => one.getString('DeviceID')));
  const placeOf = (one: CimInstance) => `${one.get('DiskNumber')}:${one.get('PartitionNumber')}`;
  const stale = [
    ...managed.disks.filter((one) => isMade(one, 'DI') && !numbers.has(Number(one.get('Number')))),
    ...managed.partitions.filter((one) => isMade(one, 'PR') && !places.has(placeOf(one))),
    ...managed.volumes.filter((one) => isMade(one, 'VO') && !devices.has(one.getString('Path'))),
  ];
  const physical = managed.physicalDisks.filter(
    (one) => isMade(one, 'PD') && !numbers.has(Number(one.get('DeviceId'))),
  );
  if (physical.length > 0) {
    // The drive of a disk in a pool is out of sight.
    const hidden = (await setAsideFor(store)).filter(({ className }) => className === DRIVE_CLASS);
    const kept = new Set(hidden.map((one) => String(one.get('Index'))));
    stale.push(...physical.filter((one) => !kept.has(one.getString('DeviceId') ?? '')));
  }
  for (const { path } of stale) {
    if (!path) continue;
    const ties = await store.referencing(path);
    await store.deleteMany([...ties.flatMap((tie) => tie.path ?? []), path]);
  }
  return stale.length > 0;
}

function isTied(object: CimInstance, { tied }: Managed): boolean {
  return tied.has(object.path?.canonical ?? '');
}

function styleOf(drive: CimInstance, partitions: Instances): number {
  if (partitions.some((one) => one.getString('Type')?.startsWith('GPT'))) return Style.gpt;
  return partitions.length > 0 || drive.get('Signature') !== null ? Style.mbr : Style.raw;
}

/** The device of the volume whose drive letter is that of a logical disk on the partition. */
function deviceOn(partition: CimInstance, { letters, volumes }: Machine): string | undefined {
  const letter = letters.get(partition.path?.canonicalKeys ?? '');
  if (letter === undefined) return undefined;
  return volumes.find((one) => one.get('DriveLetter') === letter)?.getString('DeviceID');
}
