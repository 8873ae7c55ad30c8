import { CimInstance } from '../../cim/model/cim-instance.js';
import type { Arrangement, MethodTable, ReachedCode, Shown, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { SMB_SHARE, smbKeys } from './show-shares.js';
import { SmbError } from './smb-error.js';

const CLASS = `${SMB_SHARE.namespace}:${SMB_SHARE.className}`;
const table = tablesOn(SMB_SHARE.className, CLASS, SMB_SHARE.namespace);
const TOOLS = objectPath(CLASS, smbKeys('Tools'));
const made = (more: TableValues = {}): TableValues => ({ Name: 'Tools', Path: 'C:\\Tools', ...more });
const noScope: ReachedCode = {
  code: SmbError.invalidParameter,
  when: 'ScopeName is another one than *',
  input: made({ ScopeName: 'CLUSTER' }),
};

const DATA = objectPath(CLASS, smbKeys('Data'));
const onData = tablesOn(SMB_SHARE.className, DATA, SMB_SHARE.namespace);
/** What administrators, who own a share, may do with it though all is denied: read and mend the list. */
const OWNER = 0x60000;
const AUDIT: TableValues = { AccountName: ['Authenticated Users'] };

/** An entry of the share Data, as the methods show it. */
const entry = (AccountName: string, AccessControlType: number, AccessRight: number) =>
  new CimInstance('MSFT_SmbShareAccessControlEntry', [
    ...Object.entries({ Name: 'Data', ScopeName: '*', AccountName, AccessControlType, AccessRight }),
  ]);
const everyone = entry('Everyone', 0, 2);
const own = (type: number, right: number) => entry('NT AUTHORITY\\Authenticated Users', type, right);
const listed = (...entries: readonly CimInstance[]): Shown => ({
  call: { method: 'GetAccessControlEntries', on: DATA },
  answers: { Output: entries },
});
const entryRefusals = (input: TableValues): readonly ReachedCode[] => [
  { code: SmbError.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS], input },
  { code: SmbError.invalidParameter, when: 'AccountName is missing', input: { ...input, AccountName: [] } },
  { code: SmbError.noneMapped, when: 'there is no such account', input: { ...input, AccountName: ['nobody'] } },
];
const before = (method: string, input: TableValues): Arrangement => ({ call: { method, on: DATA, input } });

