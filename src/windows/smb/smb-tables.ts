import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { SMB_SHARE, smbKeys } from './show-shares.js';
import { SmbError } from './smb-shares.js';

const CLASS = `${SMB_SHARE.namespace}:${SMB_SHARE.className}`;
const table = tablesOn(SMB_SHARE.className, CLASS, SMB_SHARE.namespace);
const TOOLS = objectPath(CLASS, smbKeys('Tools'));
const made = (more: TableValues = {}): TableValues => ({ Name: 'Tools', Path: 'C:\\Tools', ...more });
const noScope: ReachedCode = {
  code: SmbError.invalidParameter,
  when: 'ScopeName is another one than *',
  input: made({ ScopeName: 'CLUSTER' }),
};

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
];
