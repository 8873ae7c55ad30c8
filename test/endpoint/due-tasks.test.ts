import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CallRecord } from '../../src/cim/contracts/call.js';
import { compose } from '../../src/cim/contracts/cim-handler.js';
import type { InstanceStore } from '../../src/cim/contracts/instance-store.js';
import { createNamespaces } from '../../src/cim/contracts/namespaces.js';
import { Schema } from '../../src/cim/schema/schema.js';
import { dueTasks } from '../../src/endpoint/due-tasks.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { createMachine, START } from '../windows/machine.js';

const TASKS = 'root/Microsoft/Windows/TaskScheduler';
const CIMV2 = 'root/cimv2';
const MINUTE = 60_000;
const SHELLS = "SELECT * FROM Win32_Process WHERE CommandLine LIKE '%Get-Service%'";
const logger = { debug() {}, info() {}, warn() {}, error() {} };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** srv01 on a clock of the test's, just before half an hour: its lab has a task that runs then, for five seconds. */
async function start(state: string | undefined = undefined, begins = Date.UTC(2026, 10, 30, 8, 29)) {
  let now = begins;
  const endpoint = await startEndpoint({ port: 0, logger, clock: () => now, ...(state !== undefined && { state }) });
  closing.push(() => endpoint.close());
  const { cim } = endpoint.hosts.get('srv01');
  const names = async (query: string) => (await cim.find(query, CIMV2)).map((one) => one.get('Name'));
  return {
    ...{ cim, endpoint },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    names,
    shells: () => names(SHELLS),
  };
}

describe('a task that a trigger begins', () => {
  it('has a process while it runs, in each answer about processes, whoever has asked for tasks before', async () => {
    const { cim, names, shells, pass } = await start();
    const count = async () =>
      Number((await cim.find('SELECT * FROM Win32_OperatingSystem', CIMV2))[0]?.get('NumberOfProcesses'));
    expect(await shells()).toEqual([]);
    const before = await count();
    pass(MINUTE + 1000);
    expect(await count()).toBe(before + 1);
    expect(await shells()).toEqual(['powershell.exe']);
    const all = await cim.find('SELECT * FROM CIM_Process', CIMV2);
    const process = all.find((one) => one.getString('CommandLine')?.includes('Get-Service'));
    expect(String(process?.get('CreationDate'))).toBe('20261130083000.000000+000');
    const [schedule] = await cim.find("SELECT * FROM Win32_Service WHERE Name = 'Schedule'", CIMV2);
    expect(process?.get('ParentProcessId')).toBe(schedule?.get('ProcessId'));
    const ofComputer = "ASSOCIATORS OF {Win32_ComputerSystem.Name='SRV01'} WHERE AssocClass = Win32_SystemProcesses";
    expect(await names(ofComputer)).toContain('powershell.exe');
    pass(4000);
    expect(await shells()).toEqual([]);
    expect(await count()).toBe(before);
  });

  it('has one as well when it has only begun since somebody looked, and none when it is over by then', async () => {
    const { shells, pass } = await start();
    pass(MINUTE + 1000);
    expect(await shells()).toEqual(['powershell.exe']);
    pass(60 * MINUTE - 2000);
    expect(await shells()).toEqual([]);
    pass(61 * MINUTE);
    expect(await shells()).toEqual([]);
    pass(59 * MINUTE + 3000);
    expect(await shells()).toEqual(['powershell.exe']);
  });

  it('is over when its process is ended, and begins no other', async () => {
    const { cim, shells, pass } = await start();
    pass(MINUTE + 1000);
    const [process] = await cim.find(SHELLS, CIMV2);
    await cim.invoke(`${CIMV2}:Win32_Process.Handle="${process?.get('Handle')}"`, 'Terminate', { Reason: 3 });
    expect(await shells()).toEqual([]);
    const [task] = await cim.find("SELECT * FROM MSFT_TaskDynamicInfo WHERE TaskName = 'Hourly check'", TASKS);
    expect(task?.get('LastTaskResult')).toBe(3);
  });

  it('has no second one while another run of it goes on, as it says', async () => {
    const { cim, shells, pass } = await start();
    const invoke = (method: string) =>
      cim.invoke(`${TASKS}:PS_ScheduledTask`, method, { TaskPath: '\\Lab\\', TaskName: 'Hourly check' });
    pass(58_000);
    await invoke('StartByPath');
    expect(await shells()).toHaveLength(1);
    pass(3000);
    expect(await shells()).toHaveLength(1);
    await invoke('StopByPath');
    expect(await shells()).toEqual([]);
  });
});

it('is tried again, though not at once, when it could not be written', async () => {
  const machine = await createMachine();
  closing.push(() => machine.close());
  const errors: unknown[] = [];
  let now = START + 30 * MINUTE + 1000;
  let isFull = true;
  const store: InstanceStore = {
    ...machine.store,
    transaction: (work, origin) =>
      isFull ? Promise.reject(new Error('no room')) : machine.store.transaction(work, origin),
  };
  const ofWindows = (name: string) => {
    const { schema } = machine.namespaces.getNamespace(name);
    return { name, schema: new Schema({ digest: undefined, schema: () => schema }) };
  };
  const interceptor = dueTasks({
    ...{ store, namespaces: createNamespaces([CIMV2, TASKS].map(ofWindows)), now: () => now, exclusive: new Set() },
    logger: { ...logger, isLevelEnabled: () => true, error: (facts: unknown) => void errors.push(facts) },
  });
  const count = async () => {
    await compose([interceptor], machine.handler)(
      { kind: 'EnumerateInstances', namespace: CIMV2, className: 'Win32_Process', subclasses: true },
      new CallRecord({}),
    );
    return (await machine.store.count(CIMV2, ['Win32_Process']))[0];
  };
  const before = await count();
  expect(await count()).toBe(before);
  expect(errors).toHaveLength(1);
  isFull = false;
  now += 1000;
  expect(await count()).toBe(Number(before) + 1);
});

describe('what a state remembers of tasks', () => {
  it('ends with them, though the endpoint was started anew meanwhile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'due-tasks-'));
    closing.push(() => rm(folder, { recursive: true }));
    const first = await start(folder);
    first.pass(MINUTE + 1000);
    expect(await first.shells()).toEqual(['powershell.exe']);
    await first.endpoint.close();
    const second = await start(folder, Date.UTC(2026, 10, 30, 8, 30, 4));
    expect(await second.shells()).toEqual(['powershell.exe']);
    second.pass(1000);
    expect(await second.shells()).toEqual([]);
  });
});
