import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type ComputerName, storageObject } from '../storage-management/storage-objects.js';
import type { Layout } from './layouts.js';
import { POOL_CLASS, Provisioning, SETTING_CLASS, TIER_CLASS, VIRTUAL_CLASS } from './pool-rows.js';

type Values = Readonly<Record<string, CimValue>>;

/** Names of the settings of a pool. */
export const SETTINGS = ['Simple', 'Mirror', 'Parity'] as const;

/** What a cache may have at most, in bytes; one more stands for whatever is best. */
export const WRITE_CACHE_MAX = 18_446_744_073_709_551_614n;

/** A pool that somebody makes. @param id a UUID */
export function poolObject(computer: ComputerName, id: string, values: Values): CimInstance {
  return storageObject(POOL_CLASS, computer, 'SP', `{${id}}`, {
    ...{ UniqueId: `{${id}}`, Name: '', Usage: 2, IsPrimordial: false, IsReadOnly: false, IsClustered: false },
    ...{ ReadOnlyReason: 1, SupportedProvisioningTypes: [1, 2], SupportsDeduplication: true, Version: 3 },
    ...{ ThinProvisioningAlertThresholds: [70], ClearOnDeallocate: false, IsPowerProtected: false, RepairPolicy: 3 },
    ...{ EnclosureAwareDefault: false, FaultDomainAwarenessDefault: 1, RetireMissingPhysicalDisks: 1 },
    ...{ WriteCacheSizeMin: 0n, WriteCacheSizeMax: WRITE_CACHE_MAX },
    ...values,
  });
}

/** What a name of a setting stands for: copies, disks that may fail, columns. */
const LIMITS: Readonly<Record<(typeof SETTINGS)[number], Values>> = {
  Simple: limits([1, 1, 1], [0, 0, 0], [1, 64]),
  Mirror: limits([2, 3, 2], [1, 2, 1], [1, 32]),
  Parity: limits([1, 1, 1], [1, 2, 1], [3, 8]),
};

type Limits = readonly [least: number, most: number, usual: number];

function limits(copies: Limits, redundancy: Limits, columns: readonly [least: number, most: number]): Values {
  return {
    ...{ NumberOfDataCopiesMin: copies[0], NumberOfDataCopiesMax: copies[1], NumberOfDataCopiesDefault: copies[2] },
    ...{ PhysicalDiskRedundancyMin: redundancy[0], PhysicalDiskRedundancyMax: redundancy[1] },
    ...{ PhysicalDiskRedundancyDefault: redundancy[2], NumberOfColumnsMin: columns[0], NumberOfColumnsMax: columns[1] },
  };
}

/** A setting of a pool. @param id the pool's */
export function settingObject(computer: ComputerName, id: string, Name: (typeof SETTINGS)[number]): CimInstance {
  return storageObject(SETTING_CLASS, computer, 'RS', `{${id}}:${Name}`, {
    ...{ UniqueId: `{${id}}:${Name}`, Name, InterleaveMin: 16_384n, InterleaveMax: 1_073_741_824n },
    ...{ InterleaveDefault: 262_144n, RequestNoSinglePointOfFailure: false },
    ...{ ParityLayout: Name === 'Parity' ? 2 : null },
    ...LIMITS[Name],
  });
}

/** What a virtual disk is asked to be. */
export interface NewVirtualDisk {
  readonly id: string;
  readonly layout: Layout;
  readonly size: bigint;
  readonly provisioning: number;
  readonly values: Values;
}

export function virtualDiskObject(
  computer: ComputerName,
  pool: CimInstance,
  { id, layout, size, provisioning, values }: NewVirtualDisk,
): CimInstance {
  const unique = id.replaceAll('-', '').toUpperCase();
  return storageObject(VIRTUAL_CLASS, computer, 'VD', `{${id}}`, {
    ...{ UniqueId: unique, UniqueIdFormat: 0, UniqueIdFormatDescription: 'Vendor Specific', Name: '', NameFormat: 0 },
    ...{ Usage: 2, ResiliencySettingName: layout.name, Size: size, ProvisioningType: provisioning },
    ...{ NumberOfDataCopies: layout.copies, PhysicalDiskRedundancy: layout.redundancy },
    ...{ NumberOfColumns: layout.columns, Interleave: layout.interleave, Access: 3, IsSnapshot: false },
    ...{ ParityLayout: layout.name === 'Parity' ? 2 : null, RequestNoSinglePointOfFailure: false },
    ...{ NumberOfAvailableCopies: layout.copies, IsManualAttach: false, IsDeduplicationEnabled: false },
    ...{ IsEnclosureAware: false, DetachedReason: 1, WriteCacheSize: 0n },
    ...{ LogicalSectorSize: pool.get('LogicalSectorSize'), PhysicalSectorSize: pool.get('PhysicalSectorSize') },
    ...values,
  });
}

/** A tier: disks of one kind, for virtual disks to be made by, or a part of one. @param id a UUID */
export function tierObject(computer: ComputerName, id: string, values: Values): CimInstance {
  return storageObject(TIER_CLASS, computer, 'ST', `{${id}}`, { UniqueId: `{${id}}`, Size: 0n, ...values });
}

/** The type that is meant where a pool says none. */
export const USUAL_PROVISIONING = Provisioning.fixed;
