import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PAGE_MS } from '../../../src/windows/printers/print-queue.js';
import { objectPath } from '../../../src/windows/table-paths.js';
import { createMachine, type Machine } from '../machine.js';

const OFFICE = objectPath('Win32_Printer', { DeviceID: 'Office Printer' });
const SPOOLER = objectPath('Win32_Service', { Name: 'Spooler' });
const jobPath = (id: number) => objectPath('Win32_PrintJob', { Name: `Office Printer, ${id}` });

let machine: Machine;

beforeEach(async () => {
  machine = await createMachine();
});

afterEach(() => machine.close());

async function queue(): Promise<readonly number[]> {
  const found = [];
  for await (const job of machine.store.scan('root/cimv2', 'Win32_PrintJob')) found.push(Number(job.get('JobId')));
  return found;
}

/** Calls a method without the clock going on. */
async function call(method: string, on = OFFICE): Promise<unknown> {
  const { returnValue } = await machine.broker.invokeMethod({
    ...{ namespace: 'root/cimv2', target: machine.path(on), methodName: method, input: new Map() as never },
  });
  return returnValue;
}

/** Waits until what goes on by itself has noticed the time. */
const seen = (ids: readonly number[]) => expect.poll(queue, { interval: 5, timeout: 2000 }).toEqual(ids);

describe('the queue of a printer', () => {
  it('prints one job after the other, each in the time of its pages', async () => {
    expect([await call('PrintTestPage'), await call('PrintTestPage')]).toEqual([0, 0]);
    machine.pass(PAGE_MS - 1);
    expect(await machine.get(jobPath(2), 'JobStatus')).toEqual(['Printing']);
    expect(await machine.get(jobPath(3), 'JobStatus')).toEqual([null]);
    machine.pass(1);
    await seen([3]);
    expect(await machine.get(OFFICE, 'PrinterStatus')).toEqual([4]);
    machine.pass(PAGE_MS);
    await seen([]);
    expect(await machine.get(OFFICE, 'PrinterStatus', 'JobCountSinceLastReset')).toEqual([3, 2]);
  });

  it('has a job that began when that before it ended, however late somebody looks', async () => {
    await call('PrintTestPage');
    await call('PrintTestPage');
    machine.pass(2 * PAGE_MS);
    await seen([]);
  });

  it('keeps what is printed when the printer is to', async () => {
    await machine.broker.modifyInstance(machine.path(OFFICE), new Map([['KeepPrintedJobs', true]]) as never);
    await call('PrintTestPage');
    machine.pass(PAGE_MS);
    await expect.poll(() => machine.get(jobPath(2), 'JobStatus', 'PagesPrinted')).toEqual(['Printed', 1]);
  });

  it('stands still while the printer is paused, and begins its page anew', async () => {
    await call('PrintTestPage');
    machine.pass(PAGE_MS - 1);
    await call('Pause');
    machine.pass(60_000);
    expect(await machine.get(jobPath(2), 'StatusMask')).toEqual([0]);
    await call('Resume');
    machine.pass(PAGE_MS - 1);
    expect(await machine.get(jobPath(2), 'StatusMask')).toEqual([16]);
    machine.pass(1);
    await seen([]);
  });

  it('waits for the spooler, and goes on when that is started', async () => {
    await call('PrintTestPage');
    expect(await call('StopService', SPOOLER)).toBe(0);
    await expect.poll(() => machine.get(SPOOLER, 'State')).toEqual(['Stopped']);
    machine.pass(60_000);
    expect(await machine.get(jobPath(2), 'StatusMask')).toEqual([0]);
    expect(await machine.get(OFFICE, 'ExtendedDetectedErrorState', 'ExtendedPrinterStatus')).toEqual([15, 11]);
    expect(await call('PrintTestPage')).toBe(1722);
    expect(await call('StartService', SPOOLER)).toBe(0);
    await expect.poll(() => machine.get(jobPath(2), 'StatusMask')).toEqual([16]);
    machine.pass(PAGE_MS);
    await seen([]);
  });

  it('lies where it is when the process of the spooler ends', async () => {
    await call('PrintTestPage');
    const [id] = await machine.get(SPOOLER, 'ProcessId');
    await call('Terminate', objectPath('Win32_Process', { Handle: String(id) }));
    machine.pass(60_000);
    expect(await machine.get(jobPath(2), 'StatusMask')).toEqual([0]);
    expect(await queue()).toEqual([2]);
  });

  it('goes on when the printer has got another name', async () => {
    await call('PrintTestPage');
    await machine.call('RenamePrinter', OFFICE, { NewPrinterName: 'Copy Room' });
    const renamed = objectPath('Win32_PrintJob', { Name: 'Copy Room, 2' });
    expect(await machine.get(renamed, 'JobStatus')).toEqual(['Printing']);
    machine.pass(PAGE_MS);
    await seen([]);
  });

  it('is waited for once, however many jobs are in it', async () => {
    for (let count = 0; count < 8; count += 1) await call('PrintTestPage');
    const transactions = vi.spyOn(machine.store, 'transaction');
    machine.pass(PAGE_MS);
    await seen([3, 4, 5, 6, 7, 8, 9]);
    await sleep(60);
    expect(transactions).toHaveBeenCalledTimes(1);
  });

  it('is not read again for each of its jobs', async () => {
    for (let count = 0; count < 8; count += 1) await call('PrintTestPage');
    const scans = vi.spyOn(machine.store, 'scan');
    const { instances } = await machine.broker.pullInstances(
      ...([await machine.broker.openInstances('root/cimv2', 'Win32_PrintJob', { subclasses: true }), 100] as const),
    );
    expect(instances).toHaveLength(8);
    expect(scans.mock.calls.filter(([, className]) => className === 'Win32_PrintJob')).toEqual([]);
  });

  it('goes by what is deleted and what somebody holds up', async () => {
    for (let count = 0; count < 3; count += 1) await call('PrintTestPage');
    expect(await call('Pause', jobPath(2))).toBe(0);
    await machine.broker.deleteInstance(machine.path(jobPath(3)));
    expect(await machine.get(jobPath(4), 'JobStatus')).toEqual(['Printing']);
    machine.pass(PAGE_MS);
    await seen([2]);
    expect(await machine.get(jobPath(2), 'JobStatus')).toEqual(['Paused']);
  });
});
