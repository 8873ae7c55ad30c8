import type { Arrangement, MethodTable, TableValues } from '../method-table.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import {
  atStart,
  dirty,
  drive,
  remote,
  showsAtStart,
  showsClean,
  VOLUME_C,
  VOLUME_D,
  VOLUME_E,
} from './logical-disk-tables.js';
import { VOLUME_CLASS } from './volume-rows.js';

const ofVolume = tablesOn(VOLUME_CLASS, VOLUME_D);
const GIBIBYTE = 1_073_741_824n;
const denied = (code: number, input: TableValues = {}) => ({
  ...{ code, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS], input },
});
const set = (to: TableValues): readonly Arrangement[] => [{ set: VOLUME_D, to }];
const folder = (Name: string): Arrangement => ({ add: objectPath('Win32_Directory', { Name }) });
const unknown = (code: number) => because('nothing fails for reasons that nobody knows', code);
const NOT_CANCELLED = 'nobody can call it off';

const ofDefrag = {
  ...because('the model keeps no table of files that could be corrupt', 5),
  ...because(NOT_CANCELLED, 6, 7),
  ...because('there is one engine, which does as it is told', 9, 10),
  ...unknown(11),
};
const cannotDefrag = [
  denied(1),
  { code: 2, when: 'the volume is no local one with a file system', on: VOLUME_E },
  { code: 3, when: 'the volume has to be checked', given: dirty },
];
const running = (method: string) => ({
  code: 8,
  when: 'the volume is being defragmented or analysed',
  given: [{ begin: { method: 'DefragAnalysis', on: VOLUME_C } }],
  on: VOLUME_C,
  ...(method === 'Defrag' && { input: { Force: true } }),
});

