import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { STORAGE } from '../namespaces.js';

/** Of each kind of object, what its id says: `DI` of a disk. */
export type ObjectKind = 'DI' | 'PR' | 'VO' | 'PD' | 'SP' | 'SS' | 'IP' | 'VD' | 'RS' | 'ST' | 'SJ';

/** Which computer the objects are of, as root/cimv2 names it: `SRV01`. */
export type ComputerName = string;

/** `PartitionStyle`: none yet, MBR, GPT. */
export const Style = { raw: 0, mbr: 1, gpt: 2 } as const;

/** The id of an object, which says whose it is. @param name its number or device */
export function objectId(computer: ComputerName, kind: ObjectKind, name: string): string {
  return `{1}\\\\${computer}\\root/Microsoft/Windows/Storage/Providers_v2\\WSP_${kind}.ObjectId="${kind}:${name}"`;
}

/** Whether an object is one of these: of a lab that was captured from a server, they have other ids. */
export function isMade(object: CimInstance, kind: ObjectKind): boolean {
  return object.getString('ObjectId')?.includes(`\\WSP_${kind}.ObjectId="${kind}:`) === true;
}

/** @param name what the id says of it */
export function storageObject(
  className: string,
  computer: ComputerName,
  kind: ObjectKind,
  name: string,
  values: Readonly<Record<string, CimValue>>,
): CimInstance {
  const ObjectId = objectId(computer, kind, name);
  const path = new InstancePath({ namespace: STORAGE, className, keys: { ObjectId } });
  return new CimInstance(className, Object.entries({ ObjectId, UniqueId: ObjectId, ...values }), path);
}

/** The disk of a drive: what root/cimv2 does not know of it. */
export function diskObject(drive: CimInstance, values: Readonly<Record<string, CimValue>>): CimInstance {
  const number = Number(drive.get('Index'));
  return storageObject('MSFT_Disk', computerOf(drive), 'DI', String(number), {
    ...{ Number: number, UniqueId: drive.get('SerialNumber'), UniqueIdFormat: 0, ProvisioningType: 2 },
    ...{ Path: `\\\\?\\${(drive.getString('PNPDeviceID') ?? '').replaceAll('\\', '#').toLowerCase()}` },
    ...{ HealthStatus: 0, BusType: 1, IsOffline: false, IsReadOnly: false, IsClustered: false },
    ...values,
  });
}

/** The physical disk of a drive. */
export function physicalDiskObject(drive: CimInstance): CimInstance {
  const number = String(drive.get('Index'));
  return storageObject('MSFT_PhysicalDisk', computerOf(drive), 'PD', number, {
    ...{ DeviceId: number, UniqueId: drive.get('SerialNumber'), UniqueIdFormat: 0 },
    ...{ FriendlyName: drive.get('Model'), Usage: 1, SupportedUsages: [1, 2, 3, 4, 5], MediaType: 0, BusType: 1 },
    ...{ HealthStatus: 0, OperationalStatus: [2], SpindleSpeed: 0, PartNumber: '', SoftwareVersion: '' },
    ...{ IsWriteCacheEnabled: false, IsPowerProtected: false, IsIndicationEnabled: false, IsPartial: false },
  });
}

/** A partition: what root/cimv2 does not know of it. */
export function partitionObject(partition: CimInstance, values: Readonly<Record<string, CimValue>>): CimInstance {
  const disk = Number(partition.get('DiskIndex'));
  const number = Number(partition.get('Index')) + 1;
  return storageObject('MSFT_Partition', computerOf(partition), 'PR', `${disk}:${number}`, {
    ...{ DiskNumber: disk, PartitionNumber: number, OperationalStatus: 1, TransitionState: 1 },
    ...{ IsActive: partition.get('Bootable') === true, IsHidden: false, IsOffline: false, IsReadOnly: false },
    ...{ IsShadowCopy: false, NoDefaultDriveLetter: false },
    ...values,
  });
}

/** A volume: what root/cimv2 does not know of it. */
export function volumeObject(volume: CimInstance): CimInstance {
  const device = volume.getString('DeviceID') ?? '';
  return storageObject('MSFT_Volume', computerOf(volume), 'VO', device, {
    UniqueId: device,
    Path: device,
    DedupMode: 4,
  });
}

