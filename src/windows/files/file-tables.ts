import type { MethodTable, ReachedCode, Reasons, Shown, TableValues } from '../method-table.js';
import { securityDescriptor } from '../security/security-descriptor.js';
import { SYSTEM } from '../security/well-known-sids.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';

const file = (Name: string) => objectPath('CIM_DataFile', { Name });
const folder = (Name: string) => objectPath('Win32_Directory', { Name });
const README = file('c:\\tools\\readme.txt');
const DOCS = folder('c:\\tools\\docs');
/** A program that runs. */
const RUNNING = file('c:\\windows\\explorer.exe');
const FAT: ReachedCode['given'] = [
  { set: objectPath('Win32_LogicalDisk', { DeviceID: 'C:' }), to: { FileSystem: 'FAT32' } },
];

const ALL = [0, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21];

/** Why a code is not answered, unless a method does so. */
const REASONS: Reasons = {
  2: 'what the method needs is a privilege, which has a code of its own',
  8: 'nothing fails for reasons that nobody knows',
  9: 'only methods that make a file are given a name, and the path of a file that there is not is a fault before',
  10: 'only methods that make a file find one in their way',
  11: 'every file system can do that',
  12: 'every Windows that there still is can do that',
  13: 'only Rename cannot go to another drive',
  14: 'a folder goes with what is in it',
  15: 'a file that is open lets that be done',
  16: 'the method begins with the file that it is called on',
  17: 'the method needs rights to the file, and no privilege',
  21: 'no parameter can be wrong',
};

const denied: ReachedCode = { code: 2, when: 'the caller may only read', given: [NO_ADMINISTRATORS] };
const open: ReachedCode = { code: 15, when: 'a process runs it', on: RUNNING };
const notNtfs: ReachedCode = { code: 11, when: 'the drive has another file system', given: FAT };
const noPrivilege: ReachedCode = { code: 17, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] };
const noStart: ReachedCode = {
  code: 16,
  when: 'StartFileName is none of the files',
  input: { StartFileName: 'c:\\none' },
};

const copied = 'c:\\tools\\docs\\readme.txt';
const newName: readonly ReachedCode[] = [
  { code: 9, when: 'the name is none, or in no folder', input: { FileName: 'c:\\none\\readme.txt' } },
  { code: 10, when: 'there is such a file', input: { FileName: 'c:\\tools\\labtool.exe' } },
  { code: 21, when: 'there is no name', input: { FileName: '' } },
];
const copy: readonly ReachedCode[] = [
  {
    code: 0,
    when: 'the folder is there',
    input: { FileName: copied },
    shows: [
      { get: file(copied), has: { FileSize: 2048n, Path: '\\tools\\docs\\', FileName: 'readme', Extension: 'txt' } },
      { get: README, has: { FileSize: 2048n } },
    ],
  },
  { ...denied, input: { FileName: copied } },
  { code: 8, when: 'a folder would come into itself', on: DOCS, input: { FileName: 'c:\\tools\\docs\\docs' } },
  ...newName,
];

const descriptor = securityDescriptor(
  SYSTEM.sid,
  [{ sid: SYSTEM.sid, accessMask: 0x1f01ff, isDenied: false, flags: 0 }],
  'Win32_',
);
const secured = { SecurityDescriptor: descriptor, Option: 4 };

/** A file that only the system may use is not deleted by anybody else. */
function shut(on: string): readonly Shown[] {
  return [{ call: { method: 'Delete', on }, answers: { ReturnValue: 2 } }];
}

const secure: readonly ReachedCode[] = [
  { code: 0, when: 'the caller may change the list', input: secured, shows: shut(README) },
  { ...denied, input: secured },
  { ...notNtfs, input: secured },
  { ...noPrivilege, when: 'owner or SACL, and no administrator', input: { ...secured, Option: 1 } },
  { code: 21, when: 'no part is named', input: { ...secured, Option: 0 } },
];

function compressed(Compressed: boolean): readonly ReachedCode[] {
  return [
    { code: 0, when: 'the drive has NTFS', shows: [{ get: README, has: { Compressed } }] },
    denied,
    notNtfs,
    open,
  ];
}

const removed: readonly ReachedCode[] = [
  { code: 0, when: 'nobody has it open', shows: [{ gone: README }] },
  denied,
  open,
];

/** Only methods of files that make one have something to show; the owner is shown by no class. */
const owned: readonly ReachedCode[] = [
  { code: 0, when: 'the caller is an administrator', shows: [{ get: README, has: { Status: 'OK' } }] },
  notNtfs,
  noPrivilege,
];

function ofFiles(method: string, reached: readonly ReachedCode[]): MethodTable {
  return tablesOn('CIM_DataFile', README)(method, reached, REASONS);
}

/** With the method of the same name that goes through trees. */
function withTree(method: string, reached: readonly ReachedCode[], input: TableValues = {}): readonly MethodTable[] {
  return [
    ofFiles(method, reached),
    ofFiles(`${method}Ex`, [...reached, { ...noStart, input: { ...input, ...noStart.input } }]),
  ];
}

/** The same methods of folders, which differ in what they show. */
function ofFolders(method: string, shows: readonly Shown[], input?: TableValues): MethodTable {
  const reached = [{ code: 0, when: 'with what is in it', shows, ...(input && { input }) }];
  return tablesOn('Win32_Directory', DOCS)(method, reached, because('as with files', ...ALL));
}

const GUIDE = 'c:\\tools\\docs\\guide.txt';
const moved: readonly Shown[] = [{ get: file('c:\\tools\\papers\\guide.txt'), has: { Path: '\\tools\\papers\\' } }];
const papers = { FileName: 'C:\\Tools\\Papers' };

export const fileTables: readonly MethodTable[] = [
  ...withTree('Copy', copy, { FileName: copied }),
  ofFiles('Rename', [
    {
      code: 0,
      when: 'the name is free',
      input: { FileName: 'c:\\tools\\read.me' },
      shows: [{ gone: README }, { get: file('c:\\tools\\read.me'), has: { Extension: 'me', FileSize: 2048n } }],
    },
    { ...denied, input: { FileName: 'c:\\tools\\read.me' } },
    ...newName,
    { code: 13, when: 'the name is on another drive', input: { FileName: 'd:\\readme.txt' } },
    { ...open, input: { FileName: 'c:\\windows\\exp.exe' } },
  ]),
  ...withTree('Delete', removed),
  ...withTree('Compress', compressed(true)),
  ...withTree('Uncompress', compressed(false)),
  ...withTree('TakeOwnerShip', owned),
  ...withTree('ChangeSecurityPermissions', secure, secured),
  ofFolders('Copy', [...moved, { get: file(GUIDE), has: { FileSize: 4096n } }], papers),
  ofFolders('Rename', [...moved, { gone: file(GUIDE) }, { gone: DOCS }], papers),
  ofFolders('Delete', [{ gone: DOCS }, { gone: file(GUIDE) }]),
  ofFolders('Compress', [
    { get: file(GUIDE), has: { Compressed: true } },
    { get: DOCS, has: { Compressed: true } },
  ]),
  ofFolders('ChangeSecurityPermissions', shut(file(GUIDE)), secured),
];
