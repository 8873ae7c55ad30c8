import { afterEach, beforeEach, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { STORAGE } from '../../../src/windows/namespaces.js';
import { storageLink } from '../../../src/windows/storage-management/storage-objects.js';
import { disks, GIBIBYTE, physical, SUBSYSTEM } from '../../../src/windows/storage-spaces/space-reasons.js';
import { createMachine, type Machine, START } from '../machine.js';

let machine: Machine;
beforeEach(async () => {
  machine = await createMachine({}, 'storage-spaces');
});
afterEach(() => machine.close());

type Input = Readonly<Record<string, CimValue>>;

/** Calls a method while the clock stands still. */
async function call(methodName: string, on: string, input: Input = {}) {
  const target = machine.path(on);
  const call = { namespace: STORAGE, target, methodName, input: new NameMap(Object.entries(input)) };
  const { returnValue, outputs } = await machine.broker.invokeMethod(call);
  return { ReturnValue: returnValue, outputs };
}

async function withMirror(): Promise<string> {
  const pool = await machine.call('CreateStoragePool', SUBSYSTEM, { FriendlyName: 'P', PhysicalDisks: disks(3, 4, 5) });
  machine.keep('$pool', (pool.CreatedStoragePool as CimInstance).path ?? machine.path(SUBSYSTEM));
  const made = await machine.call('CreateVirtualDisk', '$pool', {
    ...{ FriendlyName: 'S', Size: 60n * GIBIBYTE, NumberOfColumns: 1 },
  });
  return String((made.CreatedVirtualDisk as CimInstance).path);
}

async function begin(method: string, on: string, input: Input = {}): Promise<string> {
  const { ReturnValue, outputs } = await call(method, on, { ...input, RunAsJob: true });
  expect(ReturnValue, method).toBe(4096);
  return String(outputs.get('CreatedStorageJob'));
}

const state = (job: string) => machine.get(job, 'JobState', 'PercentComplete');

/** Waits until a job has seen that its time is over. */
async function ended(job: string) {
  await expect.poll(() => machine.get(job, 'JobState'), { timeout: 5000 }).not.toEqual([4]);
}

it('counts a job up on the clock, and does its work at the end', async () => {
  const virtual = await withMirror();
  await call('SetUsage', physical(3), { Usage: 4 });
  const job = await begin('Repair', virtual);
  expect(await state(job)).toEqual([4, 0]);
  const about = await machine.broker.associators(machine.path(job), {
    associationClass: 'MSFT_StorageJobToAffectedStorageObject',
  });
  expect(about.map((one) => one.path?.canonical)).toEqual([machine.path(virtual).canonical]);
  // A mirror of 60 GiB on three disks has 40 of them on each, which take 800 ms to make anew.
  machine.pass(400);
  expect(await state(job)).toEqual([4, 50]);
  expect(String((await machine.get(job, 'ElapsedTime'))[0])).toBe('00000000000000.400000:000');
  expect(await machine.get(virtual, 'HealthStatus')).toEqual([1]);
  expect((await call('Repair', virtual)).ReturnValue).toBe(6);
  machine.pass(60_000);
  await ended(job);
  expect(await machine.get(job, 'JobState', 'PercentComplete', 'JobStatus', 'OperationalStatus')).toEqual([
    ...[7, 100, 'Completed', [17, 2]],
  ]);
  expect(await machine.get(virtual, 'HealthStatus')).toEqual([0]);
  machine.pass(900_000);
  await expect.poll(() => machine.store.get(machine.path(job)), { timeout: 5000 }).toBeUndefined();
});

it('puts no disk into a pool that somebody has deleted meanwhile', async () => {
  const made = await machine.call('CreateStoragePool', SUBSYSTEM, { FriendlyName: 'P', PhysicalDisks: disks(3, 4) });
  const pool = String((made.CreatedStoragePool as CimInstance).path);
  const job = await begin('AddPhysicalDisk', pool, { PhysicalDisks: disks(5) });
  expect((await call('DeleteObject', pool)).ReturnValue).toBe(0);
  machine.pass(60_000);
  await ended(job);
  expect(await machine.get(job, 'JobState', 'ErrorCode')).toEqual([10, 4]);
  expect(await machine.get(physical(5), 'CanPool')).toEqual([true]);
});

it('does nothing of a job that is terminated', async () => {
  const virtual = await withMirror();
  const job = await begin('DeleteObject', virtual);
  expect((await call('RequestStateChange', job, { RequestedState: 4 })).ReturnValue).toBe(0);
  machine.pass(60_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await state(job)).toEqual([8, 0]);
  expect(await machine.get(virtual, 'FriendlyName')).toEqual(['S']);
});

it('says of a job what kept it from being done in the end', async () => {
  const virtual = await withMirror();
  const job = await begin('Resize', virtual, { Size: 120n * GIBIBYTE });
  const other = { FriendlyName: 'O', UseMaximumSize: true };
  expect((await call('CreateVirtualDisk', '$pool', other)).ReturnValue).toBe(0);
  machine.pass(60_000);
  await ended(job);
  expect(await machine.get(job, 'JobState', 'ErrorCode', 'OperationalStatus')).toEqual([10, 40_000, [17, 6]]);
  const status = (await call('GetExtendedStatus', job)).outputs.get('ExtendedStatus');
  expect(status).toBeInstanceOf(CimInstance);
  expect((status as CimInstance).getString('MessageID')).toBe('StorageWMI 40000');
  expect(await machine.get(virtual, 'Size')).toEqual([60n * GIBIBYTE]);
});

it('refuses at once what no job could do, and says which code it is', async () => {
  const virtual = await withMirror();
  const { ReturnValue, outputs } = await call('Resize', virtual, { Size: GIBIBYTE, RunAsJob: true });
  expect(ReturnValue).toBe(4097);
  const status = outputs.get('ExtendedStatus') as CimInstance;
  expect([status.className, status.get('Message'), status.get('CIMStatusCode')]).toEqual([
    ...['MSFT_StorageExtendedStatus', 'Size Not Supported', 1],
  ]);
  expect(outputs.get('CreatedStorageJob')).toBeNull();
});

it('takes a job for lost that nobody has done when it was to be done', async () => {
  const virtual = await withMirror();
  const job = machine.path('MSFT_StorageJob.ObjectId="lost"');
  const note = machine.path('root/cimulator:CIMULATOR_StorageJobNote.Name="lost"');
  const due = CimDateTime.fromDate(new Date(START));
  await machine.store.transaction((store) =>
    store.putMany([
      new CimInstance('MSFT_StorageJob', Object.entries({ ObjectId: 'lost', Name: 'Repair', JobState: 4 }), job),
      new CimInstance('CIMULATOR_StorageJobNote', Object.entries({ Name: 'lost', Due: due }), note),
      storageLink('MSFT_StorageJobToAffectedStorageObject', {
        ...{ StorageJob: new CimInstance('MSFT_StorageJob', [], job) },
        AffectedStorageObject: new CimInstance('MSFT_VirtualDisk', [], machine.path(virtual)),
      }),
    ]),
  );
  machine.pass(3_600_000);
  expect(await machine.get(String(job), 'JobState')).toEqual([10]);
  expect((await machine.call('Repair', virtual)).ReturnValue).toBe(0);
});
