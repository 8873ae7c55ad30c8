import { CimInstance } from '../../cim/model/cim-instance.js';
import { type MethodTable, type ReachedCode, type Reasons, withUnreached } from '../method-table.js';

const service = (name: string) => `Win32_Service.Name="${name}"`;
const process = (id: number) => `Win32_Process.Handle="${id}"`;
const SYSTEM = 'Win32_ComputerSystem.Name="SRV01"';

/** Why a method of services does not answer a code, where it is not among those that it reaches. */
const REASONS: Reasons = {
  1: 'every request is one that the model knows',
  2: 'who may call it, roles say before it runs: the call ends with a fault',
  3: 'it does not stop the service',
  4: 'it sends the service no control that could be refused',
  5: 'it sends the service no control',
  6: 'a service that does not run answers 5, as Windows does',
  7: 'it does not wait for the service',
  8: 'nothing fails in a model for a reason that nobody knows',
  9: 'it does not look for the program: Windows does when the service is started',
  10: 'it does not start the service',
  11: 'nobody locks the database of a model',
  12: 'it starts nothing that the service needs',
  13: 'it starts nothing that the service needs',
  14: 'it does not start the service',
  15: 'it does not log the service on',
  16: 'one that is to be deleted runs until it is stopped, and can be controlled',
  17: 'no program runs that could lack a thread',
  18: 'it does not say what the service needs',
  19: 'it gives no name',
  20: 'it gives no name',
  21: 'it has no parameter that could be wrong',
  22: 'it names no account',
  23: 'it creates nothing',
  24: 'it does not pause the service',
};

const SECURITY_REASONS: Reasons = { ...REASONS, 9: 'privileges are a matter of roles: the call ends with a fault' };

function table(method: string, on: string, reached: readonly ReachedCode[], reasons = REASONS): MethodTable {
  return { namespace: 'root/cimv2', className: 'Win32_Service', method, on, codes: withUnreached(reached, reasons) };
}

const call = (method: string, name: string, input = {}) => ({ call: { method, on: service(name), input } });
const MARKED = {
  when: 'the service is to be deleted as soon as it has stopped',
  on: service('Spooler'),
  given: [call('Delete', 'Spooler')],
};
const stopped = { when: 'the service is stopped', on: service('W32Time') };

const startService = table('StartService', service('W32Time'), [
  {
    code: 0,
    when: 'the service is stopped, and what it needs runs or can be started',
    shows: [
      {
        get: service('W32Time'),
        has: { State: 'Running', Started: true, AcceptStop: true, ExitCode: 0, ProcessId: 3024 },
      },
      { get: process(3024), has: { Name: 'svchost.exe', ParentProcessId: 612 } },
      { associatorsOf: SYSTEM, by: 'Win32_SystemProcesses', find: [process(3024)] },
    ],
  },
  {
    code: 0,
    when: 'what it needs is stopped: that is started before it',
    on: service('WinTarget'),
    given: [
      { set: service('RpcSs'), to: { State: 'Stopped', ProcessId: 0 } },
      { set: service('WinTarget'), to: { State: 'Stopped', ProcessId: 0 } },
    ],
    shows: [{ get: service('RpcSs'), has: { State: 'Running' } }],
  },
  {
    code: 7,
    when: 'the lab gives it a WaitHint of more than 30 seconds',
    given: [{ set: service('W32Time'), to: { WaitHint: 60_000 } }],
  },
  {
    code: 9,
    when: 'its program is not among the files of the machine',
    given: [{ set: service('W32Time'), to: { PathName: 'C:\\Nowhere\\time.exe' } }],
  },
  { code: 10, when: 'it runs, is paused, or is on its way', on: service('Spooler') },
  {
    code: 12,
    when: 'a service that it needs is not there, or is to be deleted',
    on: service('BITS'),
    given: [{ remove: service('RpcSs') }],
  },
  {
    code: 13,
    when: 'a service that it needs does not start',
    on: service('BITS'),
    given: [{ set: service('RpcSs'), to: { State: 'Stopped', StartMode: 'Disabled' } }],
  },
  { code: 14, when: 'its StartMode is Disabled', on: service('RemoteRegistry') },
  {
    code: 15,
    when: 'the account of its StartName is disabled, locked out, or not there any more',
    given: [{ set: service('W32Time'), to: { StartName: 'SRV01\\Guest' } }],
  },
  { code: 16, ...MARKED },
  {
    code: 18,
    when: 'it needs, in the end, itself',
    given: [
      { set: service('RpcSs'), to: { State: 'Stopped' } },
      { tie: 'Win32_DependentService', ends: { Antecedent: service('BITS'), Dependent: service('W32Time') } },
      { tie: 'Win32_DependentService', ends: { Antecedent: service('W32Time'), Dependent: service('RpcSs') } },
    ],
  },
]);

