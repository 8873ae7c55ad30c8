import type { Arrangement, MethodTable, Shown } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { ProfileCode } from './profiles.js';

const CLASS = 'Win32_UserProfile';
const profile = (SID: string) => objectPath(CLASS, { SID });
const BEFORE = 'S-1-5-21-1682556277-1471864719-1604327289-500';
const OTHER = 'S-1-5-21-1000000001-1000000002-1000000003-1105';
const AFTER = 'S-1-5-21-1682556277-1471864719-1604327289-1200';
const table = tablesOn(CLASS, profile(BEFORE));

const key = (sid: string, ReturnValue: number): Shown => ({
  call: {
    ...{ method: 'EnumValues', on: 'StdRegProv' },
    input: { sSubKeyName: `SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${sid}` },
  },
  answers: { ReturnValue },
});
const moved = (from: string, to: string): readonly Shown[] => [
  { get: profile(to), has: { LocalPath: 'C:\\Users\\Administrator' } },
  ...[{ gone: profile(from) }, key(from, 2), key(to, 0)],
];
const folder = objectPath('Win32_Directory', { Name: 'c:\\users\\svc-lab' });
const closed: Arrangement = { set: profile(OTHER), to: { Loaded: false } };
const hasFolder: Arrangement = { add: folder };
const to = (NewOwnerSID: string, Flags = 0) => ({ input: { NewOwnerSID, Flags } });

/** Codes are HRESULTs of Windows' errors, of which the page names one. */
export const profileTables: readonly MethodTable[] = [
  table('ChangeOwner', [
    {
      ...{ code: ProfileCode.success, when: 'the new owner has no profile', ...to(AFTER) },
      shows: moved(BEFORE, AFTER),
    },
    {
      ...{
        code: ProfileCode.success,
        when: 'it has one, and Flags has bit 0: that is a profile no more',
        ...to(OTHER, 1),
      },
      ...{ given: [closed, hasFolder], shows: [...moved(BEFORE, OTHER), { get: folder, has: {} }] },
    },
    {
      ...{ code: ProfileCode.success, when: 'Flags has bit 1 besides: its files are gone, too', ...to(OTHER, 3) },
      ...{ given: [closed, hasFolder], shows: [...moved(BEFORE, OTHER), { gone: folder }] },
    },
    { code: ProfileCode.alreadyExists, when: 'it has one, and Flags has no bit 0', given: [closed], ...to(OTHER) },
    {
      ...{ code: ProfileCode.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
      ...to(AFTER),
    },
    { code: ProfileCode.inUse, when: 'the profile is loaded, or special', on: profile(OTHER), ...to(AFTER) },
    { code: ProfileCode.invalidSid, when: 'NewOwnerSID is none', ...to('Administrator') },
  ]),
];
