import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { object } from '../../../src/windows/storage-management/storage-reasons.js';
import { createMachine, type Machine } from '../machine.js';

const SUBSYSTEM = object('MSFT_StorageSubSystem', 'SS', 'Spaces');
const GIBIBYTE = 1_073_741_824n;
const MIBIBYTE = 1_048_576n;
const SLAB = 256n * MIBIBYTE;
const physical = (number: number) => object('MSFT_PhysicalDisk', 'PD', String(number));

let machine: Machine;
beforeEach(async () => {
  machine = await createMachine({}, 'storage-spaces');
});
afterEach(() => machine.close());

type Input = Readonly<Record<string, CimValue>>;

async function call(method: string, on: string, input: Input = {}) {
  const answer = await machine.call(method, on, input);
  expect(answer.ReturnValue, method).toBe(0);
  return answer;
}

const get = (path: string) => machine.broker.getInstance(machine.path(path));
const disksOf = (...numbers: readonly number[]) => Promise.all(numbers.map((one) => get(physical(one))));
const all = async (className: string, namespace: string) => {
  const found: CimInstance[] = [];
  for await (const one of machine.store.scan(namespace, className)) found.push(one);
  return found;
};
const pathOf = (value: CimValue | undefined) => String((value as CimInstance).path);
const across = async (path: string, associationClass: string) =>
  machine.broker.associators(machine.path(path), { associationClass });

async function createPool(...numbers: readonly number[]) {
  const { CreatedStoragePool } = await call('CreateStoragePool', SUBSYSTEM, {
    ...{ FriendlyName: 'Pool', PhysicalDisks: await disksOf(...numbers) },
  });
  return pathOf(CreatedStoragePool);
}

async function createVirtualDisk(pool: string, input: Input) {
  const { CreatedVirtualDisk } = await call('CreateVirtualDisk', pool, { FriendlyName: 'Space', ...input });
  return pathOf(CreatedVirtualDisk);
}

