import { expect, it } from 'vitest';
import { collect } from '../../store/instance-builders.js';
import { CIMV2, createMachine, START } from '../machine.js';

it('gives the time of day in parts, as the clock of the machine runs', async () => {
  const machine = await createMachine();
  const parts = ['Year', 'Quarter', 'Month', 'WeekInMonth', 'Day', 'DayOfWeek', 'Hour', 'Minute', 'Second'];
  expect(new Date(START).toISOString()).toBe('2026-11-30T08:00:00.000Z');
  expect(await machine.get('Win32_UTCTime=@', ...parts)).toEqual([2026, 4, 11, 5, 30, 1, 8, 0, 0]);
  machine.pass(3_661_000);
  expect(await machine.get('Win32_LocalTime=@', ...parts)).toEqual([2026, 4, 11, 5, 30, 1, 9, 1, 1]);
});

it('gives the local time of the zone that the system is in', async () => {
  const machine = await createMachine();
  const [system] = await collect(machine.store.scan(CIMV2, 'Win32_OperatingSystem'));
  if (!system) throw new Error('the lab has no operating system');
  await machine.store.transaction((each) => each.put(system.with({ CurrentTimeZone: -300 })));
  expect(await machine.get('Win32_LocalTime=@', 'Day', 'Hour')).toEqual([30, 3]);
  expect(await machine.get('Win32_UTCTime=@', 'Day', 'Hour')).toEqual([30, 8]);
});
