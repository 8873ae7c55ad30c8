import { expect, it } from 'vitest';
import { timestampOf } from '../../../src/windows/timestamp.js';
import { createMachine, START } from '../machine.js';

const SERVER = 'root/cimv2/TerminalServices:Win32_TerminalServiceSetting.ServerName="SRV01"';
const DAY = 86_400_000;

it('the time without a licence server ends 120 days after the system was installed', async () => {
  const { store, path, call, pass } = await createMachine();
  await store.transaction(async (tx) => {
    const server = await tx.get(path(SERVER));
    const system = await tx.get(path('Win32_OperatingSystem=@'));
    if (!server || !system) throw new Error('the lab has no such computer');
    await tx.put(server.with({ TerminalServerMode: 1 }));
    await tx.put(system.with({ InstallDate: timestampOf(START - 20 * DAY, 0) }));
  });
  expect(await call('GetGracePeriodDays', SERVER)).toEqual({ ReturnValue: 0, DaysLeft: 100 });
  pass(200 * DAY);
  expect(await call('GetGracePeriodDays', SERVER)).toEqual({ ReturnValue: 0, DaysLeft: 0 });
});