const stopService = table('StopService', service('Spooler'), [
  {
    code: 0,
    when: 'the service runs or is paused, and takes it',
    shows: [
      { get: service('Spooler'), has: { State: 'Stopped', Started: false, AcceptStop: false, ProcessId: 0 } },
      { gone: process(1480) },
      { associatorsOf: SYSTEM, by: 'Win32_SystemProcesses', miss: [process(1480)] },
    ],
  },
  { code: 3, when: 'a service that needs it runs', on: service('LanmanWorkstation') },
  { code: 4, when: 'its AcceptStop is false', on: service('Dnscache') },
  { code: 5, ...stopped },
]);

const pauseService = table('PauseService', service('Winmgmt'), [
  {
    code: 0,
    when: 'its AcceptPause is true',
    shows: [{ get: service('Winmgmt'), has: { State: 'Paused', Started: true } }],
  },
  { code: 4, when: 'its AcceptPause is false', on: service('Spooler') },
  { code: 5, ...stopped },
  { code: 24, when: 'it is paused', given: [call('PauseService', 'Winmgmt')] },
]);

const resumeService = table('ResumeService', service('Winmgmt'), [
  {
    code: 0,
    when: 'it is paused; one that runs goes on',
    given: [call('PauseService', 'Winmgmt')],
    shows: [{ get: service('Winmgmt'), has: { State: 'Running' } }],
  },
  { code: 4, when: 'its AcceptPause is false', on: service('Spooler') },
  { code: 5, ...stopped },
]);

const interrogateService = table('InterrogateService', service('Spooler'), [
  { code: 0, when: 'it runs or is paused; nothing changes, but that one whose time on the way is over has arrived' },
  { code: 5, ...stopped },
]);

const userControlService = table(
  'UserControlService',
  service('Spooler'),
  [
    { code: 4, when: 'the service does not know the code', input: { ControlCode: 200 } },
    { code: 5, ...stopped, input: { ControlCode: 200 } },
    { code: 21, when: "the code is below 128, and so the system's", input: { ControlCode: 5 } },
  ],
  { 0: 'no service of a lab knows codes of its own', ...REASONS },
);

const change = table('Change', service('MSiSCSI'), [
  {
    code: 0,
    when: 'all that is given is right; what is left out stays',
    input: { DisplayName: 'Lab initiator', StartMode: 'Automatic', StartName: 'SRV01\\lab', ErrorControl: 2 },
    shows: [
      {
        get: service('MSiSCSI'),
        has: {
          DisplayName: 'Lab initiator',
          Caption: 'Lab initiator',
          StartMode: 'Auto',
          StartName: 'SRV01\\lab',
          ErrorControl: 'Severe',
        },
      },
    ],
  },
  {
    code: 0,
    when: 'services that it needs are named',
    input: { ServiceDependencies: ['Spooler'] },
    shows: [{ associatorsOf: service('MSiSCSI'), by: 'Win32_DependentService', find: [service('Spooler')] }],
  },
  { code: 16, ...MARKED, input: { DisplayName: 'Printing' } },
  {
    code: 18,
    when: 'it would need, in the end, itself',
    on: service('RpcSs'),
    input: { ServiceDependencies: ['Spooler'] },
  },
  { code: 19, when: 'another service has the name', input: { DisplayName: 'Print Spooler' } },
  { code: 20, when: 'the display name is empty or has more than 256 characters', input: { DisplayName: '' } },
  { code: 21, when: 'StartMode, ServiceType or ErrorControl is none of a service', input: { StartMode: 'Sometimes' } },
  { code: 22, when: 'there is no account of the name', input: { StartName: 'SRV01\\Nobody' } },
]);

