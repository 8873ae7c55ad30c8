import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type Machine } from '../machine.js';

const SYSTEM = 'Win32_OperatingSystem=@';

let machine: Machine;
let left: string[];
beforeEach(async () => {
  left = [];
  machine = await createMachine({ goDown: (way) => void left.push(way) });
});
afterEach(() => machine.close());

const run = (CommandLine: string) => machine.call('Create', 'Win32_Process', { CommandLine });
const later = (Timeout: number) => machine.call('Win32ShutdownTracker', SYSTEM, { Timeout, Flags: 2 });
/** Long enough for what waits for the clock to look at it. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 80));

describe('shutdown.exe', () => {
  it.each(['shutdown /a', '"C:\\Windows\\System32\\shutdown.exe" -a'])('calls off what waits: %s', async (command) => {
    expect(await later(600)).toEqual({ ReturnValue: 0 });
    expect(await run(command)).toMatchObject({ ReturnValue: 0 });
    machine.pass(600_000);
    await settled();
    expect(left).toEqual([]);
    expect(await later(600)).toEqual({ ReturnValue: 0 });
  });

  it.each([
    ['shutdown /r /t 0', 0, 'restart'],
    ['shutdown.exe -s -f -t 90', 90, 'shutdown'],
    ['shutdown /r /c "not /a"', 30, 'restart'],
    ['shutdown /p', 0, 'shutdown'],
  ])('goes down as it is told: %s', async (command, seconds, way) => {
    expect(await run(command)).toMatchObject({ ReturnValue: 0 });
    machine.pass(seconds * 1000 - 1);
    if (seconds > 0) {
      await settled();
      expect(left).toEqual([]);
    }
    machine.pass(1);
    await expect.poll(() => left).toEqual([way]);
  });

  it('takes no time that there is not, and does nothing that it is not asked for', async () => {
    for (const command of ['shutdown', 'shutdown /?', 'shutdown /r /t 315360001', 'shutdown /r /m \\\\srv02 /t 0'])
      expect(await run(command)).toMatchObject({ ReturnValue: 0 });
    expect(await later(600)).toEqual({ ReturnValue: 0 });
    expect(left).toEqual([]);
  });

  it('says that one is on its way to nobody: the first one counts', async () => {
    await run('shutdown /r /t 600');
    expect(await later(5)).toEqual({ ReturnValue: 1190 });
    await run('shutdown /s /t 5');
    machine.pass(10_000);
    await settled();
    expect(left).toEqual([]);
  });
});
