import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { TASK_SCHEDULER } from '../../../src/windows/namespaces.js';
import { newAction, newSettings, newStartupTrigger, part } from '../../../src/windows/tasks/task-parts.js';
import { INFO_CLASS, TASK_CLASS, type TaskPlace, taskPath } from '../../../src/windows/tasks/task-rows.js';
import { createMachine, type Machine } from '../machine.js';

const SYSTEM = 'Win32_OperatingSystem=@';
const LAB = (TaskName: string) => ({ TaskPath: '\\Lab\\', TaskName });
const MINUTE = 60_000;

interface Tasks extends Machine {
  /** Calls a static method; the clock stands still meanwhile. */
  invoke(method: string, input: Readonly<Record<string, CimValue>>): Promise<CimValue>;
  state(place: TaskPlace): Promise<CimValue>;
  info(place: TaskPlace): Promise<Readonly<Record<string, unknown>>>;
}

async function createTasks(): Promise<Tasks> {
  const machine = await createMachine();
  const { broker, path } = machine;
  return {
    ...machine,
    async invoke(methodName, input) {
      const target = path(`${TASK_SCHEDULER}:PS_ScheduledTask`);
      const call = { namespace: TASK_SCHEDULER, target, methodName, input: new NameMap(Object.entries(input)) };
      return (await broker.invokeMethod(call)).outputs.get('cmdletOutput') ?? null;
    },
    state: async (place) => (await broker.getInstance(taskPath(place))).get('State'),
    async info(place) {
      const found = await broker.getInstance(taskPath(place, INFO_CLASS));
      const text = (name: string) => found.get(name) && String(found.get(name)).slice(0, 14);
      return {
        ...{ last: text('LastRunTime'), next: text('NextRunTime'), result: found.get('LastTaskResult') },
        missed: found.get('NumberOfMissedRuns'),
      };
    },
  };
}

const tool = newAction({ Execute: 'C:\\Tools\\labtool.exe' });

describe('a task that is started', () => {
  it('runs until its time is over on the clock of the endpoint, and so does its program', async () => {
    const { invoke, state, info, broker, path, get, pass, close } = await createTasks();
    await invoke('RegisterByUser', { ...LAB('Once'), Action: [tool], User: 'SYSTEM' });
    expect(await info(LAB('Once'))).toEqual({ last: '19991130000000', next: null, result: 0x41303, missed: 0 });
    await invoke('StartByPath', LAB('Once'));
    expect(await state(LAB('Once'))).toBe(4);
    expect(await info(LAB('Once'))).toMatchObject({ last: '20261130080000', result: 0x41301 });
    const [process] = await get('Win32_Process.Handle="3024"', 'CommandLine', 'ParentProcessId');
    expect(process).toBe('C:\\Tools\\labtool.exe');
    const owner = await broker.invokeMethod({
      ...{ namespace: 'root/cimv2', target: path('Win32_Process.Handle="3024"'), methodName: 'GetOwner' },
      input: new NameMap(),
    });
    expect(owner.outputs.get('User')).toBe('SYSTEM');
    pass(5000);
    expect(await state(LAB('Once'))).toBe(3);
    expect(await info(LAB('Once'))).toMatchObject({ last: '20261130080000', result: 0 });
    await expect.poll(() => get('Win32_Process.Handle="3024"').catch(() => 'gone'), { timeout: 10_000 }).toBe('gone');
    await close();
  });

  it('ends at once when the computer does not have its program', async () => {
    const { invoke, state, info, close } = await createTasks();
    await invoke('RegisterByUser', { ...LAB('No'), Action: [newAction({ Execute: 'C:\\no.exe' })], User: 'SYSTEM' });
    await invoke('StartByPath', LAB('No'));
    expect(await state(LAB('No'))).toBe(3);
    expect(await info(LAB('No'))).toMatchObject({ result: 0x80070002 });
    await close();
  });

  it('runs no longer than its limit', async () => {
    const { invoke, state, info, pass, close } = await createTasks();
    const Settings = newSettings({}).with({ ExecutionTimeLimit: 'PT2S' });
    await invoke('RegisterByUser', { ...LAB('Short'), Action: [tool], User: 'SYSTEM', Settings });
    await invoke('StartByPath', LAB('Short'));
    pass(2000);
    expect(await state(LAB('Short'))).toBe(3);
    expect(await info(LAB('Short'))).toMatchObject({ result: 0x41306 });
    await close();
  });

  it('is over when somebody ends its program', async () => {
    const { invoke, state, info, broker, path, close } = await createTasks();
    await invoke('StartByPath', LAB('Nightly copy'));
    await broker.invokeMethod({
      ...{ namespace: 'root/cimv2', target: path('Win32_Process.Handle="3024"'), methodName: 'Terminate' },
      input: new NameMap(Object.entries({ Reason: 7 })),
    });
    expect(await state(LAB('Nightly copy'))).toBe(3);
    expect(await info(LAB('Nightly copy'))).toMatchObject({ result: 7 });
    await close();
  });

  it.each([
    [0, '3028', '3024'],
    [3, '3028', undefined],
  ])('runs a second time as MultipleInstances %i says', async (MultipleInstances, second, first) => {
    const { invoke, get, close } = await createTasks();
    const Settings = newSettings({}).with({ MultipleInstances });
    await invoke('RegisterByUser', { ...LAB('Many'), Action: [tool], User: 'SYSTEM', Settings });
    await invoke('StartByPath', LAB('Many'));
    await invoke('StartByPath', LAB('Many'));
    expect(await get(`Win32_Process.Handle="${second}"`, 'Name')).toEqual(['labtool.exe']);
    const firstProcess = () => get('Win32_Process.Handle="3024"', 'Handle').catch(() => [undefined]);
    expect(await firstProcess()).toEqual([first]);
    await invoke('StopByPath', LAB('Many'));
    expect(await firstProcess()).toEqual([undefined]);
    await expect(get(`Win32_Process.Handle="${second}"`)).rejects.toThrow('no instance');
    await close();
  });

  it('waits for its turn as MultipleInstances 1 says', async () => {
    const { invoke, state, pass, close } = await createTasks();
    const Settings = newSettings({}).with({ MultipleInstances: 1 });
    await invoke('RegisterByUser', { ...LAB('Queue'), Action: [tool], User: 'SYSTEM', Settings });
    await invoke('StartByPath', LAB('Queue'));
    await invoke('StartByPath', LAB('Queue'));
    pass(9000);
    expect(await state(LAB('Queue'))).toBe(4);
    pass(1000);
    expect(await state(LAB('Queue'))).toBe(3);
    await close();
  });
});

