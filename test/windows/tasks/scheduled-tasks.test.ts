import { afterAll, describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import type { ClientValue } from '../../../src/client/client-value.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { WsmanClientError } from '../../../src/client/wsman-client-error.js';
import { TASK_SCHEDULER } from '../../../src/windows/namespaces.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const START = Date.parse('2026-11-30T08:00:00Z');
const LAB = (TaskName: string) => ({ TaskPath: '\\Lab\\', TaskName });

describe('scheduled tasks, over a socket', () => {
  let now = START;
  const running = runEndpoint({ clock: () => now, rebootSeconds: 0 });
  const clients: WsmanClient[] = [];
  afterAll(() => Promise.all(clients.map((one) => one.close())));

  function client(namespace = TASK_SCHEDULER): WsmanClient {
    const one = createClient({ url: running.url, user: USER, password: PASSWORD, auth: 'basic', namespace });
    clients.push(one);
    return one;
  }

  async function invoke(
    method: string,
    input: Readonly<Record<string, ClientValue>>,
  ): Promise<CimInstance | string | null> {
    const { returnValue, outputs } = await client().invoke('PS_ScheduledTask', method, input);
    expect(returnValue).toBe(0);
    return (outputs.get('cmdletOutput') ?? null) as CimInstance | string | null;
  }

  async function part(method: string, input: Readonly<Record<string, ClientValue>>): Promise<CimInstance> {
    return (await invoke(method, input)) as CimInstance;
  }

  async function query(text: string): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const one of client().query(text)) found.push(String(one.get('TaskName')));
    return found;
  }

  it('lists those of the lab, as those of Windows', async () => {
    const names = await query("SELECT * FROM MSFT_ScheduledTask WHERE TaskPath LIKE '\\\\Microsoft\\\\%'");
    expect(names.length).toBeGreaterThan(15);
    expect(await query('SELECT * FROM MSFT_ScheduledTask WHERE State = 1')).toContain('Old report');
  });

  it('makes a task of its parts, runs it, and exports it', async () => {
    const action = await part('NewActionByExec', { Execute: 'C:\\Tools\\labtool.exe', Argument: '--x' });
    expect(action.className).toBe('MSFT_TaskExecAction');
    const At = CimDateTime.parse('20261201030000.000000+000');
    const trigger = await part('NewTriggerByDaily', { Daily: true, At, DaysInterval: 1 });
    const principal = await part('NewPrincipalByUser', { UserId: 'SYSTEM', LogonType: 5, RunLevel: 1 });
    const settings = await part('NewSettings', { StartWhenAvailable: true });
    const made = await part('RegisterByPrincipal', {
      ...{ ...LAB('Mine'), Action: [action], Trigger: [trigger], Principal: principal, Settings: settings },
      Description: 'Mine',
    });
    expect([made.get('State'), made.get('URI')]).toEqual([3, '\\Lab\\Mine']);
    await invoke('StartByObject', { InputObject: made });
    expect(await query('SELECT * FROM MSFT_ScheduledTask WHERE State = 4')).toEqual(['Mine']);
    const info = await part('GetInfoByName', LAB('Mine'));
    expect([info.get('LastTaskResult'), String(info.get('NextRunTime')).slice(0, 14)]).toEqual([
      0x41301,
      '20261201030000',
    ]);
    const xml = await invoke('ExportByName', LAB('Mine'));
    expect(xml).toContain('<Command>C:\\Tools\\labtool.exe</Command>');
    const again = await part('RegisterByXml', { ...LAB('Again'), Xml: String(xml) });
    expect(String(await invoke('ExportByObject', { InputObject: again }))).toBe(
      String(xml).replace('\\Lab\\Mine', '\\Lab\\Again'),
    );
    now += 5000;
    expect(await query('SELECT * FROM MSFT_ScheduledTask WHERE State = 4')).toEqual([]);
    expect(await query("SELECT * FROM MSFT_TaskDynamicInfo WHERE LastTaskResult = 0 AND TaskName = 'Mine'")).toEqual([
      'Mine',
    ]);
  });

  it.each([
    ['StartByPath', LAB('None'), 'HRESULT 0x80070002', 6, 'The system cannot find the file specified.'],
    ['StartByPath', LAB('Old report'), 'HRESULT 0x80041326', 1, 'The task is disabled.'],
    [
      ...(['RegisterByXml', { ...LAB('Nightly copy'), Xml: '' }] as const),
      ...(['HRESULT 0x8004131a', 1, 'The task XML is malformed.'] as const),
    ],
  ])('ends %s with the error of the Task Scheduler', async (method, input, messageId, status, message) => {
    const failed: unknown = await invoke(method, input).catch((error: unknown) => error);
    if (!(failed instanceof WsmanClientError)) throw new Error('it did not end with a fault');
    const told = ['MessageID', 'CIMStatusCode', 'Message'].map((name) => failed.errorInstance?.get(name));
    expect(told).toEqual([messageId, status, message]);
  });

  it('ends a task with the computer, which runs those of its start', async () => {
    await invoke('StartByPath', LAB('Nightly copy'));
    now += 1000;
    expect(
      (await client('root/cimv2').invoke(parseInstancePath('Win32_OperatingSystem=@'), 'Reboot', {})).returnValue,
    ).toBe(0);
    await expect
      .poll(
        async () => (await part('GetInfoByName', LAB('Nightly copy')).catch(() => undefined))?.get('LastTaskResult'),
        {
          timeout: 20_000,
        },
      )
      .toBe(0x40010004);
    const booted = now;
    now += 60_000;
    expect(await query('SELECT * FROM MSFT_ScheduledTask WHERE State = 4')).toContain('Warm up');
    const info = await part('GetInfoByName', LAB('Warm up'));
    const at = (info.get('LastRunTime') as CimDateTime).microseconds ?? 0n;
    expect(Number(at / 1000n)).toBe(booted + 60_000);
    await client().delete(parseInstancePath('MSFT_ScheduledTask.TaskName="Warm up",TaskPath="\\\\Lab\\\\"'));
    expect(await query("SELECT * FROM MSFT_ScheduledTask WHERE TaskName = 'Warm up'")).toEqual([]);
  });
});
