import type { Arrangement, MethodTable, ReachedCode, Shown } from '../method-table.js';
import { objectPath, tablesOn } from '../table-paths.js';
import { LOGICAL_DISK_CLASS, VOLUME_CLASS } from './volume-rows.js';

export const drive = (DeviceID: string) => objectPath(LOGICAL_DISK_CLASS, { DeviceID });
export const volume = (last: string) =>
  objectPath(VOLUME_CLASS, { DeviceID: `\\\\?\\Volume{11111111-2222-3333-4444-${last}}\\` });
export const VOLUME_C = volume('000000000001');
export const VOLUME_D = volume('000000000002');
export const VOLUME_E = volume('555555555555');

/** D: with errors in it, as both classes show it. */
export const dirty: readonly Arrangement[] = [
  { set: VOLUME_D, to: { DirtyBitSet: true } },
  { set: drive('D:'), to: { VolumeDirty: true } },
];
const clean: readonly Shown[] = [
  { get: drive('D:'), has: { VolumeDirty: false } },
  { get: VOLUME_D, has: { DirtyBitSet: false } },
];

/** D: has no errors any more. */
export const showsClean = clean;

/** What Windows runs before it starts, which is in the registry. */
export const showsAtStart = (...sValue: readonly string[]): Shown => ({
  call: {
    method: 'GetMultiStringValue',
    on: 'StdRegProv',
    input: { sSubKeyName: 'SYSTEM\\CurrentControlSet\\Control\\Session Manager', sValueName: 'BootExecute' },
  },
  answers: { ReturnValue: 0, sValue: [...sValue] },
});

/** The codes of both methods that tell what is checked at the next start. */
export function atStart(parameter: string, codeOfRemote: Arrangement): readonly ReachedCode[] {
  return [
    { code: 1, when: 'a drive is of another computer', given: [codeOfRemote], input: { [parameter]: ['D:'] } },
    { code: 2, when: 'the medium of a drive can be removed', input: { [parameter]: ['E:'] } },
    { code: 3, when: 'more is named than the root of a drive', input: { [parameter]: ['C:\\Windows'] } },
    { code: 4, when: 'there is no such drive', input: { [parameter]: ['Q:'] } },
  ];
}

export const remote: Arrangement = { set: drive('D:'), to: { DriveType: 4 } };
const ofDrive = tablesOn(LOGICAL_DISK_CLASS, drive('D:'));

export const logicalDiskTables: readonly MethodTable[] = [
  ofDrive('Chkdsk', [
    { code: 0, when: 'the file system is known', given: dirty, input: { FixErrors: true }, shows: clean },
    {
      code: 1,
      when: 'FixErrors and OKToRunAtBootUp are true, and the drive is in use: it holds the system or a page file',
      on: drive('C:'),
      input: { FixErrors: true, OKToRunAtBootUp: true },
      shows: [showsAtStart('autocheck autochk /p \\??\\C:', 'autocheck autochk *')],
    },
    { code: 2, when: 'it has no file system', given: [{ set: drive('D:'), to: { FileSystem: null } }] },
    {
      code: 3,
      when: 'FixErrors is true, the drive is in use, and OKToRunAtBootUp is not true',
      on: drive('C:'),
      input: { FixErrors: true },
    },
    {
      code: 4,
      when: 'chkdsk does not check its file system',
      given: [{ set: drive('D:'), to: { FileSystem: 'ReFS' } }],
    },
  ]),
  ofDrive('ScheduleAutoChk', [
    {
      code: 0,
      when: 'all are local drives',
      input: { LogicalDisk: ['D:'] },
      shows: [showsAtStart('autocheck autochk /m \\??\\D:', 'autocheck autochk *')],
    },
    ...atStart('LogicalDisk', remote),
  ]),
  ofDrive('ExcludeFromAutochk', [
    {
      code: 0,
      when: 'all are local drives',
      input: { LogicalDisk: ['C:', 'D:'] },
      shows: [showsAtStart('autocheck autochk /k:CD *')],
    },
    ...atStart('LogicalDisk', remote),
  ]),
];
