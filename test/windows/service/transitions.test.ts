import { describe, expect, it } from 'vitest';
import { createMachine, type Machine } from '../machine.js';

const SPOOLER = 'Win32_Service.Name="Spooler"';

/** A machine whose spooler takes so many milliseconds to start and to stop. */
async function machineWith(WaitHint: number): Promise<Machine> {
  const machine = await createMachine();
  await machine.store.transaction(async (store) => {
    const service = await store.get(machine.path(SPOOLER));
    if (service) await store.put(service.with({ WaitHint }));
  });
  return machine;
}

async function until(machine: Machine, state: string): Promise<void> {
  await expect.poll(() => machine.get(SPOOLER, 'State'), { timeout: 10_000 }).toEqual([state]);
}

describe('a service that takes time', () => {
  it('is on its way until the time has passed on the clock of the endpoint, and has its process until then', async () => {
    const machine = await machineWith(5000);
    expect(await machine.call('StopService', SPOOLER)).toEqual({ ReturnValue: 0 });
    expect(await machine.get(SPOOLER, 'State', 'Started', 'ProcessId', 'WaitHint', 'CheckPoint')).toEqual([
      'Stop Pending',
      true,
      1480,
      5000,
      1,
    ]);
    expect(await machine.get('Win32_Process.Handle="1480"', 'Name')).toEqual(['spoolsv.exe']);
    machine.pass(5000);
    await until(machine, 'Stopped');
    expect(await machine.get(SPOOLER, 'ProcessId', 'WaitHint')).toEqual([0, 0]);
    await expect(machine.get('Win32_Process.Handle="1480"')).rejects.toThrow('no instance');
    await machine.close();
  });

  it('takes no control on its way, and is no more started', async () => {
    const machine = await machineWith(5000);
    await machine.call('StopService', SPOOLER);
    expect(await machine.call('StopService', SPOOLER)).toEqual({ ReturnValue: 5 });
    expect(await machine.call('StartService', SPOOLER)).toEqual({ ReturnValue: 10 });
    await machine.close();
  });

  it('that was on its way when its endpoint ended has arrived for the next method', async () => {
    const machine = await machineWith(5000);
    await machine.call('StopService', SPOOLER);
    machine.reset();
    machine.pass(5000);
    expect(await machine.call('StartService', SPOOLER)).toEqual({ ReturnValue: 0 });
    expect(await machine.get(SPOOLER, 'State')).toEqual(['Start Pending']);
    await machine.close();
  });
});
