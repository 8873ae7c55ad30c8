import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { objectPath } from '../../../src/windows/table-paths.js';
import { CIMV2, createMachine, type Machine } from '../machine.js';

const printer = (DeviceID: string) => objectPath('Win32_Printer', { DeviceID });
const share = objectPath('Win32_Share', { Name: 'Room12' });
const DRIVER = 'Contoso Universal Printing PCL 6';

let machine: Machine;

beforeEach(async () => {
  machine = await createMachine();
});

afterEach(() => machine.close());

type Values = Readonly<Record<string, CimValue>>;

const create = (className: string, values: Values) =>
  machine.broker.createInstance(CIMV2, new CimInstance(className, Object.entries(values)));
const change = (path: string, values: Values) =>
  machine.broker.modifyInstance(machine.path(path), new NameMap(Object.entries(values)));
const remove = (path: string) => machine.broker.deleteInstance(machine.path(path));
const names = async (path: string, by: string) =>
  (await machine.broker.associators(machine.path(path), { associationClass: by })).map((one) => one.getString('Name'));

const port = (values: Values = {}) =>
  create('Win32_TCPIPPrinterPort', { Name: 'IP_192.0.2.60', HostAddress: '192.0.2.60', ...values });
const room = (values: Values = {}) =>
  create('Win32_Printer', { DeviceID: 'Room 12', DriverName: DRIVER, PortName: 'IP_192.0.2.60', ...values });

describe('a port to a printer', () => {
  it('goes to the number of its protocol, and says what is not said', async () => {
    await port();
    const path = objectPath('Win32_TCPIPPrinterPort', { Name: 'IP_192.0.2.60' });
    expect(await machine.get(path, 'Protocol', 'PortNumber', 'SNMPEnabled', 'SystemName')).toEqual([
      1,
      9100,
      false,
      'SRV01',
    ]);
    await change(path, { Protocol: 2, PortNumber: 515, Queue: 'raw' });
    expect(await machine.get(path, 'Protocol', 'PortNumber', 'Queue')).toEqual([2, 515, 'raw']);
  });

  it.each([
    [{ HostAddress: 'no address' }, /HostAddress/],
    [{ Protocol: 3 }, /Protocol 3/],
    [{ Protocol: 2 }, /Queue/],
    [{ Name: 'a,b' }, /Name/],
  ])('is refused with %o', async (values, message) => {
    await expect(port(values)).rejects.toThrow(message);
  });

  it('stays while a printer has it', async () => {
    await expect(remove(objectPath('Win32_TCPIPPrinterPort', { Name: 'IP_192.0.2.50' }))).rejects.toThrow(
      /Office Printer/,
    );
  });
});

describe('a printer', () => {
  it('is made of a driver and a port, with a configuration, and is deleted with all of it', async () => {
    await port();
    await room({ Location: 'Room 12', Shared: true, ShareName: 'Room12' });
    expect(await machine.get(printer('Room 12'), 'Name', 'Location', 'PrinterStatus', 'Default', 'Attributes')).toEqual(
      [...['Room 12', 'Room 12', 3, false, 72]],
    );
    expect(await names(printer('Room 12'), 'Win32_PrinterSetting')).toEqual(['Room 12']);
    expect(await names(printer('Room 12'), 'Win32_PrinterShare')).toEqual(['Room12']);
    expect(await machine.get(share, 'Type', 'Path')).toEqual([1, 'Room 12,LocalsplOnly']);
    await remove(printer('Room 12'));
    for (const path of [printer('Room 12'), share, objectPath('Win32_PrinterConfiguration', { Name: 'Room 12' })])
      await expect(machine.broker.getInstance(machine.path(path))).rejects.toThrow(/no instance/);
  });

  it.each([
    [{ DeviceID: 'a,b' }, /DeviceID/],
    [{ DriverName: 'none' }, /DriverName/],
    [{ PortName: 'none' }, /PortName/],
    [{ Shared: true }, /ShareName is missing/],
    [{ Shared: true, ShareName: 'Data' }, /share Data already/],
    [{ Shared: true, ShareName: 'a/b' }, /no share may be called 'a\/b'/],
  ])('is refused with %o', async (values, message) => {
    await port();
    await expect(room(values)).rejects.toThrow(message);
  });

  it('is not shared any more when somebody deletes its share', async () => {
    await change(printer('Office Printer'), { Shared: true, ShareName: 'Room12' });
    expect(await names(printer('Office Printer'), 'Win32_PrinterShare')).toEqual(['Room12']);
    await machine.call('Delete', share);
    expect(await machine.get(printer('Office Printer'), 'Shared', 'ShareName')).toEqual([false, null]);
    expect(await names(printer('Office Printer'), 'Win32_PrinterShare')).toEqual([]);
  });

  it('keeps its share under another name', async () => {
    await change(printer('Office Printer'), { Shared: true, ShareName: 'Room12' });
    await machine.call('RenamePrinter', printer('Office Printer'), { NewPrinterName: 'Copy Room' });
    expect(await names(printer('Copy Room'), 'Win32_PrinterShare')).toEqual(['Room12']);
    expect(await machine.get(share, 'Path', 'Description')).toEqual(['Copy Room,LocalsplOnly', 'Copy Room']);
  });

  it('hands being the default one on', async () => {
    await remove(printer('Microsoft Print to PDF'));
    expect(await machine.get(printer('Microsoft XPS Document Writer'), 'Default')).toEqual([true]);
  });

  it('waits while it works off line', async () => {
    await change(printer('Office Printer'), { WorkOffline: true });
    await machine.call('PrintTestPage', printer('Office Printer'));
    const job = objectPath('Win32_PrintJob', { Name: 'Office Printer, 2' });
    expect(await machine.get(job, 'StatusMask', 'JobStatus')).toEqual([32, 'Offline']);
    expect(await machine.get(printer('Office Printer'), 'PrinterStatus', 'DetectedErrorState')).toEqual([7, 9]);
    await change(printer('Office Printer'), { WorkOffline: false });
    expect(await machine.get(job, 'StatusMask')).toEqual([16]);
  });

  it('keeps its driver, which cannot be deleted meanwhile', async () => {
    await expect(remove(objectPath('Win32_PrinterDriver', { Name: `${DRIVER},3,Windows x64` }))).rejects.toThrow(
      /Office Printer/,
    );
  });
});
