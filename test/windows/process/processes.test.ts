import { describe, expect, it } from 'vitest';
import { createMachine, START } from '../machine.js';

const create = { CommandLine: '"C:\\Tools\\labtool.exe" -wait' };

describe('processes', () => {
  it('have ids that are multiples of 4, and none that another has had', async () => {
    const { call, get, close } = await createMachine();
    const first = await call('Create', 'Win32_Process', create);
    await call('Terminate', `Win32_Process.Handle="${first.ProcessId}"`);
    const second = await call('Create', 'Win32_Process', create);
    expect([first.ProcessId, second.ProcessId]).toEqual([3024, 3028]);
    expect(await get('Win32_Process.Handle="3028"', 'CommandLine', 'ExecutablePath')).toEqual([
      create.CommandLine,
      'C:\\Tools\\labtool.exe',
    ]);
    await close();
  });

  it('are their creator’s, who is a user of the machine', async () => {
    const { call, close } = await createMachine();
    const { ProcessId } = await call('Create', 'Win32_Process', { CommandLine: 'notepad' });
    expect(await call('GetOwner', `Win32_Process.Handle="${ProcessId}"`)).toMatchObject({
      User: 'lab',
      Domain: 'SRV01',
    });
    await close();
  });

  it('are created by many at once, each with an id of its own', async () => {
    const { call, close } = await createMachine();
    const made = await Promise.all(Array.from({ length: 20 }, () => call('Create', 'Win32_Process', create)));
    expect(new Set(made.map((one) => one.ProcessId)).size).toBe(20);
    await close();
  });

  it('that are deleted as instances are ended, and the service in them', async () => {
    const { broker, path, get, close } = await createMachine();
    await broker.deleteInstance(path('Win32_Process.Handle="1480"'));
    expect(await get('Win32_Service.Name="Spooler"', 'State', 'ExitCode')).toEqual(['Stopped', 1067]);
    await close();
  });

  it('use time as they live', async () => {
    const { pass, get, close } = await createMachine();
    const [before] = await get('Win32_Process.Handle="904"', 'UserModeTime');
    pass(10_000);
    const [after] = await get('Win32_Process.Handle="904"', 'UserModeTime');
    expect(Number(after) - Number(before)).toBe(500_000);
    await close();
  });

  it('began before the lab was loaded, as long ago as it says', async () => {
    const { get, close } = await createMachine();
    const [began] = await get('Win32_Process.Handle="2212"', 'CreationDate');
    expect(String(began)).toBe('20261130050000.000000+000');
    expect(new Date(START).toISOString()).toBe('2026-11-30T08:00:00.000Z');
    await close();
  });
});

describe('what the kernel runs', () => {
  it.each([0, 4])('process %i is deleted by nobody', async (id) => {
    const { broker, path, store } = await createMachine();
    const at = path(`Win32_Process.Handle="${id}"`);
    await expect(broker.deleteInstance(at)).rejects.toMatchObject({ status: 2 });
    expect(await store.get(at)).toBeDefined();
  });
});

describe('the SID of an owner whom the lab does not list', () => {
  it('is in the domain of the users that it lists, and stays the same', async () => {
    const { store, call, path } = await createMachine();
    const { CimInstance } = await import('../../../src/cim/model/cim-instance.js');
    const user = path('Win32_UserAccount.Domain="SRV01",Name="Administrator"');
    await store.transaction(async (tx) => {
      for await (const one of tx.scan('root/cimv2', 'Win32_UserAccount')) if (one.path) await tx.delete(one.path);
      await tx.put(new CimInstance('Win32_UserAccount', [...user.keys, ['SID', 'S-1-5-21-7-8-9-500']], user));
    });
    const { ProcessId } = await call('Create', 'Win32_Process', { CommandLine: 'C:\\Tools\\labtool.exe' });
    const of = () => call('GetOwnerSid', `Win32_Process.Handle="${String(ProcessId)}"`);
    const { Sid } = await of();
    expect(Sid).toMatch(/^S-1-5-21-7-8-9-\d+$/);
    expect((await of()).Sid).toBe(Sid);
  });
});

describe('a program that is called by its name', () => {
  it('is found where Path and the folder of Windows say, whichever drive that is', async () => {
    const { call, get, store, path } = await createMachine();
    const { CimInstance } = await import('../../../src/cim/model/cim-instance.js');
    const file = path('CIM_DataFile.Name="e:\\\\own\\\\helper.exe"');
    await store.transaction(async (tx) => {
      const variable = await tx.get(path('Win32_Environment.Name="Path",UserName="<SYSTEM>"'));
      if (variable) await tx.put(variable.with({ VariableValue: '%OwnTools%;C:\\Tools' }));
      const own = path('Win32_Environment.Name="OwnTools",UserName="<SYSTEM>"');
      const values = [...own.keys, ['SystemVariable', true], ['VariableValue', 'E:\\Own\\']] as const;
      await tx.put(new CimInstance(own.className, values, own));
      await tx.put(new CimInstance(file.className, [...file.keys], file));
    });
    const { ReturnValue, ProcessId } = await call('Create', 'Win32_Process', { CommandLine: 'helper -x' });
    expect(ReturnValue).toBe(0);
    expect(await get(`Win32_Process.Handle="${String(ProcessId)}"`, 'ExecutablePath')).toEqual(['E:\\Own\\helper.exe']);
    const other = await call('Create', 'Win32_Process', { CommandLine: '"%OwnTools%helper.exe" -x' });
    expect(other.ReturnValue).toBe(0);
  });
});
