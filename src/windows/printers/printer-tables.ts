import { CimInstance } from '../../cim/model/cim-instance.js';
import type { Arrangement, MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { securityDescriptor } from '../security/security-descriptor.js';
import { EVERYONE, SYSTEM } from '../security/well-known-sids.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { PrintCode } from './printer-code.js';

const CLASS = 'Win32_Printer';
const printer = (DeviceID: string) => objectPath(CLASS, { DeviceID });
const job = (Name: string) => objectPath('Win32_PrintJob', { Name });

const MATRIX = objectPath('Win32_PrinterDriver', { Name: 'Contoso Matrix,3,Windows x64' });
const OFFICE = printer('Office Printer');
const PDF = printer('Microsoft Print to PDF');
const FIRST = job('Office Printer, 2');
const SECOND = job('Office Printer, 3');
const SPOOLER = objectPath('Win32_Service', { Name: 'Spooler' });

const FOR_EVERYBODY = securityDescriptor(
  SYSTEM.sid,
  [{ sid: EVERYONE.sid, accessMask: 0x20008, isDenied: false, flags: 0 }],
  'Win32_',
);

function newDriver(values: TableValues): CimInstance {
  const all = { Name: 'Contoso Matrix', Version: 3, SupportedPlatform: 'Windows x64', ...values };
  return new CimInstance('Win32_PrinterDriver', Object.entries(all));
}

const table = tablesOn(CLASS, OFFICE);
const ofJob = tablesOn('Win32_PrintJob', FIRST);

const print: Arrangement = { call: { method: 'PrintTestPage', on: OFFICE } };
const stopped: Arrangement = { set: SPOOLER, to: { State: 'Stopped', ProcessId: 0 } };
const paused: Arrangement = { call: { method: 'Pause', on: OFFICE } };
const idle = { PrinterStatus: 3, ExtendedPrinterStatus: 2, PrinterState: 0, DetectedErrorState: 0, Status: 'Unknown' };

const denied = (input: TableValues = {}, given: readonly Arrangement[] = []): ReachedCode => ({
  code: PrintCode.accessDenied,
  when: 'the caller is no administrator',
  given: [...given, NO_ADMINISTRATORS],
  input,
});
const unserved = (input: TableValues = {}, given: readonly Arrangement[] = []): ReachedCode => ({
  code: PrintCode.serverUnavailable,
  when: 'the service Spooler does not run',
  given: [...given, stopped],
  input,
});

const ofSecurity = {
  ...because('nothing fails for reasons that nobody knows', 8),
  ...because('a caller without a privilege is no administrator: 2', 9),
};

/** Methods of printers, of print jobs and of printer drivers. Besides the documented codes they answer Windows' own errors, to which the pages refer. */
export const printerTables: readonly MethodTable[] = [
  table('Pause', [
    {
      code: 0,
      when: 'always; what is in the queue stays there',
      given: [print],
      shows: [
        { get: OFFICE, has: { PrinterStatus: 1, ExtendedPrinterStatus: 8, PrinterState: 1 } },
        { get: FIRST, has: { StatusMask: 0, JobStatus: null, PagesPrinted: 0 } },
      ],
    },
    denied(),
    unserved(),
  ]),
  table('Resume', [
    {
      code: 0,
      when: 'always; the first job of the queue is printed',
      given: [paused, print],
      shows: [
        { get: OFFICE, has: { PrinterStatus: 4, ExtendedPrinterStatus: 4 } },
        { get: FIRST, has: { StatusMask: 16, JobStatus: 'Printing' } },
      ],
    },
    denied(),
    unserved(),
  ]),
  table('CancelAllJobs', [
    {
      code: 0,
      when: 'always',
      given: [print, print],
      shows: [{ gone: FIRST }, { gone: SECOND }, { get: OFFICE, has: idle }],
    },
    denied(),
    unserved(),
  ]),
  table('PrintTestPage', [
    {
      code: 0,
      when: 'always',
      shows: [
        {
          get: FIRST,
          has: {
            ...{ JobId: 2, Document: 'Test Page', Owner: 'lab', TotalPages: 1, StatusMask: 16, Status: 'OK' },
            ...{ HostPrintQueue: '\\\\SRV01', PaperSize: 'A4', Color: 'Monochrome', PrintProcessor: 'winprint' },
          },
        },
        { get: OFFICE, has: { PrinterStatus: 4, JobCountSinceLastReset: 1 } },
      ],
    },
    {
      code: 0,
      when: 'the printer does not answer; the page waits',
      given: [{ set: 'root/cimulator:CIMULATOR_NetworkDevice.Address="192.0.2.50"', to: { IsReachable: false } }],
      shows: [
        { get: FIRST, has: { StatusMask: 2, JobStatus: 'Error', Status: 'Error' } },
        { get: OFFICE, has: { ExtendedPrinterStatus: 9, DetectedErrorState: 1 } },
      ],
    },
    denied(),
    unserved(),
  ]),
  table('RenamePrinter', [
    {
      code: 0,
      when: 'nobody is called so',
      input: { NewPrinterName: 'Copy Room' },
      given: [print],
      shows: [
        { gone: OFFICE },
        { get: printer('Copy Room'), has: { Name: 'Copy Room', Caption: 'Copy Room' } },
        { get: job('Copy Room, 2'), has: { JobId: 2 } },
        {
          ...{ associatorsOf: printer('Copy Room'), by: 'Win32_PrinterSetting' },
          find: [objectPath('Win32_PrinterConfiguration', { Name: 'Copy Room' })],
        },
      ],
    },
    denied({ NewPrinterName: 'Copy Room' }),
    unserved({ NewPrinterName: 'Copy Room' }),
    { code: PrintCode.invalidName, when: 'no printer may be called so', input: { NewPrinterName: 'a,b' } },
    {
      code: PrintCode.alreadyExists,
      when: 'another printer is called so',
      input: { NewPrinterName: 'microsoft print to pdf' },
    },
  ]),
  table('SetDefaultPrinter', [
    {
      code: 0,
      when: 'always',
      shows: [
        { get: OFFICE, has: { Default: true, Attributes: 2116 } },
        { get: PDF, has: { Default: false, Attributes: 576 } },
      ],
    },
    unserved(),
  ]),
  tablesOn(CLASS, CLASS)('AddPrinterConnection', [
    {
      code: 0,
      when: 'another computer of the lab shares the printer',
      input: { Name: '\\\\srv02\\Copies' },
      shows: [
        {
          get: printer('\\\\srv02\\Copier'),
          has: { Network: true, Local: false, ServerName: '\\\\srv02', ShareName: 'Copies', Default: false },
        },
      ],
    },
    denied({ Name: '\\\\srv02\\Copies' }),
    unserved({ Name: '\\\\srv02\\Copies' }),
    { code: PrintCode.invalidName, when: 'it shares no such printer', input: { Name: '\\\\srv02\\Private' } },
    {
      code: PrintCode.incompatibleDriver,
      when: 'the driver of the printer is for another system',
      input: { Name: '\\\\srv02\\Matrix' },
    },
  ]),
  table('GetSecurityDescriptor', [{ code: 0, when: 'always', shows: [{ answers: { ReturnValue: 0 } }] }], {
    ...ofSecurity,
    ...because('everybody may read it', 2),
    ...because('it has no parameters', 21),
  }),
  table(
    'SetSecurityDescriptor',
    [
      {
        code: 0,
        when: 'Descriptor is one',
        input: { Descriptor: FOR_EVERYBODY },
        shows: [{ call: { method: 'GetSecurityDescriptor', on: OFFICE }, answers: { Descriptor: FOR_EVERYBODY } }],
      },
      { code: 2, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
      { code: 21, when: 'Descriptor is missing' },
    ],
    ofSecurity,
  ),
  {
    ...ofJob('Pause', [
      {
        code: 0,
        when: 'always; what is behind it in the queue is printed',
        given: [print],
        shows: [
          { get: FIRST, has: { StatusMask: 1, JobStatus: 'Paused' } },
          { get: SECOND, has: { StatusMask: 16, JobStatus: 'Printing' } },
        ],
      },
      denied({}, [{ set: FIRST, to: { Owner: 'somebody' } }]),
      unserved(),
    ]),
    given: [print],
  },
  {
    ...ofJob('Resume', [
      {
        code: 0,
        when: 'always',
        given: [{ call: { method: 'Pause', on: FIRST } }],
        shows: [{ get: FIRST, has: { StatusMask: 16, JobStatus: 'Printing' } }],
      },
      denied({}, [{ set: FIRST, to: { Owner: 'somebody' } }]),
      unserved(),
    ]),
    given: [print],
  },
  tablesOn('Win32_PrinterDriver', 'Win32_PrinterDriver')('AddPrinterDriver', [
    {
      code: 0,
      when: 'it comes with its file',
      input: { DriverInfo: newDriver({ InfName: 'matrix.inf' }) },
      shows: [{ get: MATRIX, has: { Version: 3, SupportedPlatform: 'Windows x64', InfName: 'matrix.inf' } }],
    },
    denied({ DriverInfo: newDriver({ InfName: 'matrix.inf' }) }),
    unserved({ DriverInfo: newDriver({ InfName: 'matrix.inf' }) }),
    {
      code: PrintCode.invalidParameter,
      when: 'its file is not there',
      input: { DriverInfo: newDriver({ InfName: 'C:\\Tools\\matrix.inf' }) },
    },
    {
      code: PrintCode.invalidParameter,
      when: 'its name is longer than 260 characters',
      input: { DriverInfo: newDriver({ Name: 'n'.repeat(261), InfName: 'matrix.inf' }) },
    },
    { code: PrintCode.unknownDriver, when: 'nobody brings it along', input: { DriverInfo: newDriver({}) } },
  ]),
];
