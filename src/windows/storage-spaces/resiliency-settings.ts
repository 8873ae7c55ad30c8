import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { acrossFrom } from '../across-from.js';
import { MethodRefusal } from '../method-refusal.js';
import { managing } from '../storage-management/managing.js';
import { DONE, StorageCode } from '../storage-management/storage-code.js';
import { isWithin } from './layouts.js';
import { POOL_TO_SETTING, SETTING_CLASS } from './pool-rows.js';
import { checkPool } from './space-checks.js';

/** Properties with limits, and the code for what is beyond them. */
const LIMITED: Readonly<Record<string, number>> = {
  NumberOfDataCopies: StorageCode.copies,
  PhysicalDiskRedundancy: StorageCode.redundancy,
  NumberOfColumns: StorageCode.columns,
  Interleave: StorageCode.interleave,
};

/** How virtual disks of a pool are made where a call does not say it. */
export const resiliencySettings = defineProvider(SETTING_CLASS, {
  methods: {
    SetDefaults: managing(async (setting, input, context) => {
      const [pool] = await acrossFrom(context.store, setting.path, POOL_TO_SETTING, [
        'ResiliencySetting',
        'StoragePool',
      ]);
      if (pool) await checkPool(pool, context);
      const given = Object.keys(LIMITED).flatMap((name) => defaultOf(setting, name, input[`${name}Default`]));
      const isAutomatic = input.AutoNumberOfColumns === true;
      if (isAutomatic && given.some(([name]) => name === 'NumberOfColumnsDefault'))
        throw new MethodRefusal(StorageCode.invalidParameter, 'AutoNumberOfColumns and a number exclude each other');
      if (given.length === 0 && !isAutomatic)
        throw new MethodRefusal(StorageCode.invalidParameter, 'no default is given');
      const values = Object.fromEntries(given);
      await context.store.put(setting.with({ ...values, ...(isAutomatic && { NumberOfColumnsDefault: null }) }));
      return DONE;
    }),
  },
  instances: {},
});

/** @throws MethodRefusal */
function defaultOf(setting: CimInstance, name: string, given: CimValue | undefined): readonly [string, CimValue][] {
  if (typeof given !== 'number' && typeof given !== 'bigint') return [];
  if (isWithin(setting, name, given)) return [[`${name}Default`, given]];
  throw new MethodRefusal(LIMITED[name] ?? StorageCode.invalidParameter, `${name} ${given} is none that there is`);
}