/** The page documents no codes: these are of WinError.h and LMErr.h. */
export const smbTables: readonly MethodTable[] = [
  table('CreateShare', [
    {
      code: 0,
      when: 'the folder is there, and no such share',
      input: made({ Description: 'Tools', ConcurrentUserLimit: 5 }),
      shows: [
        { get: TOOLS, has: { Path: 'C:\\Tools', ShareType: 0, Special: false, ShareState: 1, ConcurrentUserLimit: 5 } },
        { get: 'Win32_Share.Name="Tools"', has: { Path: 'C:\\Tools', MaximumAllowed: 5, Description: 'Tools' } },
      ],
    },
    {
      code: 0,
      when: 'the accounts that are to have access are there',
      input: made({ FullAccess: ['BUILTIN\\Administrators'], NoAccess: ['Users'] }),
      shows: [
        {
          call: { method: 'GetAccessControlEntries', on: TOOLS },
          answers: {
            Output: [entry('BUILTIN\\Users', 1, 0), entry('BUILTIN\\Administrators', 0, 0)].map((one) =>
              one.with({ Name: 'Tools' }),
            ),
          },
        },
      ],
    },
    {
      code: 0,
      when: 'what else is said of it is something that there is',
      input: made({ EncryptData: true, FolderEnumerationMode: 0, CachingMode: 2 }),
      shows: [{ get: TOOLS, has: { EncryptData: true, FolderEnumerationMode: 0, CachingMode: 2, Temporary: false } }],
    },
    {
      code: 0,
      when: 'it is Temporary: there until the next start',
      input: made({ Temporary: true }),
      then: [{ call: { method: 'Reboot', on: 'Win32_OperatingSystem=@' } }],
      shows: [{ gone: TOOLS }, { gone: 'Win32_Share.Name="Tools"' }],
    },
    {
      code: 0,
      when: 'SecurityDescriptor says who has access',
      input: made({ SecurityDescriptor: 'D:(A;;FA;;;BA)' }),
      shows: [
        {
          call: { method: 'GetAccessControlEntries', on: TOOLS },
          answers: { Output: [entry('BUILTIN\\Administrators', 0, 0).with({ Name: 'Tools' })] },
        },
      ],
    },
    {
      code: SmbError.invalidParameter,
      when: 'SecurityDescriptor is no SDDL with a list',
      input: made({ SecurityDescriptor: 'O:BA' }),
    },
    { code: SmbError.invalidParameter, when: 'there is no such CachingMode', input: made({ CachingMode: 9 }) },
    {
      code: SmbError.invalidParameter,
      when: 'it is to be continuously available, and the computer is in no cluster',
      input: made({ ContinuouslyAvailable: true }),
    },
    { code: SmbError.noneMapped, when: 'one of them is not', input: made({ ReadAccess: ['nobody'] }) },
    { code: SmbError.pathNotFound, when: 'there is no such folder', input: made({ Path: 'C:\\None' }) },
    { code: SmbError.accessDenied, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS], input: made() },
    noScope,
    { code: SmbError.exists, when: 'there is such a share', input: made({ Name: 'data' }) },
  ]),
  table('EnumerateShares', [
    { code: 0, when: 'always', shows: [{ answers: { ReturnValue: 0 } }] },
    { ...noScope, input: { ScopeName: 'CLUSTER' } },
  ]),
  table('GetShare', [
    { code: 0, when: 'there is the share', input: { ShareName: 'Data' }, shows: [{ answers: { ReturnValue: 0 } }] },
    { ...noScope, input: { ScopeName: 'CLUSTER', ShareName: 'Data' } },
    { code: SmbError.notFound, when: 'there is none', input: { ShareName: 'None' } },
  ]),
  onData('GetAccessControlEntries', [
    { code: 0, when: 'the caller is an administrator', shows: [{ answers: { Output: [everyone] } }] },
    { code: SmbError.accessDenied, when: 'the caller is none', given: [NO_ADMINISTRATORS] },
  ]),
  onData('GrantAccess', [
    {
      code: 0,
      when: 'there are such accounts: what allowed them something else before is gone',
      given: [before('GrantAccess', { ...AUDIT, AccessRight: 0 })],
      input: { ...AUDIT, AccessRight: 1 },
      shows: [{ answers: { Output: [everyone, own(0, 1)] } }, listed(everyone, own(0, 1))],
    },
    ...entryRefusals({ ...AUDIT, AccessRight: 1 }),
    { code: SmbError.invalidParameter, when: 'there is no such AccessRight', input: { ...AUDIT, AccessRight: 3 } },
  ]),
  onData('RevokeAccess', [
    {
      code: 0,
      when: 'there are such accounts: what allowed them something is gone',
      given: [before('GrantAccess', { ...AUDIT, AccessRight: 0 }), before('BlockAccess', AUDIT)],
      input: AUDIT,
      shows: [listed(own(1, 0), everyone)],
    },
    ...entryRefusals(AUDIT),
  ]),
  onData('BlockAccess', [
    {
      code: 0,
      when: 'there are such accounts: they are denied all',
      input: AUDIT,
      shows: [
        listed(own(1, 0), everyone),
        { call: { method: 'GetAccessMask', on: 'Win32_Share.Name="Data"' }, answers: { ReturnValue: OWNER } },
      ],
    },
    ...entryRefusals(AUDIT),
  ]),
  onData('UnblockAccess', [
    {
      code: 0,
      when: 'there are such accounts: what denied them something is gone',
      given: [before('BlockAccess', AUDIT)],
      input: AUDIT,
      shows: [listed(everyone)],
    },
    ...entryRefusals(AUDIT),
  ]),
];