export const volumeTables: readonly MethodTable[] = [
  ofVolume('Chkdsk', [
    { code: 0, when: 'the file system is known', given: dirty, input: { FixErrors: true }, shows: showsClean },
    {
      code: 1,
      when: 'FixErrors and OkToRunAtBootUp are true, and the volume is in use: it holds the system or a page file',
      on: VOLUME_C,
      input: { FixErrors: true, OkToRunAtBootUp: true },
      shows: [showsAtStart('autocheck autochk /p \\??\\C:', 'autocheck autochk *')],
    },
    { code: 2, when: 'chkdsk does not check its file system', given: set({ FileSystem: 'ReFS' }) },
    { code: 3, when: 'it has no file system', given: set({ FileSystem: null }) },
    { code: 4, when: 'there is no medium', on: VOLUME_E },
    {
      code: 5,
      when: 'FixErrors is true, the volume is in use, and OkToRunAtBootUp is not true',
      on: VOLUME_C,
      input: { FixErrors: true },
    },
  ]),
  ofVolume(
    'DefragAnalysis',
    [
      {
        code: 0,
        when: 'nothing works on the volume',
        on: VOLUME_C,
        shows: [{ answers: { DefragRecommended: true } }],
      },
      ...cannotDefrag,
      running('DefragAnalysis'),
    ],
    { ...ofDefrag, ...because('an analysis needs no room', 4) },
  ),
  ofVolume(
    'Defrag',
    [
      {
        code: 0,
        when: '15 percent of the volume are free, or Force is true',
        input: { Force: true },
        shows: [
          { call: { method: 'DefragAnalysis', on: VOLUME_D }, answers: { ReturnValue: 0, DefragRecommended: false } },
        ],
      },
      ...cannotDefrag,
      { code: 4, when: 'less than 15 percent are free, and Force is not true' },
      running('Defrag'),
    ],
    ofDefrag,
  ),
  ofVolume(
    'Format',
    [
      {
        code: 0,
        when: 'nothing uses the volume',
        input: { FileSystem: 'NTFS', QuickFormat: true, Label: 'Fresh' },
        shows: [
          { get: VOLUME_D, has: { Label: 'Fresh', FileSystem: 'NTFS', FreeSpace: 213_909_504_000n } },
          { get: drive('D:'), has: { VolumeName: 'Fresh', FreeSpace: 213_909_504_000n } },
          { gone: objectPath('Win32_Directory', { Name: 'd:\\data' }) },
        ],
      },
      { code: 1, when: 'there is no such file system', input: { FileSystem: 'ext4' } },
      {
        code: 2,
        when: 'the volume is that of a compact disc',
        given: [{ set: VOLUME_E, to: { Capacity: GIBIBYTE, FileSystem: 'CDFS' } }],
        on: VOLUME_E,
      },
      denied(3),
      { code: 6, when: 'its Access is 1, readable', given: set({ Access: 1 }) },
      { code: 7, when: 'the volume is in use', on: VOLUME_C },
      { code: 10, when: 'no volume may be called so', input: { Label: 'x'.repeat(33) } },
      { code: 11, when: 'there is no medium', on: VOLUME_E },
      {
        code: 12,
        when: 'FAT32 would have less than 65525 clusters',
        given: set({ Capacity: 33_554_432n }),
        input: { FileSystem: 'FAT32' },
      },
      {
        code: 13,
        when: 'FAT32 is asked for on more than 32 GiB, or FAT on more than 4',
        input: { FileSystem: 'FAT32' },
      },
      {
        code: 14,
        when: 'it is dismounted',
        given: [{ call: { method: 'Dismount', on: VOLUME_D } }],
      },
      { code: 15, when: 'ClusterSize is none that the file system has', input: { ClusterSize: 256 } },
      { code: 16, when: 'ClusterSize is more than the file system has', input: { ClusterSize: 4_194_304 } },
      {
        code: 17,
        when: 'it would have 2^32 clusters or more',
        given: set({ Capacity: 4096n * GIBIBYTE }),
        input: { ClusterSize: 512 },
      },
    ],
    {
      ...because(NOT_CANCELLED, 4, 5),
      ...because('every volume can be formatted quickly', 8),
      ...because('no drive of the model has a bad sector', 9),
      ...unknown(18),
    },
  ),
  ofVolume(
    'Mount',
    [
      {
        code: 0,
        when: 'always',
        given: [{ call: { method: 'Dismount', on: VOLUME_D } }],
        shows: [{ get: VOLUME_D, has: { Availability: 3 } }],
      },
      denied(1),
    ],
    unknown(2),
  ),
  ofVolume('Dismount', [
    { code: 0, when: 'nothing uses the volume', shows: [{ get: VOLUME_D, has: { Availability: 8, Automount: true } }] },
    {
      code: 0,
      when: 'it is for good, and the volume is seen nowhere',
      given: set({ DriveLetter: null }),
      input: { Permanent: true },
      shows: [{ get: VOLUME_D, has: { Availability: 8, Automount: false } }],
    },
    denied(1),
    { code: 2, when: 'it is for good, and the volume has a letter or a mount point', input: { Permanent: true } },
    {
      code: 3,
      when: 'it is for good, and the volume no local disk',
      on: VOLUME_E,
      input: { Permanent: true },
    },
    { code: 4, when: 'the volume is in use, and Force is not true', on: VOLUME_C },
  ]),
  ofVolume(
    'AddMountPoint',
    [
      {
        code: 0,
        when: 'the folder is there, empty, and on NTFS',
        given: [folder('c:\\mount')],
        input: { Directory: 'C:\\Mount\\' },
        shows: [
          {
            associatorsOf: VOLUME_D,
            by: 'Win32_MountPoint',
            find: [objectPath('Win32_Directory', { Name: 'c:\\mount' })],
          },
        ],
      },
      denied(1, { Directory: 'C:\\Mount' }),
      { code: 2, when: 'Directory is no absolute path', input: { Directory: 'Mount' } },
      { code: 3, when: 'the folder is not empty', input: { Directory: 'C:\\Windows' } },
      { code: 4, when: 'there is no such folder', input: { Directory: 'C:\\None' } },
      { code: 5, when: 'the folder is on no NTFS', input: { Directory: 'E:\\Mount' } },
    ],
    unknown(6),
  ),
  ofVolume('ScheduleAutoChk', [
    {
      code: 0,
      when: 'all are local drives',
      input: { Volume: ['D:\\'] },
      shows: [showsAtStart('autocheck autochk /m \\??\\D:', 'autocheck autochk *')],
    },
    ...atStart('Volume', remote),
  ]),
  ofVolume('ExcludeFromAutoChk', [
    {
      code: 0,
      when: 'all are local drives',
      input: { Volume: ['D:\\'] },
      shows: [showsAtStart('autocheck autochk /k:D *')],
    },
    ...atStart('Volume', remote),
  ]),
];
