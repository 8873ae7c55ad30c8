import type { MethodTable, ReachedCode } from '../method-table.js';
import { denied } from '../storage-management/storage-reasons.js';
import { because } from '../table-paths.js';
import { poolFailed, poolReadOnly, setting, spaceTables, WITH_POOL } from './space-reasons.js';

const SETTING = '$setting';
const ofSetting = spaceTables('MSFT_ResiliencySetting', SETTING, [...WITH_POOL, setting('Mirror')]);
const good = { NumberOfColumnsDefault: 1 };
const beyond = (code: number, name: string, value: number | bigint): ReachedCode => ({
  ...{ code, when: `${name}Default is none of the setting`, input: { [`${name}Default`]: value } },
});

export const settingTables: readonly MethodTable[] = [
  ofSetting(
    'SetDefaults',
    [
      {
        code: 0,
        when: 'the defaults are within the limits of the setting',
        input: { NumberOfDataCopiesDefault: 3, PhysicalDiskRedundancyDefault: 2, InterleaveDefault: 65_536n },
        shows: [
          {
            get: SETTING,
            has: { NumberOfDataCopiesDefault: 3, PhysicalDiskRedundancyDefault: 2, InterleaveDefault: 65_536n },
          },
        ],
      },
      { code: 5, when: 'no default is given, or a number of columns and that it be chosen' },
      denied(good),
      poolFailed(good),
      poolReadOnly(good),
      beyond(49_002, 'PhysicalDiskRedundancy', 3),
      beyond(49_003, 'NumberOfDataCopies', 4),
      beyond(49_005, 'Interleave', 1n),
      beyond(49_006, 'NumberOfColumns', 33),
    ],
    because('the primordial pool has no settings', 48_000),
  ),
];
