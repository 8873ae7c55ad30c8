import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import type { OnInstance } from '../on-instance.js';
import { poolWith } from '../storage-spaces/pool-rows.js';
import { checkWritable, givenText } from '../storage-spaces/space-checks.js';
import { physicalDiskValues } from './disk-values.js';
import { managing } from './managing.js';
import { DONE, StorageCode } from './storage-code.js';

/** Numbers that stand for something. @throws MethodRefusal */
function oneOf(allowed: readonly number[], given: CimValue | undefined, name: string): number {
  if (typeof given === 'number' && allowed.includes(given)) return given;
  throw new MethodRefusal(StorageCode.invalidParameter, `${name} is none of ${allowed.join(', ')}`);
}

/** @throws MethodRefusal */
function flag(given: CimValue | undefined, name: string): boolean {
  if (typeof given === 'boolean') return given;
  throw new MethodRefusal(StorageCode.invalidParameter, `${name} is missing`);
}

/** Changes a disk, whose pool, when it is in one, can be changed. */
function changing(change: (input: Parameters<OnInstance>[1]) => Readonly<Record<string, CimValue>>) {
  return managing(async (disk, input, { store }) => {
    const pool = await poolWith(store, disk.path);
    if (pool) await checkWritable(pool, store);
    await store.put(disk.with(change(input)));
    return DONE;
  });
}

/** Disks as pools have them: what they are made of is said by the drives of root/cimv2. */
export const physicalDisks = defineProvider('MSFT_PhysicalDisk', {
  otherMethods: 'not-supported',
  methods: {
    SetFriendlyName: changing(({ FriendlyName }) => ({ FriendlyName: givenText(FriendlyName, 'FriendlyName') })),
    SetDescription: changing(({ Description }) => ({ Description: givenText(Description, 'Description') })),
    SetUsage: changing(({ Usage }) => ({ Usage: oneOf([1, 2, 3, 4, 5], Usage, 'Usage') })),
    SetAttributes: changing(({ MediaType }) => ({ MediaType: oneOf([0, 3, 4, 5], MediaType, 'MediaType') })),
    Maintenance: changing((input) => ({ IsIndicationEnabled: flag(input.EnableIndication, 'EnableIndication') })),
    SetWriteCache: changing((input) => ({ IsWriteCacheEnabled: flag(input.WriteCacheEnabled, 'WriteCacheEnabled') })),
  },
  instances: {},
  derived: physicalDiskValues,
});
