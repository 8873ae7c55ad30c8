import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HresultError } from '../../../src/cim/model/hresult-error.js';
import { readTaskXml } from '../../../src/windows/tasks/read-task-xml.js';
import { TaskError } from '../../../src/windows/tasks/task-error.js';
import { TASK_CLASS } from '../../../src/windows/tasks/task-rows.js';
import { writeTaskXml } from '../../../src/windows/tasks/write-task-xml.js';
import { plain } from '../../support/plain-value.js';
import { labTasks } from './lab-tasks.js';

/** A definition with every kind of trigger, as the Task Scheduler writes them. */
const ALL = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Date>2026-11-30T08:00:00</Date>
    <Author>LAB\\lab</Author>
    <Description>Copies &amp; checks</Description>
    <URI>\\Lab\\All</URI>
  </RegistrationInfo>
  <Principals>
    <Principal id="Worker">
      <UserId>SYSTEM</UserId>
      <LogonType>S4U</LogonType>
      <RunLevel>HighestAvailable</RunLevel>
      <RequiredPrivileges>
        <Privilege>SeBackupPrivilege</Privilege>
        <Privilege>SeRestorePrivilege</Privilege>
      </RequiredPrivileges>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>StopExisting</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>true</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>false</Enabled>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
    <Priority>4</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>3</Count>
    </RestartOnFailure>
    <IdleSettings>
      <Duration>PT10M</Duration>
      <WaitTimeout>PT1H</WaitTimeout>
      <StopOnIdleEnd>true</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <MaintenanceSettings>
      <Period>P1D</Period>
      <Deadline>P14D</Deadline>
    </MaintenanceSettings>
  </Settings>
  <Triggers>
    <BootTrigger id="boot">
      <Delay>PT5M</Delay>
    </BootTrigger>
    <TimeTrigger>
      <Repetition>
        <Interval>PT5M</Interval>
        <Duration>P1D</Duration>
        <StopAtDurationEnd>true</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-12-01T00:00:00</StartBoundary>
      <EndBoundary>2027-01-01T00:00:00</EndBoundary>
      <Enabled>false</Enabled>
      <RandomDelay>PT30S</RandomDelay>
    </TimeTrigger>
    <CalendarTrigger>
      <StartBoundary>2026-12-01T02:00:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>2</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
    <CalendarTrigger>
      <StartBoundary>2026-12-01T02:00:00</StartBoundary>
      <ScheduleByWeek>
        <WeeksInterval>2</WeeksInterval>
        <DaysOfWeek>
          <Sunday />
          <Saturday />
        </DaysOfWeek>
      </ScheduleByWeek>
    </CalendarTrigger>
    <CalendarTrigger>
      <StartBoundary>2026-12-01T02:00:00</StartBoundary>
      <ScheduleByMonth>
        <DaysOfMonth>
          <Day>1</Day>
          <Day>31</Day>
          <Day>Last</Day>
        </DaysOfMonth>
        <Months>
          <January />
          <December />
        </Months>
      </ScheduleByMonth>
    </CalendarTrigger>
    <CalendarTrigger>
      <StartBoundary>2026-12-01T02:00:00</StartBoundary>
      <ScheduleByMonthDayOfWeek>
        <Weeks>
          <Week>1</Week>
          <Week>Last</Week>
        </Weeks>
        <DaysOfWeek>
          <Monday />
        </DaysOfWeek>
        <Months>
          <March />
        </Months>
      </ScheduleByMonthDayOfWeek>
    </CalendarTrigger>
    <LogonTrigger>
      <UserId>lab</UserId>
    </LogonTrigger>
    <IdleTrigger />
    <RegistrationTrigger />
    <SessionStateChangeTrigger>
      <StateChange>SessionUnlock</StateChange>
    </SessionStateChangeTrigger>
    <EventTrigger>
      <Subscription>&lt;QueryList /&gt;</Subscription>
      <ValueQueries>
        <Value name="id">Event/System/EventID</Value>
      </ValueQueries>
    </EventTrigger>
  </Triggers>
  <Actions Context="Worker">
    <Exec id="first">
      <Command>cmd.exe</Command>
      <Arguments>/c "dir"</Arguments>
      <WorkingDirectory>C:\\Tools</WorkingDirectory>
    </Exec>
    <ComHandler>
      <ClassId>{A31AD6C2-FF4C-43D4-8E90-7101023096F9}</ClassId>
      <Data>x</Data>
    </ComHandler>
  </Actions>
