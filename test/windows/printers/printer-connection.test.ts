import { afterEach, beforeEach, expect, it } from 'vitest';
import { objectPath } from '../../../src/windows/table-paths.js';
import { createMachine, type Machine } from '../machine.js';

let machine: Machine;

beforeEach(async () => {
  machine = await createMachine();
});

afterEach(() => machine.close());

const connect = async (Name: string) =>
  (await machine.call('AddPrinterConnection', 'Win32_Printer', { Name })).ReturnValue;

async function drivers(): Promise<readonly unknown[]> {
  const found = [];
  for await (const one of machine.store.scan('root/cimv2', 'Win32_PrinterDriver')) found.push(one.get('Name'));
  return found;
}

it('brings the driver of the printer along', async () => {
  for (const name of await drivers())
    if (String(name).startsWith('Contoso')) {
      await machine.broker.deleteInstance(machine.path(objectPath('Win32_Printer', { DeviceID: 'Office Printer' })));
      await machine.broker.deleteInstance(machine.path(objectPath('Win32_PrinterDriver', { Name: String(name) })));
    }
  const before = await drivers();
  expect(await connect('\\\\srv02\\Copies')).toBe(0);
  const brought = (await drivers()).filter((one) => !before.includes(one));
  expect(brought).toHaveLength(1);
  const [driver, count] = await machine.get(
    objectPath('Win32_Printer', { DeviceID: '\\\\srv02\\Copier' }),
    ...['DriverName', 'JobCountSinceLastReset'],
  );
  expect([String(brought[0]).split(',')[0], 0]).toEqual([driver, count]);
});

it('finds the computer by its address', async () => {
  expect(await connect('\\\\192.0.2.12\\Copies')).toBe(0);
  expect(await connect('\\\\192.0.2.77\\Copies')).toBe(1801);
});
