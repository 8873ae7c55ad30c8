import type { MethodTable } from '../method-table.js';
import { securityDescriptor } from '../security/security-descriptor.js';
import { ADMINISTRATORS, EVERYONE, USERS } from '../security/well-known-sids.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';

const CLASS = 'Win32_LogicalShareSecuritySetting';
const DATA = objectPath(CLASS, { Name: 'Data' });
const FOR_USERS = securityDescriptor(
  ADMINISTRATORS.sid,
  [{ sid: USERS.sid, accessMask: 0x1301bf, isDenied: false, flags: 0 }],
  'Win32_',
);
const sid = (SID: string) => objectPath('Win32_SID', { SID });
const table = tablesOn(CLASS, DATA);
const unreached = {
  ...because('nothing fails for reasons that nobody knows', 8),
  ...because('a caller without a privilege is no administrator: 2', 9),
};

export const shareSecurityTables: readonly MethodTable[] = [
  table('GetSecurityDescriptor', [{ code: 0, when: 'always', shows: [{ answers: { ReturnValue: 0 } }] }], {
    ...unreached,
    ...because('everybody may read it', 2),
    ...because('it has no parameters', 21),
  }),
  table(
    'SetSecurityDescriptor',
    [
      {
        code: 0,
        when: 'Descriptor is one',
        input: { Descriptor: FOR_USERS },
        shows: [
          { call: { method: 'GetSecurityDescriptor', on: DATA }, answers: { Descriptor: FOR_USERS } },
          { associatorsOf: DATA, by: 'Win32_LogicalShareAccess', find: [sid(USERS.sid)] },
          { associatorsOf: DATA, by: 'Win32_LogicalShareAccess', miss: [sid(EVERYONE.sid)] },
          {
            call: { method: 'GetAccessMask', on: objectPath('Win32_Share', { Name: 'Data' }) },
            // The owner may change the descriptor as well.
            answers: { ReturnValue: 0x1701bf },
          },
        ],
      },
      { code: 2, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
      { code: 21, when: 'Descriptor is missing' },
    ],
    unreached,
  ),
];