/** `ConnectionType` of an initiator's port: iSCSI. */
const ISCSI = 2;

/** The port by which a computer is an iSCSI initiator. @param name of the computer, whole */
export function initiatorPortObject(computer: ComputerName, name: string): CimInstance {
  const ObjectId = objectId(computer, 'IP', 'iSCSI');
  const path = new InstancePath({ namespace: STORAGE, className: 'MSFT_InitiatorPort', keys: { ObjectId } });
  const values = {
    ...{ ObjectId, NodeAddress: `iqn.1991-05.com.microsoft:${name.toLowerCase()}`, PortAddress: 'ISCSI ANY PORT' },
    ...{ InstanceName: 'ROOT\\ISCSIPRT\\0000_0', ConnectionType: ISCSI, PortType: 1, OperationalStatus: [2] },
  };
  return new CimInstance('MSFT_InitiatorPort', Object.entries(values), path);
}

/** What Storage Spaces does, and what it leaves to others. */
const SUPPORTED = [
  ...['VirtualDiskCreation', 'VirtualDiskModification', 'VirtualDiskDeletion', 'VirtualDiskCapacityExpansion'],
  ...['VirtualDiskRepair', 'VolumeCreation', 'StoragePoolCreation', 'StoragePoolDeletion'],
  ...['StoragePoolFriendlyNameModification', 'StoragePoolAddPhysicalDisk', 'StoragePoolRemovePhysicalDisk'],
  ...['MultipleResiliencySettingsPerStoragePool', 'StorageTieredVirtualDiskCreation'],
  ...['Creation', 'Deletion', 'Resize', 'FriendlyNameModification'].map((what) => `StorageTier${what}`),
].map((what) => `Supports${what}`);
const NOT_SUPPORTED = [
  ...['SupportsMirrorLocal', 'SupportsMirrorRemote', 'SupportsSnapshotLocal', 'SupportsSnapshotRemote'],
  ...['SupportsCloneLocal', 'SupportsCloneRemote', 'SupportsVirtualDiskCapacityReduction'],
  ...['SupportsAutomaticStoragePoolSelection', 'SupportsMaskingVirtualDiskToHosts', 'AutomaticClusteringEnabled'],
];

/** What manages the disks of a computer, and the pool of those that nobody has put into another. */
export function subsystemObjects(computer: ComputerName): readonly [subsystem: CimInstance, pool: CimInstance] {
  const subsystem = storageObject('MSFT_StorageSubSystem', computer, 'SS', 'Spaces', {
    ...{ FriendlyName: `Windows Storage on ${computer}`, Name: computer, NameFormat: 1, Model: 'Windows Storage' },
    ...{ Manufacturer: 'Microsoft Corporation', SerialNumber: '', FirmwareVersion: '', CurrentCacheLevel: 0 },
    ...{ HealthStatus: 0, OperationalStatus: [2], PhysicalDisksPerStoragePoolMin: 1 },
    ...{ ReplicasPerSourceSnapshotMax: 0, ReplicasPerSourceCloneMax: 0, ReplicasPerSourceMirrorMax: 0 },
    ...Object.fromEntries(NOT_SUPPORTED.map((name) => [name, false])),
    ...Object.fromEntries(SUPPORTED.map((name) => [name, true])),
  });
  const pool = storageObject('MSFT_StoragePool', computer, 'SP', 'Primordial', {
    ...{ FriendlyName: 'Primordial', Name: 'Primordial', IsPrimordial: true, IsReadOnly: false, IsClustered: false },
    ...{ Usage: 1, HealthStatus: 0, OperationalStatus: [2], ResiliencySettingNameDefault: '' },
  });
  return [subsystem, pool];
}

/** An association of the namespace, whose keys are its ends. */
export function storageLink(className: string, ends: Readonly<Record<string, CimInstance | undefined>>): CimInstance {
  const keys = Object.entries(ends).map(([name, end]): [string, CimKeyValue] => {
    if (!end?.path) throw new TypeError(`${className}: ${name} is nothing that is stored`);
    return [name, end.path];
  });
  return new CimInstance(className, keys, new InstancePath({ namespace: STORAGE, className, keys }));
}

function computerOf(device: CimInstance): ComputerName {
  return device.getString('SystemName') ?? '';
}
