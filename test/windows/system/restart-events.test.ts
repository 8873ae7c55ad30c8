import { describe, expect, it } from 'vitest';
import { instancesIn } from '../../../src/windows/derived-rows.js';
import { CIMV2, createMachine } from '../machine.js';

const SYSTEM = 'Win32_OperatingSystem=@';

/** A machine, and what its System log has been told since the lab was loaded. */
async function machine(goDown?: (way: string, started: () => Promise<void>) => void) {
  const made = await createMachine(goDown ? { goDown } : {});
  const told = async () => {
    const found = await instancesIn(made.store, { namespace: CIMV2, className: 'Win32_NTLogEvent' });
    return found
      .filter((one) => one.get('Logfile') === 'System' && Number(one.get('RecordNumber')) > 5)
      .sort((one, other) => Number(one.get('RecordNumber')) - Number(other.get('RecordNumber')));
  };
  return { ...made, told };
}

describe('the System log of a machine that starts again', () => {
  it('tells who began it, that the log stopped, and what started', async () => {
    const { call, told, close } = await machine();
    await call('Reboot', SYSTEM);
    const events = await told();
    expect(events.map((one) => one.get('EventCode'))).toEqual([1074, 6006, 6009, 6005]);
    expect(events.map((one) => one.get('ComputerName'))).toEqual(Array(4).fill('SRV01.lab.example'));
    expect(events[0]?.get('InsertionStrings')).toContain('restart');
    expect(events[2]?.get('Message')).toContain('10.0.20348');
    await close();
  });

  it('says of a shutdown that it is one', async () => {
    const { call, told, close } = await machine();
    await call('Win32Shutdown', SYSTEM, { Flags: 5 });
    const [begun] = await told();
    expect(begun?.get('InsertionStrings')).toContain('shutdown');
    await close();
  });

  it('has the start at the moment at which the machine is there again', async () => {
    let started = async () => {};
    const { call, get, told, pass, close } = await machine((_way, then) => {
      started = then;
    });
    await call('Shutdown', SYSTEM);
    await expect.poll(async () => (await told()).length).toBe(4);
    pass(60_000);
    await started();
    const times = (await told()).map((one) => String(one.get('TimeGenerated')));
    expect(times[2]).toBe(times[3]);
    expect(times[2]).toBe(String((await get(SYSTEM, 'LastBootUpTime'))[0]));
    expect(times[1]).not.toBe(times[2]);
    await close();
  });
});
