import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { MethodRefusal } from '../method-refusal.js';
import { physicalDiskValues, poolValues } from './disk-values.js';
import { managing } from './managing.js';
import { DONE, StorageCode } from './storage-code.js';

/** Numbers that stand for something. @throws MethodRefusal */
function oneOf(allowed: readonly number[], given: CimValue | undefined, name: string): number {
  if (typeof given === 'number' && allowed.includes(given)) return given;
  throw new MethodRefusal(StorageCode.invalidParameter, `${name} is none of ${allowed.join(', ')}`);
}

/** A text that has to be there. @throws MethodRefusal */
function text(given: CimValue | undefined, name: string): string {
  if (typeof given === 'string' && given !== '') return given;
  throw new MethodRefusal(StorageCode.invalidParameter, `${name} is missing`);
}

/** Disks as pools have them: what they are made of is said by the drives of root/cimv2. */
export const physicalDisks = defineProvider('MSFT_PhysicalDisk', {
  methods: {
    SetFriendlyName: managing(async (disk, { FriendlyName }, { store }) => {
      await store.put(disk.with({ FriendlyName: text(FriendlyName, 'FriendlyName') }));
      return DONE;
    }),

    SetDescription: managing(async (disk, { Description }, { store }) => {
      await store.put(disk.with({ Description: text(Description, 'Description') }));
      return DONE;
    }),

    SetUsage: managing(async (disk, { Usage }, { store }) => {
      await store.put(disk.with({ Usage: oneOf([1, 2, 3, 4, 5], Usage, 'Usage') }));
      return DONE;
    }),

    SetAttributes: managing(async (disk, { MediaType }, { store }) => {
      await store.put(disk.with({ MediaType: oneOf([0, 3, 4, 5], MediaType, 'MediaType') }));
      return DONE;
    }),
  },
  instances: {},
  derived: physicalDiskValues,
});

/** The pool of disks that are in no other. */
export const pools = defineProvider('MSFT_StoragePool', { methods: {}, instances: {}, derived: poolValues });
