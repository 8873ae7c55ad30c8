import type { MethodTable, TableValues } from '../method-table.js';
import { denied } from '../storage-management/storage-reasons.js';
import {
  NO_PARITY,
  notPrimordial,
  POOL,
  PRIMORDIAL,
  poolFailed,
  poolReadOnly,
  set,
  spaceTables,
} from './space-reasons.js';

const ofPool = spaceTables('MSFT_StoragePool', POOL);
const noName = (input: TableValues) => ({ code: 5, when: 'FriendlyName is missing', input });

export const poolSettingTables: readonly MethodTable[] = [
  ofPool('SetFriendlyName', [
    {
      code: 0,
      when: 'FriendlyName is given',
      input: { FriendlyName: 'Named' },
      shows: [{ get: POOL, has: { FriendlyName: 'Named' } }],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL, input: { FriendlyName: 'Named' } },
    {
      code: 4,
      when: 'the pool is read-only',
      given: [set(POOL, { IsReadOnly: true })],
      input: { FriendlyName: 'Named' },
    },
    noName({ FriendlyName: '' }),
    denied({ FriendlyName: 'Named' }),
  ]),
  ofPool('SetUsage', [
    {
      code: 0,
      when: 'there is such a usage, and OtherUsageDescription goes with it',
      input: { Usage: 1, OtherUsageDescription: 'Lab' },
      shows: [{ get: POOL, has: { Usage: 1, OtherUsageDescription: 'Lab' } }],
    },
    { code: 5, when: 'there is no such usage, or the description does not go with it', input: { Usage: 1 } },
    denied({ Usage: 2 }),
    notPrimordial({ Usage: 2 }),
    poolFailed({ Usage: 2 }),
    poolReadOnly({ Usage: 2 }),
  ]),
  ofPool('SetDefaults', [
    {
      code: 0,
      when: 'the defaults are some that there are',
      input: { ProvisioningTypeDefault: 1, ResiliencySettingNameDefault: 'Simple', EnclosureAwareDefault: true },
      shows: [
        {
          get: POOL,
          has: { ProvisioningTypeDefault: 1, ResiliencySettingNameDefault: 'Simple', EnclosureAwareDefault: true },
        },
      ],
    },
    { code: 5, when: 'there is no such provisioning type', input: { ProvisioningTypeDefault: 7 } },
    denied(),
    notPrimordial(),
    {
      code: 48_002,
      when: 'the pool has no such setting',
      given: NO_PARITY,
      input: { ResiliencySettingNameDefault: 'Parity' },
    },
    poolFailed(),
    poolReadOnly(),
    { code: 49_000, when: 'there is no such setting', input: { ResiliencySettingNameDefault: 'x' } },
    {
      code: 50_005,
      when: 'WriteCacheSizeDefault is the largest number',
      input: { WriteCacheSizeDefault: 18_446_744_073_709_551_615n },
    },
  ]),
  ofPool('SetAttributes', [
    {
      code: 0,
      when: 'the values are some that there are',
      input: { RepairPolicy: 2, RetireMissingPhysicalDisks: 3, ThinProvisioningAlertThresholds: [80, 90] },
      shows: [
        {
          get: POOL,
          has: { RepairPolicy: 2, RetireMissingPhysicalDisks: 3, ThinProvisioningAlertThresholds: [80, 90] },
        },
      ],
    },
    {
      code: 0,
      when: 'it is to be read-only, and nothing besides',
      input: { IsReadOnly: true },
      shows: [{ get: POOL, has: { IsReadOnly: true, ReadOnlyReason: 2 } }],
    },
    { code: 5, when: 'IsReadOnly is not set alone, or there is no such value', input: { RepairPolicy: 7 } },
    denied(),
    notPrimordial(),
    poolFailed(),
    poolReadOnly({ ClearOnDeallocate: true }),
    {
      code: 48_009,
      when: 'there are more than ten thresholds',
      input: { ThinProvisioningAlertThresholds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
    },
  ]),
  ofPool('Upgrade', [
    {
      code: 0,
      when: 'the pool can be written',
      given: [set(POOL, { Version: 1 })],
      shows: [{ get: POOL, has: { Version: 3 } }],
    },
    { code: 1, when: 'the pool is the primordial one', on: PRIMORDIAL },
    denied(),
    poolReadOnly(),
  ]),
];