describe('a pool', () => {
  it('takes disks, which are seen no more, and gives them back blank', async () => {
    const before = await get('Win32_DiskDrive.DeviceID="\\\\\\\\.\\\\PHYSICALDRIVE3"');
    const pool = await createPool(3, 4);
    expect(await machine.get(pool, 'Size', 'AllocatedSize', 'HealthStatus')).toEqual([200n * GIBIBYTE, 2n * SLAB, 0]);
    expect(await machine.get(physical(3), 'CanPool', 'CannotPoolReason', 'Size', 'AllocatedSize')).toEqual([
      ...[false, [2], 100n * GIBIBYTE, SLAB],
    ]);
    expect(await machine.get(physical(3), 'SerialNumber', 'Model')).toEqual(['CTS-DISK-3', 'Contoso Virtual Disk']);
    const numbers = async () => (await all('Win32_DiskDrive', 'root/cimv2')).map((one) => one.get('Index'));
    expect(await numbers()).toEqual([0, 1, 2, 5, 6, 7]);
    expect((await all('MSFT_Disk', 'root/Microsoft/Windows/Storage')).map((one) => one.get('Number'))).toEqual([
      ...[0, 1, 2, 5, 6, 7],
    ]);
    await call('RemovePhysicalDisk', pool, { PhysicalDisks: await disksOf(3) });
    expect(await machine.get(pool, 'Size')).toEqual([100n * GIBIBYTE]);
    await call('DeleteObject', pool);
    expect([...(await numbers())].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const after = await get('Win32_DiskDrive.DeviceID="\\\\\\\\.\\\\PHYSICALDRIVE3"');
    expect(Object.fromEntries(after.properties)).toEqual(Object.fromEntries(before.properties));
    expect(await machine.get(physical(3), 'CanPool', 'CannotPoolReason')).toEqual([true, null]);
    expect(await all('MSFT_ResiliencySetting', 'root/Microsoft/Windows/Storage')).toEqual([]);
  });

  it('is counted in the primordial one', async () => {
    const primordial = object('MSFT_StoragePool', 'SP', 'Primordial');
    const [size, taken] = await machine.get(primordial, 'Size', 'AllocatedSize');
    await createPool(3, 4);
    expect(await machine.get(primordial, 'Size', 'AllocatedSize')).toEqual([
      ...[size, BigInt(Number(taken)) + 200n * GIBIBYTE],
    ]);
  });
});

describe('a virtual disk', () => {
  it.each([
    ['Simple', 5, 1, 0, 5, 1.25],
    ['Mirror', 5, 2, 1, 2, 2],
    ['Parity', 5, 1, 1, 5, 1.25],
  ] as const)('lies %s on %i disks', async (ResiliencySettingName, count, copies, redundancy, columns, _) => {
    const pool = await createPool(...[3, 4, 5, 6, 7].slice(0, count));
    const data = ResiliencySettingName === 'Parity' ? columns - 1 : columns;
    const virtual = await createVirtualDisk(pool, { Size: BigInt(data) * 2n * GIBIBYTE, ResiliencySettingName });
    const size = BigInt(data) * 2n * GIBIBYTE;
    const footprint = (size * BigInt(columns * copies)) / BigInt(data);
    expect(
      await machine.get(virtual, 'Size', 'AllocatedSize', 'FootprintOnPool', 'NumberOfDataCopies', 'NumberOfColumns'),
    ).toEqual([size, size, footprint, copies, columns]);
    expect(await machine.get(virtual, 'PhysicalDiskRedundancy', 'HealthStatus', 'OperationalStatus')).toEqual([
      ...[redundancy, 0, [2]],
    ]);
    const [allocated] = await machine.get(pool, 'AllocatedSize');
    expect(allocated).toBe(footprint + 5n * SLAB);
    const disks = await across(pool, 'MSFT_StoragePoolToPhysicalDisk');
    expect(disks.reduce((sum, one) => sum + BigInt(Number(one.get('AllocatedSize'))), 0n)).toBe(allocated);
    expect(await across(pool, 'MSFT_StoragePoolToVirtualDisk')).toHaveLength(1);
  });

  it('becomes a drive with a file system, in both namespaces', async () => {
    const pool = await createPool(3, 4);
    const virtual = await createVirtualDisk(pool, { UseMaximumSize: true });
    const [disk] = await across(virtual, 'MSFT_VirtualDiskToDisk');
    expect(disk?.get('Number')).toBe(8);
    expect([disk?.get('Size'), disk?.get('BusType')]).toEqual([(await machine.get(virtual, 'Size'))[0], 16]);
    const number = String(disk?.path);
    await call('Initialize', number, { PartitionStyle: 2 });
    const { CreatedPartition } = await call('CreatePartition', number, { UseMaximumSize: true, DriveLetter: 'S' });
    const [volume] = await across(pathOf(CreatedPartition), 'MSFT_PartitionToVolume');
    await call('Format', String(volume?.path), { FileSystem: 'NTFS', FileSystemLabel: 'Data' });
    expect(await machine.get('Win32_LogicalDisk.DeviceID="S:"', 'VolumeName', 'FileSystem')).toEqual(['Data', 'NTFS']);
    expect((await across(pool, 'MSFT_StoragePoolToVolume')).map((one) => one.get('DriveLetter'))).toEqual(['S']);

    await call('Detach', virtual);
    expect(await machine.get(virtual, 'HealthStatus', 'OperationalStatus', 'DetachedReason')).toEqual([5, [53_250], 2]);
    expect(await across(virtual, 'MSFT_VirtualDiskToDisk')).toEqual([]);
    await expect(get('Win32_LogicalDisk.DeviceID="S:"')).rejects.toMatchObject({ name: 'CimError' });
    await call('Attach', virtual);
    expect(await machine.get('Win32_LogicalDisk.DeviceID="S:"', 'VolumeName', 'FileSystem')).toEqual(['Data', 'NTFS']);
    expect((await across(virtual, 'MSFT_VirtualDiskToDisk')).map((one) => one.get('Number'))).toEqual([8]);

    await call('DeleteObject', virtual);
    expect(await machine.get(pool, 'AllocatedSize')).toEqual([2n * SLAB]);
    await expect(get('Win32_LogicalDisk.DeviceID="S:"')).rejects.toMatchObject({ name: 'CimError' });
    await call('DeleteObject', pool);
  });

  it('that is thin takes what its volumes use, and no more', async () => {
    const pool = await createPool(3, 4);
    const virtual = await createVirtualDisk(pool, { Size: 1024n * GIBIBYTE, ProvisioningType: 1 });
    expect(await machine.get(virtual, 'Size', 'AllocatedSize', 'FootprintOnPool')).toEqual([
      ...[1024n * GIBIBYTE, SLAB, 2n * SLAB],
    ]);
    const [disk] = await across(virtual, 'MSFT_VirtualDiskToDisk');
    await call('Initialize', String(disk?.path), { PartitionStyle: 2 });
    const { CreatedPartition } = await call('CreatePartition', String(disk?.path), { UseMaximumSize: true });
    const [volume] = await across(pathOf(CreatedPartition), 'MSFT_PartitionToVolume');
    await call('Format', String(volume?.path), { FileSystem: 'NTFS' });
    // The file system has a 256th for itself: 4 GiB of it.
    const [allocated, footprint] = await machine.get(virtual, 'AllocatedSize', 'FootprintOnPool');
    expect(allocated).toBe(4n * GIBIBYTE);
    expect(footprint).toBe(8n * GIBIBYTE);
    expect(await machine.get(pool, 'AllocatedSize')).toEqual([8n * GIBIBYTE + 2n * SLAB]);
  });

  it('is repaired on other disks when one of it is to be left', async () => {
    const pool = await createPool(3, 4);
    const virtual = await createVirtualDisk(pool, { Size: 10n * GIBIBYTE });
    await call('SetUsage', physical(3), { Usage: 4 });
    expect(await machine.get(virtual, 'HealthStatus', 'OperationalStatus')).toEqual([1, [3]]);
    expect((await machine.call('Repair', virtual)).ReturnValue).toBe(40_000);
    await call('AddPhysicalDisk', pool, { PhysicalDisks: await disksOf(5) });
    await call('Repair', virtual);
    expect(await machine.get(virtual, 'HealthStatus', 'FootprintOnPool')).toEqual([0, 20n * GIBIBYTE]);
    expect(await machine.get(physical(5), 'AllocatedSize')).toEqual([10n * GIBIBYTE + SLAB]);
    await call('RemovePhysicalDisk', pool, { PhysicalDisks: await disksOf(3) });
    const disks = await across(virtual, 'MSFT_VirtualDiskToPhysicalDisk');
    expect(disks.map((one) => one.get('DeviceId')).sort()).toEqual(['4', '5']);
  });

  it('is attached when the machine starts, but for one that is attached by hand', async () => {
    const pool = await createPool(3, 4);
    const byHand = await createVirtualDisk(pool, { Size: GIBIBYTE });
    const other = await createVirtualDisk(pool, { Size: GIBIBYTE });
    await call('SetAttributes', byHand, { IsManualAttach: true });
    await call('Detach', other);
    await call('Reboot', 'Win32_OperatingSystem=@');
    expect(await machine.get(byHand, 'OperationalStatus')).toEqual([[53_250]]);
    expect(await machine.get(other, 'OperationalStatus')).toEqual([[2]]);
    const numbers = (await all('Win32_DiskDrive', 'root/cimv2')).map((one) => one.get('Index'));
    expect(numbers.filter((one) => Number(one) > 7)).toEqual([9]);
  });
});
