import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { type MethodTable, type ReachedCode, type Reasons, type Shown, withUnreached } from '../method-table.js';

const SYSTEM = 'Win32_OperatingSystem=@';
const COMPUTER = 'Win32_ComputerSystem.Name="SRV01"';
const service = (name: string) => `Win32_Service.Name="${name}"`;
const process = (id: number) => `Win32_Process.Handle="${id}"`;

function table(className: string, on: string) {
  return (method: string, reached: readonly ReachedCode[], reasons: Reasons = {}): MethodTable => ({
    ...{ namespace: 'root/cimv2', className, method, on },
    codes: withUnreached(reached, reasons),
  });
}

const ofSystem = table('Win32_OperatingSystem', SYSTEM);
const ofComputer = table('Win32_ComputerSystem', COMPUTER);

/** After the machine has been started again. */
const started: readonly Shown[] = [
  { get: SYSTEM, has: { LastBootUpTime: CimDateTime.parse('20261130080000.000000+000') } },
  { gone: process(3020) },
  { get: COMPUTER, has: { UserName: null } },
  { get: service('Spooler'), has: { State: 'Running', StartMode: 'Auto' } },
  { get: service('TermService'), has: { State: 'Stopped', ExitCode: 1077 } },
  { associatorsOf: COMPUTER, by: 'Win32_SystemProcesses', miss: [process(3020), process(1480)] },
];

const again = 'the machine starts again';
const wrongFlags = { code: 87, when: 'the flags are none of those', input: { Flags: 3 } };

const system: readonly MethodTable[] = [
  ofSystem('Reboot', [{ code: 0, when: `always: ${again}`, shows: started }]),
  ofSystem('Shutdown', [{ code: 0, when: `always: ${again} when somebody starts it`, shows: started }]),
  ofSystem('Win32Shutdown', [
    {
      code: 0,
      when: `1, 2, 8, each with 4 or without: ${again}, by itself after 2`,
      input: { Flags: 6 },
      shows: started,
    },
    {
      code: 0,
      when: '0 or 4: who is logged on is no more',
      input: { Flags: 0 },
      shows: [
        { gone: process(3020) },
        { get: COMPUTER, has: { UserName: null } },
        { get: process(1480), has: { Name: 'spoolsv.exe' } },
      ],
    },
    wrongFlags,
  ]),
  ofSystem('Win32ShutdownTracker', [
    { code: 0, when: 'as Win32Shutdown, after Timeout seconds', input: { Timeout: 0, Flags: 2 }, shows: started },
    wrongFlags,
    {
      code: 1190,
      when: 'one is on its way',
      given: [{ call: { method: 'Win32ShutdownTracker', on: SYSTEM, input: { Timeout: 600, Flags: 2 } } }],
      input: { Timeout: 600, Flags: 2 },
    },
  ]),
  ofSystem('SetDateTime', [
    {
      code: 0,
      when: 'a moment is given: the clock of the machine goes on from there',
      input: { LocalDatetime: CimDateTime.parse('20300101120000.000000+000') },
      shows: [
        { get: SYSTEM, has: { LocalDateTime: CimDateTime.parse('20300101120000.000000+000') } },
        // 26 hours before, as ever.
        { get: SYSTEM, has: { LastBootUpTime: CimDateTime.parse('20291231100000.000000+000') } },
      ],
    },
    { code: 87, when: 'none is given, or an interval' },
    {
      ...{ code: 87, when: 'it is before 1601, or after 9998: the clock does not show it' },
      input: { LocalDatetime: CimDateTime.parse('99991231235959.000000+000') },
    },
  ]),
];

const reboot = { call: { method: 'Reboot', on: SYSTEM } };

const computer: readonly MethodTable[] = [
  ofComputer('Rename', [
    {
      code: 0,
      when: 'the name is one of a computer: it is that of this one after the next start, wherever it stood',
      input: { Name: 'SRV09' },
      then: [reboot],
      shows: [
        { get: 'Win32_ComputerSystem.Name="SRV09"', has: { Name: 'SRV09', DNSHostName: 'srv09', Caption: 'SRV09' } },
        { gone: COMPUTER },
        { associatorsOf: 'Win32_ComputerSystem.Name="SRV09"', by: 'Win32_SystemServices', find: [service('Spooler')] },
        { get: service('Spooler'), has: { SystemName: 'SRV09' } },
        { get: SYSTEM, has: { CSName: 'SRV09' } },
        { get: 'Win32_UserAccount.Domain="SRV09",Name="lab"', has: { Caption: 'SRV09\\lab' } },
      ],
    },
    {
      code: 87,
      when: 'it is missing, longer than 15 characters, digits alone, or has others than letters, digits and hyphens',
      input: { Name: 'no name' },
    },
  ]),
  ofComputer(
    'JoinDomainOrWorkgroup',
    [
      {
        code: 0,
        when: 'FJoinOptions without 1: the computer is in the workgroup after the next start',
        input: { Name: 'LABGROUP' },
        then: [reboot],
        shows: [
          { get: COMPUTER, has: { PartOfDomain: false, Workgroup: 'LABGROUP', Domain: 'LABGROUP', DomainRole: 2 } },
        ],
      },
      {
        code: 0,
        when: 'with 1, and 32 when it is in a domain: in the domain',
        input: { Name: 'lab.example', FJoinOptions: 33 },
        given: [{ set: COMPUTER, to: { PartOfDomain: false, DomainRole: 2 } }],
        then: [reboot],
        shows: [{ get: COMPUTER, has: { PartOfDomain: true, Domain: 'lab.example', DomainRole: 3 } }],
      },
      { code: 87, when: 'the name is missing, or none of a domain or workgroup' },
      {
        code: 1326,
        when: 'a user is named without a password',
        input: { Name: 'lab.example', UserName: 'LAB\\lab', FJoinOptions: 33 },
      },
      { code: 1355, when: 'the lab has no such domain', input: { Name: 'nowhere.example', FJoinOptions: 33 } },
      {
        code: 2691,
        when: 'it is in a domain, and FJoinOptions has no 32',
        input: { Name: 'lab.example', FJoinOptions: 1 },
      },
    ],
    {
      5: 'who may call it, roles say before it runs: the call ends with a fault',
      110: 'there is no controller that could not be reached',
      1323: 'there is no controller that could refuse a password',
      2224: 'a lab does not list the accounts of computers',
      2692: "to leave a domain is UnjoinDomainOrWorkgroup's",
      2147750023: 'over any connection the call is taken',
    },
  ),
  ofComputer('UnjoinDomainOrWorkgroup', [
    {
      code: 0,
      when: 'it is in a domain: after the next start it is in WORKGROUP',
      then: [reboot],
      shows: [{ get: COMPUTER, has: { PartOfDomain: false, Workgroup: 'WORKGROUP' } }],
    },
    { code: 2692, when: 'it is in none', given: [{ set: COMPUTER, to: { PartOfDomain: false } }] },
  ]),
];

/** The methods of Win32_OperatingSystem and Win32_ComputerSystem. */
export const systemTables: readonly MethodTable[] = [...system, ...computer];
