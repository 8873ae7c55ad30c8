import { describe, expect, it } from 'vitest';
import { createMachine } from '../machine.js';

const SYSTEM = 'Win32_OperatingSystem=@';

/** A machine, and how often its listeners were told to go. */
async function machine() {
  let restarts = 0;
  const made = await createMachine({
    goDown: () => {
      restarts += 1;
    },
  });
  return { ...made, restarts: () => restarts };
}

describe('a machine that starts again', () => {
  it('tells the endpoint, when its model is that after the start', async () => {
    const { call, restarts, close } = await machine();
    await call('Reboot', SYSTEM);
    await expect.poll(restarts).toBe(1);
    await close();
  });

  it('does so later when it was told to, by the clock of the endpoint', async () => {
    const { call, get, pass, restarts, close } = await machine();
    const [booted] = await get(SYSTEM, 'LastBootUpTime');
    expect(await call('Win32ShutdownTracker', SYSTEM, { Timeout: 60, Flags: 6 })).toEqual({ ReturnValue: 0 });
    expect(await get(SYSTEM, 'LastBootUpTime')).toEqual([booted]);
    pass(60_000);
    await expect.poll(restarts, { timeout: 10_000 }).toBe(1);
    expect(String((await get(SYSTEM, 'LastBootUpTime'))[0])).toBe('20261130080100.000000+000');
    await close();
  });

  it('keeps what is written on its disks: modes, names, new services; and has no process twice', async () => {
    const { call, get, broker, path, close } = await machine();
    await call('ChangeStartMode', 'Win32_Service.Name="W32Time"', { StartMode: 'Automatic' });
    await call('Create', 'Win32_Service', { Name: 'labsvc', PathName: 'C:\\Tools\\labtool.exe' });
    const { ProcessId } = await call('Create', 'Win32_Process', { CommandLine: 'notepad.exe' });
    await call('Reboot', SYSTEM);
    expect(await get('Win32_Service.Name="W32Time"', 'State', 'StartMode')).toEqual(['Running', 'Auto']);
    expect(await get('Win32_Service.Name="labsvc"', 'State')).toEqual(['Running']);
    await expect(get(`Win32_Process.Handle="${ProcessId}"`)).rejects.toThrow('no instance');
    const running = await broker.associators(path('Win32_ComputerSystem.Name="SRV01"'), {
      associationClass: 'Win32_SystemProcesses',
    });
    expect(running.length).toBe(Number((await get(SYSTEM, 'NumberOfProcesses'))[0]));
    await close();
  });

  it('starts no driver or service that does not let itself be stopped as one that does', async () => {
    const { call, get, close } = await machine();
    await call('Reboot', SYSTEM);
    expect(await get('Win32_Service.Name="RpcSs"', 'State', 'AcceptStop')).toEqual(['Running', false]);
    expect(await get('Win32_SystemDriver.Name="Tcpip"', 'State')).toEqual(['Running']);
    await close();
  });
});

describe('the clock of a machine', () => {
  it('runs with that of the endpoint', async () => {
    const { get, pass, close } = await machine();
    expect(String((await get(SYSTEM, 'LocalDateTime'))[0])).toBe('20261130080000.000000+000');
    pass(90_500);
    expect(String((await get(SYSTEM, 'LocalDateTime'))[0])).toBe('20261130080130.500000+000');
    await close();
  });

  it('goes on from where it was set', async () => {
    const { call, get, pass, close } = await machine();
    const [now] = await get(SYSTEM, 'LastBootUpTime');
    await call('SetDateTime', SYSTEM, { LocalDatetime: now ?? null });
    pass(1000);
    expect(String((await get(SYSTEM, 'LocalDateTime'))[0])).toBe('20261129060001.000000+000');
    await close();
  });
});
