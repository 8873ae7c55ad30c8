import type { MethodTable } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';

const CLASS = 'Win32_NTEventlogFile';
const log = (name: string) => objectPath(CLASS, { Name: `c:\\windows\\system32\\winevt\\logs\\${name}.evtx` });
const event = (Logfile: string, number: number) => `Win32_NTLogEvent.Logfile="${Logfile}",RecordNumber=${number}`;
const file = (Name: string) => objectPath('CIM_DataFile', { Name });

const table = tablesOn(CLASS, log('application'));
const denied = { code: 8, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] };
const noFolder = { ArchiveFileName: 'c:\\none\\app.evtx' };

export const eventLogTables: readonly MethodTable[] = [
  table('ClearEventLog', [
    {
      code: 0,
      when: 'always; what it held is saved before where a file is named',
      input: { ArchiveFileName: 'C:\\Tools\\App.evtx' },
      shows: [
        { get: log('application'), has: { NumberOfRecords: 0 } },
        { gone: event('Application', 1) },
        { get: log('system'), has: { NumberOfRecords: 6 } },
        { get: event('System', 6), has: { EventCode: 104, InsertionStrings: ['lab', 'Application'] } },
        { get: file('c:\\tools\\app.evtx'), has: { FileName: 'app', Extension: 'evtx', FileSize: 71_680n } },
      ],
    },
    denied,
    { code: 21, when: 'the file to save to is in no folder', input: noFolder },
  ]),
  table('BackupEventlog', [
    {
      code: 0,
      when: 'the file is not there yet',
      input: { ArchiveFileName: 'C:\\Tools\\App.evtx' },
      shows: [
        { get: file('c:\\tools\\app.evtx'), has: { FileSize: 71_680n, FileType: 'evtx File' } },
        { get: log('application'), has: { NumberOfRecords: 4 } },
      ],
    },
    denied,
    { code: 21, when: 'the file is in no folder', input: noFolder },
    { code: 80, when: 'the file is there', input: { ArchiveFileName: 'c:\\tools\\readme.txt' } },
  ]),
];