</Task>`;

const written = (text: string) => text.replaceAll('\r\n', '\n');

describe('the XML of a task', () => {
  it('says of triggers, settings, principals and actions what instances say', () => {
    const task = readTaskXml(ALL);
    expect(plain(task)).toMatchObject({
      properties: { URI: '\\Lab\\All', Description: 'Copies & checks', Author: 'LAB\\lab' },
    });
    const triggers = task.get('Triggers');
    expect(Array.isArray(triggers) && triggers.map(plain)).toMatchObject([
      { className: 'MSFT_TaskBootTrigger', properties: { Id: 'boot', Enabled: true, Delay: 'PT5M' } },
      {
        className: 'MSFT_TaskTimeTrigger',
        properties: { Enabled: false, Repetition: { properties: { Interval: 'PT5M', StopAtDurationEnd: true } } },
      },
      { className: 'MSFT_TaskDailyTrigger', properties: { DaysInterval: 2 } },
      { className: 'MSFT_TaskWeeklyTrigger', properties: { DaysOfWeek: 65, WeeksInterval: 2 } },
      {
        className: 'MSFT_TaskMonthlyTrigger',
        properties: { DaysOfMonth: 2 ** 30 + 1, RunOnLastDayOfMonth: true, MonthOfYear: 2049 },
      },
      {
        className: 'MSFT_TaskMonthlyDOWTrigger',
        properties: { WeeksOfMonth: 1, RunOnLastWeekOfMonth: true, DaysOfWeek: 2, MonthOfYear: 4 },
      },
      { className: 'MSFT_TaskLogonTrigger', properties: { UserId: 'lab' } },
      { className: 'MSFT_TaskIdleTrigger' },
      { className: 'MSFT_TaskRegistrationTrigger' },
      { className: 'MSFT_TaskSessionStateChangeTrigger', properties: { StateChange: 8 } },
      {
        className: 'MSFT_TaskEventTrigger',
        properties: { Subscription: '<QueryList />', ValueQueries: [{ properties: { Name: 'id' } }] },
      },
    ]);
    expect(plain(task.get('Settings'))).toMatchObject({
      properties: {
        ...{ MultipleInstances: 3, Enabled: false, Priority: 4, RestartCount: 3, RestartInterval: 'PT1M' },
        ...{
          AllowDemandStart: true,
          StopIfGoingOnBatteries: false,
          IdleSettings: { properties: { WaitTimeout: 'PT1H' } },
        },
        MaintenanceSettings: { properties: { Deadline: 'P14D' } },
      },
    });
    expect(plain(task.get('Principal'))).toMatchObject({
      properties: {
        Id: 'Worker',
        LogonType: 2,
        RunLevel: 1,
        RequiredPrivilege: ['SeBackupPrivilege', 'SeRestorePrivilege'],
      },
    });
  });

  it('is written as it was read', () => {
    expect(written(writeTaskXml(readTaskXml(ALL)))).toBe(ALL);
  });

  it('of each task of the labs is read as that task', () => {
    const tasks = labTasks.filter(({ className }) => className === TASK_CLASS);
    expect(tasks.length).toBeGreaterThan(20);
    for (const task of tasks) {
      const xml = writeTaskXml(task);
      expect(writeTaskXml(readTaskXml(xml)), String(task.path)).toBe(xml);
    }
  });

  it('is read, or ends with one of these errors, whatever is cut out of it or put into it', () => {
    const inserted = fc.oneof(
      fc.string(),
      fc.constantFrom('<Task>', '</Task>', '<Exec>', '<__proto__/>', '&lt;', '"', '<Day>0</Day>', '<hasOwnProperty/>'),
    );
    fc.assert(
      fc.property(fc.nat(ALL.length), fc.nat(60), inserted, (at, length, text) => {
        try {
          writeTaskXml(readTaskXml(ALL.slice(0, at) + text + ALL.slice(at + length)));
        } catch (error) {
          if (!(error instanceof HresultError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['malformedXml', '<Task'],
    ['malformedXml', '<!DOCTYPE Task [<!ENTITY a "b">]><Task/>'],
    ['malformedXml', ' '.repeat(10) + ALL.replace('Copies', 'C'.repeat(300_000))],
    ['malformedXml', ALL.replace('<IdleTrigger />', '<IdleTrigger />'.repeat(5000))],
    ['unexpectedNode', ALL.replaceAll('Task version', 'Job version').replace('</Task>', '</Job>')],
    ['unexpectedNode', ALL.replace('<IdleTrigger />', '<LunarTrigger />')],
    ['unexpectedNode', ALL.replace('<IdleTrigger />', '<toString />')],
    ['unexpectedNode', ALL.replace('<Priority>4</Priority>', '<constructor />')],
    ['wrongNamespace', ALL.replace('<Priority>', '<Priority xmlns="urn:x">')],
    ['tooManyNodes', ALL.replace('<Priority>4</Priority>', '<Priority>4</Priority><Priority>5</Priority>')],
    ['invalidValue', ALL.replace('version="1.4"', 'version="9"')],
    ['invalidValue', ALL.replace('<Priority>4', '<Priority>high')],
    ['invalidValue', ALL.replace('<Enabled>false', '<Enabled>no')],
    ['invalidValue', ALL.replace('S4U', 'Magic')],
    ['invalidValue', ALL.replace('<Sunday />', '<Funday />')],
    ['invalidValue', ALL.replace('<Day>31', '<Day>32')],
    ['invalidValue', ALL.replace('Context="Worker"', 'Context="Nobody"')],
  ] as const)('that is wrong ends with %s', (name, xml) => {
    expect(() => readTaskXml(xml)).toThrow(expect.objectContaining({ hresult: TaskError[name] }));
  });
});