const changeStartMode = table('ChangeStartMode', service('W32Time'), [
  {
    code: 0,
    when: 'the mode is Automatic, Manual or Disabled',
    input: { StartMode: 'Disabled' },
    shows: [{ get: service('W32Time'), has: { StartMode: 'Disabled' } }],
  },
  { code: 16, ...MARKED, input: { StartMode: 'Manual' } },
  { code: 21, when: "there is no such mode, or it is a driver's", input: { StartMode: 'Boot' } },
]);

const NEW = { Name: 'labsvc', DisplayName: 'Lab service', PathName: 'C:\\Tools\\labtool.exe -serve' };

const create = table('Create', 'Win32_Service', [
  {
    code: 0,
    when: 'the name is free and all that is given is right',
    input: { ...NEW, StartMode: 'Manual', ServiceDependencies: ['RpcSs'] },
    shows: [
      {
        get: service('labsvc'),
        has: { State: 'Stopped', StartMode: 'Manual', PathName: NEW.PathName, StartName: 'LocalSystem' },
      },
      { associatorsOf: SYSTEM, by: 'Win32_SystemServices', find: [service('labsvc')] },
      { associatorsOf: service('labsvc'), by: 'Win32_DependentService', find: [service('RpcSs')] },
    ],
  },
  {
    code: 16,
    when: 'a service of the name is to be deleted as soon as it has stopped',
    given: [call('Delete', 'Spooler')],
    input: { ...NEW, Name: 'Spooler' },
  },
  { code: 18, when: 'it would need itself', input: { ...NEW, ServiceDependencies: ['labsvc'] } },
  { code: 19, when: 'another service has the display name', input: { ...NEW, DisplayName: 'Print Spooler' } },
  { code: 20, when: 'the name is empty, too long, or has a slash', input: { ...NEW, Name: 'lab/svc' } },
  { code: 21, when: 'Name or PathName is missing, or a value is none of a service', input: { Name: 'labsvc' } },
  { code: 22, when: 'there is no account of the name', input: { ...NEW, StartName: 'SRV01\\Nobody' } },
  { code: 23, when: 'there is a service or driver of the name', input: { ...NEW, Name: 'spooler' } },
]);

const deletion = table('Delete', service('W32Time'), [
  {
    code: 0,
    when: 'it is stopped: it is gone',
    shows: [
      { gone: service('W32Time') },
      { associatorsOf: SYSTEM, by: 'Win32_SystemServices', miss: [service('W32Time')] },
    ],
  },
  {
    code: 0,
    when: 'it runs: it is gone when it has stopped',
    on: service('Spooler'),
    then: [call('StopService', 'Spooler')],
    shows: [{ gone: service('Spooler') }, { gone: process(1480) }],
  },
  { code: 16, ...MARKED },
]);

const DESCRIPTOR = new CimInstance('Win32_SecurityDescriptor', Object.entries({ ControlFlags: 0x8004 }));

const getSecurityDescriptor = table(
  'GetSecurityDescriptor',
  service('Spooler'),
  [{ code: 0, when: 'always: what was set, or that of a service of which nobody has said anything' }],
  SECURITY_REASONS,
);

const setSecurityDescriptor = table(
  'SetSecurityDescriptor',
  service('Spooler'),
  [
    {
      code: 0,
      when: 'a descriptor is given: it is kept and given back. It keeps nobody out: roles do',
      input: { Descriptor: DESCRIPTOR },
      shows: [
        { call: { method: 'GetSecurityDescriptor', on: service('Spooler') }, answers: { Descriptor: DESCRIPTOR } },
      ],
    },
    { code: 21, when: 'Descriptor is missing or NULL' },
  ],
  SECURITY_REASONS,
);

/** The methods of Win32_Service. */
export const serviceTables: readonly MethodTable[] = [
  startService,
  stopService,
  pauseService,
  resumeService,
  interrogateService,
  userControlService,
  change,
  changeStartMode,
  create,
  deletion,
  getSecurityDescriptor,
  setSecurityDescriptor,
];
