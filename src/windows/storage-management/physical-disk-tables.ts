import type { MethodTable, TableValues } from '../method-table.js';
import { because } from '../table-paths.js';
import { common, denied, object, tablesOf } from './storage-reasons.js';

const DISK = object('MSFT_PhysicalDisk', 'PD', '2');
const ofDisk = tablesOf('MSFT_PhysicalDisk', DISK);
const reasons = {
  ...common,
  ...because('what manages the disks is this computer', 46_000, 46_001),
  ...because('the disk is in no pool of its own', 48_006, 48_007),
};

const setter = (method: string, right: TableValues, wrong: TableValues, when: string) =>
  ofDisk(
    method,
    [
      { code: 0, when: 'the value is one that there is', input: right, shows: [{ get: DISK, has: right }] },
      { code: 5, when, input: wrong },
      denied(right),
    ],
    reasons,
  );

export const physicalDiskTables: readonly MethodTable[] = [
  setter('SetFriendlyName', { FriendlyName: 'Spare' }, { FriendlyName: '' }, 'FriendlyName is missing'),
  setter('SetDescription', { Description: 'Spare' }, { Description: '' }, 'Description is missing'),
  setter('SetUsage', { Usage: 3 }, { Usage: 9 }, 'there is no such usage'),
  setter('SetAttributes', { MediaType: 4 }, { MediaType: 9 }, 'there is no such MediaType'),
];
