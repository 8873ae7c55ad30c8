import { CimInstance } from '../../cim/model/cim-instance.js';
import { type MethodTable, type ReachedCode, type Reasons, withUnreached } from '../method-table.js';

const process = (id: number | string) => `Win32_Process.Handle="${id}"`;
const SYSTEM = 'Win32_ComputerSystem.Name="SRV01"';

const REASONS: Reasons = {
  2: 'nobody is kept from it but by roles, before it runs: the call ends with a fault',
  3: 'privileges are a matter of roles: the call ends with a fault',
  8: 'nothing fails in a model for a reason that nobody knows',
  9: 'it looks for no file',
  21: 'it has no parameter that could be wrong',
};

function table(method: string, on: string, reached: readonly ReachedCode[], reasons = REASONS): MethodTable {
  return { namespace: 'root/cimv2', className: 'Win32_Process', method, on, codes: withUnreached(reached, reasons) };
}

const ofKernel = { code: 2, when: 'it is the idle process or that of the kernel', on: process(4) };
const startup = (PriorityClass: number) => new CimInstance('Win32_ProcessStartup', [['PriorityClass', PriorityClass]]);

const create = table('Create', 'Win32_Process', [
  {
    code: 0,
    when: 'the program is among the files of the machine (CIM_DataFile); by its name alone it is looked for in the folders of Windows',
    input: {
      CommandLine: 'C:\\Tools\\labtool.exe -wait',
      CurrentDirectory: 'C:\\Tools',
      ProcessStartupInformation: startup(128),
    },
    shows: [
      { answers: { ProcessId: 3024 } },
      {
        get: process(3024),
        has: {
          Name: 'labtool.exe',
          CommandLine: 'C:\\Tools\\labtool.exe -wait',
          ExecutablePath: 'C:\\Tools\\labtool.exe',
          ParentProcessId: 1844,
          SessionId: 0,
          Priority: 13,
        },
      },
      { associatorsOf: SYSTEM, by: 'Win32_SystemProcesses', find: [process(3024)] },
      { get: 'Win32_OperatingSystem=@', has: { NumberOfProcesses: 17, FreePhysicalMemory: 8379904n } },
    ],
  },
  { code: 2, when: 'a folder is named', input: { CommandLine: 'C:\\Tools' } },
  { code: 8, when: 'the file is no program', input: { CommandLine: 'C:\\Tools\\readme.txt' } },
  { code: 9, when: 'no file of the machine has the path', input: { CommandLine: 'C:\\no\\such\\file.exe' } },
  { code: 21, when: 'CommandLine is missing or empty', input: { CommandLine: ' ' } },
  {
    code: 21,
    when: 'PriorityClass of ProcessStartupInformation is none that there is',
    input: { CommandLine: 'notepad.exe', ProcessStartupInformation: startup(3) },
  },
]);

const terminate = table('Terminate', process(3020), [
  {
    code: 0,
    when: 'it is any other; those that it began stay',
    on: process(2212),
    shows: [
      { gone: process(2212) },
      { associatorsOf: SYSTEM, by: 'Win32_SystemProcesses', miss: [process(2212)] },
      { get: process(3020), has: { ParentProcessId: 2212 } },
      { get: 'Win32_OperatingSystem=@', has: { NumberOfProcesses: 15 } },
    ],
  },
  {
    code: 0,
    when: 'it is that of a service, which has stopped then',
    on: process(1480),
    shows: [{ get: 'Win32_Service.Name="Spooler"', has: { State: 'Stopped', ProcessId: 0, ExitCode: 1067 } }],
  },
  ofKernel,
]);

const getOwner = table('GetOwner', process(3020), [
  { code: 0, when: 'it is of somebody who is logged on', shows: [{ answers: { User: 'svc-lab', Domain: 'LAB' } }] },
  {
    code: 0,
    when: 'it is that of a service: its account',
    on: process(904),
    shows: [{ answers: { User: 'NETWORK SERVICE', Domain: 'NT AUTHORITY' } }],
  },
  { code: 2, when: 'it is the idle process', on: process(0) },
]);

const getOwnerSid = table('GetOwnerSid', process(3020), [
  { code: 0, when: 'as GetOwner', shows: [{ answers: { Sid: 'S-1-5-21-1000000001-1000000002-1000000003-1105' } }] },
  { code: 2, when: 'it is the idle process', on: process(0) },
]);

const setPriority = table('SetPriority', process(3020), [
  {
    code: 0,
    when: 'the class is one of 64, 16384, 32, 32768, 128, 256',
    input: { Priority: 32768 },
    shows: [{ get: process(3020), has: { Priority: 10 } }],
  },
  { ...ofKernel, input: { Priority: 32 } },
  { code: 21, when: 'there is no such class', input: { Priority: 1 } },
]);

const attachDebugger = table(
  'AttachDebugger',
  process(3020),
  [ofKernel, { code: 9, when: 'always: no debugger is installed' }],
  { 0: 'a debugger would have to run', ...REASONS },
);

const getAvailableVirtualSize = table('GetAvailableVirtualSize', process(3020), [
  { code: 0, when: 'always', shows: [{ answers: { AvailableVirtualSize: 138_534_063_849_472n } }] },
]);

/** The methods of Win32_Process. */
export const processTables: readonly MethodTable[] = [
  create,
  terminate,
  getOwner,
  getOwnerSid,
  setPriority,
  attachDebugger,
  getAvailableVirtualSize,
];
