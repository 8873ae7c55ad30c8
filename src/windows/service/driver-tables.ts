import { type MethodTable, type ReachedCode, withUnreached } from '../method-table.js';
import { SERVICE_REASONS } from './service-reasons.js';

const driver = (name: string) => `Win32_SystemDriver.Name="${name}"`;

function table(method: string, on: string, reached: readonly ReachedCode[], reasons = {}): MethodTable {
  const codes = withUnreached(reached, { ...reasons, ...SERVICE_REASONS });
  return { namespace: 'root/cimv2', className: 'Win32_SystemDriver', method, on, codes };
}

const isStopped = (name: string) => ({ set: driver(name), to: { State: 'Stopped' } });
const stopped = { when: 'the driver is stopped', on: driver('cdrom'), given: [isStopped('cdrom')] };
const noPause = { 0: 'no driver of a lab can be paused', 24: 'no driver of a lab can be paused' };
const NEW = {
  Name: 'labdrv',
  DisplayName: 'Lab driver',
  PathName: 'C:\\Windows\\System32\\drivers\\beep.sys',
  ServiceType: 1,
};

/** The methods of Win32_SystemDriver: those of a service, as far as a driver takes them. */
export const driverTables: readonly MethodTable[] = [
  table('StartService', driver('cdrom'), [
    {
      code: 0,
      when: 'the driver is stopped',
      given: [isStopped('cdrom')],
      shows: [{ get: driver('cdrom'), has: { State: 'Running', Started: true } }],
    },
    {
      code: 9,
      when: 'its file is not among those of the machine',
      given: [{ set: driver('cdrom'), to: { State: 'Stopped', PathName: 'C:\\Nowhere\\cdrom.sys' } }],
    },
    { code: 10, when: 'it runs', on: driver('Tcpip') },
    {
      code: 14,
      when: 'its StartMode is Disabled',
      given: [{ set: driver('cdrom'), to: { State: 'Stopped', StartMode: 'Disabled' } }],
    },
  ]),
  table('StopService', driver('Beep'), [
    {
      code: 0,
      when: 'it runs, and takes it',
      shows: [{ get: driver('Beep'), has: { State: 'Stopped', Started: false, AcceptStop: false } }],
    },
    { code: 3, when: 'a service that needs it runs', on: driver('HTTP') },
    { code: 4, when: 'its AcceptStop is false', on: driver('Tcpip') },
    { code: 5, ...stopped },
  ]),
  table(
    'PauseService',
    driver('Beep'),
    [
      { code: 4, when: 'always' },
      { code: 5, ...stopped },
    ],
    noPause,
  ),
  table(
    'ResumeService',
    driver('Beep'),
    [
      { code: 4, when: 'always' },
      { code: 5, ...stopped },
    ],
    noPause,
  ),
  table('InterrogateService', driver('Beep'), [
    { code: 0, when: 'it runs' },
    { code: 5, ...stopped },
  ]),
  table(
    'UserControlService',
    driver('Beep'),
    [
      { code: 4, when: 'the driver does not know the code', input: { ControlCode: 200 } },
      { code: 21, when: "the code is below 128, and so the system's", input: { ControlCode: 5 } },
    ],
    { 0: 'no driver of a lab knows codes of its own' },
  ),
  table('Change', driver('Beep'), [
    {
      code: 0,
      when: 'all that is given is right; what is left out stays',
      input: { DisplayName: 'Speaker', StartMode: 'Boot' },
      shows: [{ get: driver('Beep'), has: { DisplayName: 'Speaker', StartMode: 'Boot' } }],
    },
    { code: 19, when: 'another service or driver has the name', input: { DisplayName: 'Print Spooler' } },
    { code: 20, when: 'the display name is empty', input: { DisplayName: '' } },
    { code: 21, when: 'ServiceType is that of a service', input: { ServiceType: 16 } },
  ]),
  table('ChangeStartMode', driver('Beep'), [
    {
      code: 0,
      when: 'there is such a mode',
      input: { StartMode: 'System' },
      shows: [{ get: driver('Beep'), has: { StartMode: 'System' } }],
    },
    { code: 21, when: 'there is no such mode', input: { StartMode: 'Sometimes' } },
  ]),
  table('Create', 'Win32_SystemDriver', [
    {
      code: 0,
      when: 'the name is free and all that is given is right',
      input: NEW,
      shows: [{ get: driver('labdrv'), has: { State: 'Stopped', ServiceType: 'Kernel Driver', StartMode: 'Manual' } }],
    },
    { code: 20, when: 'the name has a slash', input: { ...NEW, Name: 'lab/drv' } },
    { code: 21, when: 'PathName is missing', input: { Name: 'labdrv' } },
    { code: 23, when: 'there is a service or driver of the name', input: { ...NEW, Name: 'spooler' } },
  ]),
  table('Delete', driver('Beep'), [
    {
      code: 0,
      when: 'it is stopped, or as soon as it has stopped',
      then: [{ call: { method: 'StopService', on: driver('Beep') } }],
      shows: [{ gone: driver('Beep') }],
    },
    { code: 16, when: 'it is to be deleted already', given: [{ call: { method: 'Delete', on: driver('Beep') } }] },
  ]),
];
