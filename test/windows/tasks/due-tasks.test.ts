import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { TASK_SCHEDULER } from '../../../src/windows/namespaces.js';
import { carryOutDueTasks, findDueTasks } from '../../../src/windows/tasks/due-tasks.js';
import { newAction, newSettings, part } from '../../../src/windows/tasks/task-parts.js';
import { CIMV2, createMachine, type Machine, START } from '../machine.js';

const MINUTE = 60_000;
const tool = newAction({ Execute: 'C:\\Tools\\labtool.exe', Argument: '--due' });

let machine: Machine;
let now: number;
beforeEach(async () => {
  machine = await createMachine();
  now = START;
});
afterEach(() => machine.close());

function pass(milliseconds: number): void {
  machine.pass(milliseconds);
  now += milliseconds;
}

async function invoke(methodName: string, input: Readonly<Record<string, CimValue>>): Promise<void> {
  const target = machine.path(`${TASK_SCHEDULER}:PS_ScheduledTask`);
  await machine.broker.invokeMethod({
    ...{ namespace: TASK_SCHEDULER, target, methodName },
    input: new NameMap(Object.entries({ TaskName: 'Due', ...input })),
  });
}

/** A task that runs for five seconds, in a minute and two seconds after that. */
async function register(MultipleInstances: number): Promise<void> {
  const Trigger = ['00', '02'].map((second) =>
    part('MSFT_TaskTimeTrigger', { StartBoundary: `2026-11-30T08:01:${second}Z` }),
  );
  const Settings = newSettings({}).with({ MultipleInstances });
  await invoke('RegisterByUser', { Action: [tool], Trigger, Settings, User: 'SYSTEM' });
}

async function carryOut(): Promise<void> {
  const { schema } = machine.namespaces.getNamespace(CIMV2);
  await machine.store.transaction((store) => carryOutDueTasks({ namespace: CIMV2, schema, store, now: () => now }));
}

async function tools(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const one of machine.store.scan(CIMV2, 'Win32_Process'))
    if (one.getString('CommandLine')?.endsWith('--due')) found.push(one.getString('Handle') ?? '');
  return found;
}

const due = () => findDueTasks({ store: machine.store, now: () => now });

describe('what is due', () => {
  it('is nothing before a trigger fires, and until then nobody need look', async () => {
    await register(2);
    expect(await due()).toEqual({ ended: [], begun: [], next: START + MINUTE });
  });

  it('is a process for a task that a trigger has begun, once, and its end when its time is over', async () => {
    await register(2);
    pass(MINUTE);
    expect((await due()).begun).toHaveLength(1);
    await carryOut();
    const [handle] = await tools();
    expect(handle).toBeDefined();
    expect(await due()).toMatchObject({ ended: [], begun: [], next: START + MINUTE + 2000 });
    pass(60_000);
    expect((await due()).ended).toEqual([Number(handle)]);
    await carryOut();
    expect(await tools()).toEqual([]);
  });

  it('counts by the clock of the computer, which somebody has set', async () => {
    await register(2);
    const target = machine.path('Win32_OperatingSystem=@');
    const [time] = await machine.get('Win32_OperatingSystem=@', 'LastBootUpTime');
    await machine.broker.invokeMethod({
      ...{ namespace: CIMV2, target, methodName: 'SetDateTime' },
      input: new NameMap([['LocalDatetime', time ?? null]]),
    });
    const { next } = await due();
    // The clock shows 06:00 of the day before.
    expect(next).toBe(START + 30 * MINUTE);
  });

  it.each([
    [0, 2, 'beside the first'],
    [1, 1, 'when the first is over'],
    [2, 1, 'not at all'],
    [3, 1, 'in place of the first'],
  ])('is a second run as MultipleInstances %i says: %i processes, it runs %s', async (rule, count) => {
    await register(rule);
    pass(MINUTE);
    await carryOut();
    const [first] = await tools();
    pass(2000);
    await carryOut();
    const running = await tools();
    expect(running).toHaveLength(count);
    expect(running.includes(first ?? '')).toBe(rule !== 3);
    await invoke('StopByPath', {});
    expect(await tools()).toEqual([]);
  });
});
