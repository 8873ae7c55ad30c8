import { defineProvider } from '../../cim/contracts/define-provider.js';

/** Disk drives: how many partitions they have is counted. */
export const diskDrives = defineProvider('Win32_DiskDrive', {
  methods: {},
  instances: {},
  derived: {
    Partitions: async (drive, { namespace, store }) => {
      const index = drive.get('Index');
      if (typeof index !== 'number') return drive.get('Partitions');
      return (await store.findEqual(namespace, ['Win32_DiskPartition'], 'DiskIndex', index))?.length ?? 0;
    },
  },
});
