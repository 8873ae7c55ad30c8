import type { Arrangement, MethodTable, TableValues } from '../method-table.js';
import { drive, VOLUME_D } from '../storage/logical-disk-tables.js';
import { because, objectPath } from '../table-paths.js';
import { common, denied, managedVolume, tablesOf } from './storage-reasons.js';

const [SYSTEM, DATA, DISC] = ['000000000001', '000000000002', '555555555555'].map(managedVolume);
const ofData = tablesOf('MSFT_Volume', managedVolume('000000000002'));
const set = (to: TableValues): readonly Arrangement[] => [{ set: VOLUME_D, to }];
const GIBIBYTE = 1_073_741_824n;
const onDisc = { ...(DISC !== undefined && { on: DISC }) };
const onSystem = { ...(SYSTEM !== undefined && { on: SYSTEM }) };
const shown = DATA ?? '';

export const managedVolumeTables: readonly MethodTable[] = [
  ofData(
    'Format',
    [
      {
        code: 0,
        when: 'the machine does not start from it',
        input: { FileSystem: 'ReFS', FileSystemLabel: 'Fresh', AllocationUnitSize: 65_536 },
        shows: [
          {
            get: shown,
            has: { FileSystem: 'ReFS', FileSystemType: 15, FileSystemLabel: 'Fresh', SizeRemaining: 213_909_504_000n },
          },
          { get: VOLUME_D, has: { BlockSize: 65_536n } },
          { get: drive('D:'), has: { FileSystem: 'ReFS', VolumeName: 'Fresh' } },
          { gone: objectPath('Win32_Directory', { Name: 'd:\\data' }) },
        ],
      },
      { code: 5, when: 'no volume may be called so', input: { FileSystemLabel: 'x'.repeat(33) } },
      denied(),
      { code: 42_010, when: 'the machine starts from it', ...onSystem },
      { code: 43_000, when: 'AllocationUnitSize is none that the file system has', input: { AllocationUnitSize: 100 } },
      { code: 43_001, when: 'the file system is none that is made on this volume', input: { FileSystem: 'ext4' } },
      {
        code: 43_003,
        when: 'it would have 2^32 clusters or more',
        given: set({ Capacity: 4096n * GIBIBYTE }),
        input: { AllocationUnitSize: 512 },
      },
      { code: 43_006, when: 'its Access in root/cimv2 is 1, readable', given: set({ Access: 1 }) },
    ],
    {
      ...common,
      ...because('no drive of the model has a bad sector', 40_004),
      ...because('every volume can be formatted quickly', 43_002),
      ...because('no file system of discs is made', 43_004),
      ...because('43000 says so', 43_005),
    },
  ),
  ofData(
    'SetFileSystemLabel',
    [
      {
        code: 0,
        when: 'a volume may be called so',
        input: { FileSystemLabel: 'Named' },
        shows: [
          { get: shown, has: { FileSystemLabel: 'Named' } },
          { get: drive('D:'), has: { VolumeName: 'Named' } },
          { get: VOLUME_D, has: { Label: 'Named' } },
        ],
      },
      denied(),
      { code: 5, when: 'no volume may be called so', input: { FileSystemLabel: 'x'.repeat(33) } },
    ],
    common,
  ),
  ofData(
    'Optimize',
    [
      {
        code: 0,
        when: 'Analyze or Defrag is true',
        input: { Defrag: true },
        shows: [{ call: { method: 'DefragAnalysis', on: VOLUME_D }, answers: { DefragRecommended: false } }],
      },
      {
        code: 1,
        when: 'the volume is no local one, or something else is asked for',
        ...onDisc,
        input: { Analyze: true },
      },
      denied(),
    ],
    common,
  ),
  ofData(
    'Repair',
    [
      {
        code: 0,
        when: 'the volume has NTFS',
        given: set({ DirtyBitSet: true }),
        input: { SpotFix: true },
        shows: [
          { get: shown, has: { HealthStatus: 0 } },
          { get: VOLUME_D, has: { DirtyBitSet: false } },
        ],
      },
      {
        code: 0,
        when: 'it is a scan, which finds errors',
        given: set({ DirtyBitSet: true }),
        input: { Scan: true },
        shows: [{ answers: { Output: 1 } }, { get: shown, has: { HealthStatus: 1 } }],
      },
      {
        code: 4,
        when: 'it is done off line, and the volume is in use',
        ...onSystem,
        input: { OfflineScanAndFix: true },
      },
      { code: 5, when: 'more or less than one thing is asked for' },
      denied(),
      { code: 43_001, when: 'its file system is not NTFS', given: set({ FileSystem: 'ReFS' }), input: { Scan: true } },
      { code: 43_006, when: 'it is mended, and read-only', given: set({ Access: 1 }), input: { SpotFix: true } },
      { code: 43_014, when: 'it has no file system', given: set({ FileSystem: null }), input: { Scan: true } },
    ],
    {
      ...common,
      ...because('no drive of the model has a bad sector', 40_004),
      ...because('what is tried, works', 43_007, 43_008),
      ...because('a scan makes no snapshot', 43_009, 43_011, 43_012),
      ...because('scans do not hinder each other', 43_010),
      ...because('every volume can be written directly', 43_013),
    },
  ),
  ofData(
    'GetSupportedFileSystems',
    [
      {
        code: 0,
        when: 'the volume can be formatted',
        shows: [{ answers: { SupportedFileSystems: ['NTFS', 'ReFS', 'exFAT'] } }],
      },
      { code: 1, when: 'the volume is no local one', ...onDisc },
      denied(),
    ],
    common,
  ),
  ofData(
    'GetSupportedClusterSizes',
    [
      {
        code: 0,
        when: 'there is such a file system',
        input: { FileSystem: 'ReFS' },
        shows: [{ answers: { SupportedClusterSizes: [4096, 8192, 16_384, 32_768, 65_536] } }],
      },
      { code: 5, when: 'there is no such file system', input: { FileSystem: 'x' } },
      denied(),
    ],
    common,
  ),
  ofData(
    'GetCorruptionCount',
    [
      {
        code: 0,
        when: 'always, for administrators',
        given: set({ DirtyBitSet: true }),
        shows: [{ answers: { CorruptionCount: 1 } }],
      },
      denied(),
    ],
    common,
  ),
];