describe('triggers', () => {
  it('run a task as the clock goes on, and not while it is disabled', async () => {
    const { invoke, state, info, pass, close } = await createTasks();
    expect(await info(LAB('Hourly check'))).toEqual({
      ...{ last: '20261130073000', next: '20261130083000', result: 0, missed: 0 },
    });
    pass(30 * MINUTE + 1000);
    expect(await state(LAB('Hourly check'))).toBe(4);
    expect(await info(LAB('Hourly check'))).toMatchObject({ last: '20261130083000', result: 0x41301 });
    await invoke('DisableByName', LAB('Hourly check'));
    pass(180 * MINUTE);
    expect(await state(LAB('Hourly check'))).toBe(1);
    expect(await info(LAB('Hourly check'))).toMatchObject({ last: '20261130083000', next: null, result: 0 });
    await invoke('EnableByName', LAB('Hourly check'));
    expect(await info(LAB('Hourly check'))).toMatchObject({ last: '20261130083000', next: '20261130123000' });
    await close();
  });

  it('of a registration count from then on', async () => {
    const { invoke, state, info, pass, close } = await createTasks();
    const Trigger = [part('MSFT_TaskRegistrationTrigger', { Delay: 'PT1M' })];
    await invoke('RegisterByUser', { ...LAB('New'), Action: [tool], Trigger, User: 'SYSTEM' });
    expect(await info(LAB('New'))).toMatchObject({ next: '20261130080100', result: 0x41303 });
    pass(MINUTE);
    expect(await state(LAB('New'))).toBe(4);
    await close();
  });
});

