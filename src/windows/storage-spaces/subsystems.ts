import { defineProvider } from '../../cim/contracts/define-provider.js';
import { MethodRefusal } from '../method-refusal.js';
import { managing } from '../storage-management/managing.js';
import { DONE, StorageCode } from '../storage-management/storage-code.js';
import { createPool } from './create-pool.js';
import { givenText } from './space-checks.js';
import { perform } from './storage-jobs.js';

/** What the making of a pool takes, in milliseconds. */
const POOL_TIME = 2000;

/** Storage Spaces: pools are made of disks, and virtual disks of pools, by those who choose the pool. */
export const subsystems = defineProvider('MSFT_StorageSubSystem', {
  otherMethods: 'not-supported',
  methods: {
    CreateStoragePool: managing((subsystem, input, context) =>
      perform(input, context, { name: 'CreateStoragePool', time: POOL_TIME, about: [subsystem] }, async (inWork) => ({
        ...DONE,
        CreatedStoragePool: await createPool(subsystem, input, inWork),
      })),
    ),

    SetDescription: managing(async (subsystem, { Description }, { store }) => {
      await store.put(subsystem.with({ Description: givenText(Description, 'Description') }));
      return DONE;
    }),

    SetAttributes: managing(async (subsystem, { AutomaticClusteringEnabled }, { store }) => {
      if (typeof AutomaticClusteringEnabled !== 'boolean')
        throw new MethodRefusal(StorageCode.invalidParameter, 'AutomaticClusteringEnabled is missing');
      await store.put(subsystem.with({ AutomaticClusteringEnabled }));
      return DONE;
    }),
  },
  instances: {},
});
