import type { MethodTable, TableValues } from '../method-table.js';
import { physical, poolFailed, poolReadOnly, reasons, spaceTables } from '../storage-spaces/space-reasons.js';
import { denied } from './storage-reasons.js';

/** One of a pool. */
const DISK = physical(3);
const ofDisk = spaceTables('MSFT_PhysicalDisk', DISK);

const setter = (method: string, right: TableValues, wrong: TableValues, when: string, shown: TableValues = right) =>
  ofDisk(
    method,
    [
      { code: 0, when: 'the value is one that there is', input: right, shows: [{ get: DISK, has: shown }] },
      { code: 5, when, input: wrong },
      denied(right),
      poolFailed(right),
      poolReadOnly(right),
    ],
    reasons,
  );

export const physicalDiskTables: readonly MethodTable[] = [
  setter('SetFriendlyName', { FriendlyName: 'Spare' }, { FriendlyName: '' }, 'FriendlyName is missing'),
  setter('SetDescription', { Description: 'Spare' }, { Description: '' }, 'Description is missing'),
  setter('SetUsage', { Usage: 3 }, { Usage: 9 }, 'there is no such usage'),
  setter('SetAttributes', { MediaType: 4 }, { MediaType: 9 }, 'there is no such MediaType'),
  setter('Maintenance', { EnableIndication: true }, {}, 'EnableIndication is missing', { IsIndicationEnabled: true }),
  setter('SetWriteCache', { WriteCacheEnabled: true }, {}, 'WriteCacheEnabled is missing', {
    IsWriteCacheEnabled: true,
  }),
];