describe('a computer that starts again', () => {
  it('has ended the tasks that ran, and runs those that wait for its start', async () => {
    const { call, invoke, state, info, pass, close } = await createTasks();
    const Trigger = [newStartupTrigger({})];
    await invoke('RegisterByUser', { ...LAB('At start'), Action: [tool], Trigger, User: 'SYSTEM' });
    expect(await info(LAB('At start'))).toMatchObject({ result: 0x41303 });
    await invoke('StartByPath', LAB('Nightly copy'));
    pass(MINUTE);
    expect(await state(LAB('Nightly copy'))).toBe(4);
    expect(await call('Reboot', SYSTEM)).toEqual({ ReturnValue: 0 });
    expect(await state(LAB('Nightly copy'))).toBe(3);
    expect(await info(LAB('Nightly copy'))).toMatchObject({ last: '20261130080000', result: 0x40010004 });
    expect((await info(LAB('At start'))).last).not.toBe('19991130000000');
    await close();
  });

  it('has missed what was to run while it was off, and makes up for it where it is to', async () => {
    let come: (() => Promise<void>) | undefined;
    const machine = await createMachine({
      goDown: (_way, started) => {
        come = started;
      },
    });
    const info = async (name: string) => {
      const found = await machine.broker.getInstance(taskPath(LAB(name), INFO_CLASS));
      return [String(found.get('LastRunTime')).slice(0, 12), found.get('NumberOfMissedRuns')];
    };
    const path = machine.path(SYSTEM);
    await machine.broker.invokeMethod({
      ...{ namespace: 'root/cimv2', target: path, methodName: 'Shutdown', input: new NameMap() },
    });
    await expect.poll(() => come !== undefined).toBe(true);
    machine.pass(25 * 60 * MINUTE);
    await come?.();
    // Off from 08:00 until 09:00 of the next day.
    expect(await info('Hourly check')).toEqual(['202611300730', 25]);
    expect(await info('Nightly copy')).toEqual(['202612010900', 0]);
    machine.pass(45 * MINUTE);
    expect(await info('Hourly check')).toEqual(['202612010930', 0]);
    await machine.close();
  });
});

describe('a registration', () => {
  it('takes the name that the definition has, or makes one', async () => {
    const { invoke, close } = await createTasks();
    const xml = (URI: string) =>
      '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">' +
      `<RegistrationInfo>${URI}</RegistrationInfo><Actions><Exec><Command>cmd.exe</Command></Exec></Actions></Task>`;
    const uri = async (input: Readonly<Record<string, CimValue>>, method = 'RegisterByXml') => {
      const made = await invoke(method, input);
      return made instanceof CimInstance ? made.get('URI') : undefined;
    };
    expect(await uri({ Xml: xml('<URI>\\Lab\\Own</URI>') })).toBe('\\Lab\\Own');
    expect(await uri({ Xml: xml('') })).toMatch(/^\\\{[0-9A-F-]{36}\}$/);
    expect(await uri({ InputObject: await invoke('New', { Action: [tool] }) }, 'RegisterByObject')).toMatch(/^\\\{/);
    expect(await uri({ TaskName: 'Deep\\down', TaskPath: 'Lab', Xml: xml('') })).toBe('\\Lab\\Deep\\down');
    await close();
  });

  it('is the caller’s where nobody says whose', async () => {
    const { invoke, close } = await createTasks();
    const made = await invoke('RegisterByUser', { ...LAB('Mine'), Action: [tool] });
    const principal = made instanceof CimInstance ? made.get('Principal') : null;
    expect(principal instanceof CimInstance && [principal.get('UserId'), principal.get('LogonType')]).toEqual([
      'lab',
      3,
    ]);
    await close();
  });
});

describe('instances of tasks', () => {
  it('are deleted with all that is known of them', async () => {
    const { invoke, broker, get, close } = await createTasks();
    await invoke('StartByPath', LAB('Nightly copy'));
    await broker.deleteInstance(taskPath(LAB('Nightly copy')));
    for (const className of [TASK_CLASS, INFO_CLASS])
      await expect(broker.getInstance(taskPath(LAB('Nightly copy'), className))).rejects.toThrow('no instance');
    await expect(get('Win32_Process.Handle="3024"')).rejects.toThrow('no instance');
    await expect(invoke('GetInfoByName', LAB('Nightly copy'))).rejects.toMatchObject({ hresult: 0x80070002 });
    await close();
  });

  it('are made and changed by methods alone', async () => {
    const { broker, close } = await createTasks();
    const made = new CimInstance(TASK_CLASS, Object.entries(LAB('Made')), taskPath(LAB('Made')));
    await expect(broker.createInstance(TASK_SCHEDULER, made)).rejects.toMatchObject({ status: 7 });
    const changes = new NameMap<CimValue>([['Description', 'x']]);
    await expect(broker.modifyInstance(taskPath(LAB('Nightly copy')), changes)).rejects.toMatchObject({ status: 7 });
    await close();
  });
});
