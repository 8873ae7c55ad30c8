import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { denied, disk } from '../storage-management/storage-reasons.js';
import {
  call,
  disks,
  GIBIBYTE,
  POOL,
  PRIMORDIAL,
  physical,
  SLAB,
  set,
  spaceTables,
  WITH_POOL,
} from './space-reasons.js';

const TIER = '$tier';
const PART = '$part';
const TIERED = '$tiered';
const fast = { FriendlyName: 'Fast', MediaType: 4, Description: 'Solid' };

/** Two disks more, of solid state, and a tier of the pool for these. */
export const WITH_TIER: readonly Arrangement[] = [
  ...WITH_POOL,
  call('AddPhysicalDisk', POOL, { PhysicalDisks: disks(5, 6) }),
  ...[5, 6].map((one) => set(physical(one), { MediaType: 4 })),
  { call: { method: 'CreateStorageTier', on: POOL, input: fast }, keep: { $tier: 'CreatedStorageTier' } },
];
/** And a virtual disk that lies on it, and its part there. */
const withPart: readonly Arrangement[] = [
  ...WITH_TIER,
  {
    call: {
      ...{ method: 'CreateVirtualDisk', on: POOL },
      input: { FriendlyName: 'Tiered', StorageTiers: [TIER], StorageTierSizes: [4n * GIBIBYTE] },
    },
    keep: { $tiered: 'CreatedVirtualDisk' },
  },
  { associatorsOf: TIERED, by: 'MSFT_VirtualDiskToStorageTier', having: {}, keep: PART },
];
const ofPool = spaceTables('MSFT_StoragePool', POOL);
const ofTier = spaceTables('MSFT_StorageTier', TIER, WITH_TIER);
const ofPart = spaceTables('MSFT_StorageTier', PART, withPart);
const readOnly = (input: TableValues = {}): ReachedCode => ({
  ...{ code: 48_007, when: 'the pool is read-only', given: [set(POOL, { IsReadOnly: true })], input },
});

const setter = (
  method: string,
  right: TableValues,
  wrong: TableValues,
  when: string,
  more: readonly ReachedCode[] = [],
) =>
  ofPart(method, [
    {
      ...{ code: 0, when: 'the value is one that there is', on: TIER, input: right },
      shows: [{ get: TIER, has: right }],
    },
    ...more,
    { code: 5, when, on: TIER, input: wrong },
    denied(right),
    readOnly(right),
  ]);

export const tierTables: readonly MethodTable[] = [
  ofPool('CreateStorageTier', [
    {
      code: 0,
      when: 'FriendlyName and MediaType are given',
      input: fast,
      shows: [
        { get: '$CreatedStorageTier', has: { ...fast, Size: 0n } },
        { associatorsOf: POOL, by: 'MSFT_StoragePoolToStorageTier', find: ['$CreatedStorageTier'] },
      ],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL, input: fast },
    { code: 5, when: 'FriendlyName is missing, or MediaType is neither 3 nor 4', input: { FriendlyName: 'Fast' } },
    denied(fast),
    readOnly(fast),
  ]),
  ofPart('DeleteObject', [
    {
      code: 0,
      when: 'it is a tier of the pool',
      on: TIER,
      shows: [{ gone: TIER }, { associatorsOf: TIERED, by: 'MSFT_VirtualDiskToStorageTier', find: [PART] }],
    },
    { code: 4, when: 'it is a part of a virtual disk' },
    denied(),
    readOnly(),
  ]),
  ofTier('GetSupportedSize', [
    {
      code: 0,
      when: 'there is such a setting, and disks enough of the kind',
      input: { ResiliencySettingName: 'Simple' },
      shows: [
        {
          answers: {
            ...{ SupportedSizes: null, TierSizeMin: 2n * SLAB, TierSizeDivisor: 2n * SLAB },
            TierSizeMax: 200n * GIBIBYTE - 2n * SLAB,
          },
        },
      ],
    },
    { code: 4, when: 'there are too few disks of the kind', input: { ResiliencySettingName: 'Parity' } },
    { code: 5, when: 'there is no such setting', input: { ResiliencySettingName: 'x' } },
    denied(),
  ]),
  ofPart('Resize', [
    {
      code: 0,
      when: 'it is a part of a virtual disk, and the pool has room for what is more',
      input: { Size: 10n * GIBIBYTE },
      shows: [
        { get: PART, has: { Size: 10n * GIBIBYTE } },
        { get: TIERED, has: { Size: 10n * GIBIBYTE, FootprintOnPool: 20n * GIBIBYTE } },
        { get: disk(9), has: { Size: 10n * GIBIBYTE } },
        { get: physical(5), has: { AllocatedSize: 10n * GIBIBYTE + SLAB } },
      ],
    },
    { code: 1, when: 'it is a tier of the pool', on: TIER, input: { Size: GIBIBYTE } },
    { code: 5, when: 'Size is missing, or less than it has', input: { Size: GIBIBYTE } },
    { code: 40_000, when: 'the pool has no room for it', input: { Size: 200n * GIBIBYTE } },
    denied({ Size: 10n * GIBIBYTE }),
    readOnly({ Size: 10n * GIBIBYTE }),
  ]),
  setter('SetAttributes', { MediaType: 3 }, { MediaType: 7 }, 'MediaType is neither 3 nor 4', [
    { code: 4, when: 'it is a part of a virtual disk', input: { MediaType: 3 } },
  ]),
  setter('SetDescription', { Description: 'Solid state' }, { Description: '' }, 'Description is missing'),
  setter('SetFriendlyName', { FriendlyName: 'Faster' }, { FriendlyName: '' }, 'FriendlyName is missing'),
];

/** What has to do with tiers when a virtual disk is made. */
export const tieredCodes: readonly ReachedCode[] = [
  {
    ...{ code: 0, when: 'there are tiers with room for it', given: WITH_TIER.slice(WITH_POOL.length) },
    input: { FriendlyName: 'Tiered', StorageTiers: [TIER], StorageTierSizes: [4n * GIBIBYTE] },
    shows: [
      { get: '$CreatedVirtualDisk', has: { Size: 4n * GIBIBYTE, FootprintOnPool: 8n * GIBIBYTE } },
      { get: physical(5), has: { AllocatedSize: 4n * GIBIBYTE + SLAB } },
      { get: physical(3), has: { AllocatedSize: 10n * GIBIBYTE + SLAB } },
      { associatorsOf: '$CreatedVirtualDisk', by: 'MSFT_VirtualDiskToPhysicalDisk', find: [5, 6].map(physical) },
      { associatorsOf: '$CreatedVirtualDisk', by: 'MSFT_VirtualDiskToPhysicalDisk', miss: [3, 4].map(physical) },
    ],
  },
];
