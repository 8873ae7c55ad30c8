import { expect, it } from 'vitest';
import { timestampOf } from '../../../src/windows/timestamp.js';
import { createMachine, START } from '../machine.js';

const LEASED = 'Win32_NetworkAdapterConfiguration.Index=1';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const times = ['DHCPLeaseObtained', 'DHCPLeaseExpires'];
const at = (time: number) => timestampOf(time, 0).toString();

it('renews a lease when half of it is over, as long as the adapter is connected', async () => {
  const machine = await createMachine();
  const lease = async () => (await machine.get(LEASED, ...times)).map(String);
  const began = START - 26 * HOUR;
  expect(await lease()).toEqual([at(began), at(began + 8 * DAY)]);
  machine.pass(9 * DAY);
  expect(await lease()).toEqual([at(began + 8 * DAY), at(began + 16 * DAY)]);
  await machine.call('RenewDHCPLease', LEASED);
  expect(await lease()).toEqual([at(START + 9 * DAY), at(START + 17 * DAY)]);
  await machine.call('Disable', 'Win32_NetworkAdapter.DeviceID="1"');
  expect(await lease()).toEqual(['null', 'null']);
});
