import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { STORAGE } from '../../../src/windows/namespaces.js';
import { CIMV2, createMachine, type Machine } from '../machine.js';

let machine: Machine;
beforeEach(async () => {
  machine = await createMachine();
});
afterEach(() => machine.close());

const at = (text: string) => parseInstancePath(`${CIMV2}:${text}`);

/** Writes past all methods, as a seed does. */
async function put(...rows: readonly (readonly [path: InstancePath, values: Readonly<Record<string, CimValue>>])[]) {
  const instances = rows.map(
    ([path, values]) => new CimInstance(path.className, [...path.keys, ...Object.entries(values)], path),
  );
  await machine.store.transaction((store) => store.putMany(instances));
}

const remove = (...paths: readonly InstancePath[]) => machine.store.transaction((store) => store.deleteMany(paths));

async function all(className: string, property: string): Promise<readonly CimValue[]> {
  const found: CimValue[] = [];
  for await (const one of machine.store.scan(STORAGE, className)) found.push(one.get(property));
  return found;
}

const DRIVE = at('Win32_DiskDrive.DeviceID="\\\\\\\\.\\\\PHYSICALDRIVE7"');
const PARTITION = at('Win32_DiskPartition.DeviceID="Disk #7, Partition #0"');
const DEVICE = '\\\\?\\Volume{77777777-0000-4000-8000-000000000000}\\';
const VOLUME = at(`Win32_Volume.DeviceID="${DEVICE.replaceAll('\\', '\\\\')}"`);
const LETTER = at('Win32_LogicalDisk.DeviceID="S:"');

const drive = {
  ...{ Index: 7, SystemName: 'SRV01', SerialNumber: 'SEED7', Model: 'Seeded disk', Size: 64_000_000_000n },
  PNPDeviceID: 'SCSI\\DISK\\SEED7',
};
const partition = { DiskIndex: 7, Index: 0, SystemName: 'SRV01', Type: 'GPT: Basic Data', Size: 60_000_000_000n };
const volume = { SystemName: 'SRV01', DriveLetter: 'S:', Capacity: 60_000_000_000n };

function tie(): readonly [InstancePath, Readonly<Record<string, CimValue>>] {
  const keys = { Antecedent: PARTITION, Dependent: LETTER };
  return [new InstancePath({ namespace: CIMV2, className: 'Win32_LogicalDiskToPartition', keys }), {}];
}

describe('what a computer manages', () => {
  it('is what is put among its drives, step by step', async () => {
    const [disks, pool] = [
      await all('MSFT_Disk', 'Number'),
      await all('MSFT_StoragePoolToPhysicalDisk', 'StoragePool'),
    ];
    await put([DRIVE, drive]);
    expect(await all('MSFT_Disk', 'Number')).toEqual([...disks, 7]);
    expect((await all('MSFT_Disk', 'PartitionStyle')).at(-1)).toBe(0);
    expect(await all('MSFT_PhysicalDisk', 'DeviceId')).toContain('7');
    expect(await all('MSFT_StoragePoolToPhysicalDisk', 'StoragePool')).toHaveLength(pool.length + 1);

    const ties = await all('MSFT_PartitionToVolume', 'Volume');
    await put([PARTITION, partition]);
    expect((await all('MSFT_Disk', 'PartitionStyle')).at(-1)).toBe(2);
    expect(await all('MSFT_Partition', 'DiskNumber')).toContain(7);
    await put([VOLUME, volume]);
    expect(await all('MSFT_Volume', 'Path')).toContain(DEVICE);
    expect(await all('MSFT_PartitionToVolume', 'Volume')).toHaveLength(ties.length);
    await put(tie());
    expect(await all('MSFT_PartitionToVolume', 'Volume')).toHaveLength(ties.length + 1);
  });

  it('is of use to the methods that manage it', async () => {
    await put([DRIVE, { ...drive, Signature: null }]);
    const [disk] = (await machine.store.findEqual(STORAGE, ['MSFT_Disk'], 'Number', 7)) ?? [];
    if (!disk?.path) throw new Error('there is no disk 7');
    machine.keep('$disk', disk.path);
    expect(await machine.call('Initialize', '$disk', { PartitionStyle: 2 })).toMatchObject({ ReturnValue: 0 });
    expect(await machine.call('CreatePartition', '$disk', { UseMaximumSize: true })).toMatchObject({ ReturnValue: 0 });
    expect(await machine.get('Win32_DiskPartition.DeviceID="Disk #7, Partition #0"', 'DiskIndex')).toEqual([7]);
    // What the method has made of both is not made again.
    expect((await all('MSFT_Partition', 'DiskNumber')).filter((one) => one === 7)).toHaveLength(1);
  });

  it('is gone with its drive, its partition, its volume, and all that tied it', async () => {
    const before = await Promise.all(
      ['MSFT_Disk', 'MSFT_PhysicalDisk', 'MSFT_Partition', 'MSFT_Volume'].map((one) => all(one, 'ObjectId')),
    );
    const links = await all('MSFT_StorageSubSystemToDisk', 'Disk');
    await put([DRIVE, drive], [PARTITION, partition], [VOLUME, volume], tie());
    await remove(DRIVE, PARTITION, VOLUME);
    const after = await Promise.all(
      ['MSFT_Disk', 'MSFT_PhysicalDisk', 'MSFT_Partition', 'MSFT_Volume'].map((one) => all(one, 'ObjectId')),
    );
    expect(after).toEqual(before);
    expect(await all('MSFT_StorageSubSystemToDisk', 'Disk')).toEqual(links);
  });

  it('is tied to the volume that took the place of another in one step', async () => {
    const ties = await all('MSFT_PartitionToVolume', 'Volume');
    await put([DRIVE, drive], [PARTITION, partition], [VOLUME, volume], tie());
    const other = at(`Win32_Volume.DeviceID="${DEVICE.replace('7777', '8888').replaceAll('\\', '\\\\')}"`);
    await machine.store.transaction(async (store) => {
      await store.delete(VOLUME);
      await store.put(new CimInstance(other.className, [...other.keys, ...Object.entries(volume)], other));
    });
    expect(await all('MSFT_Volume', 'Path')).toContain(DEVICE.replace('7777', '8888'));
    expect(await all('MSFT_PartitionToVolume', 'Volume')).toHaveLength(ties.length + 1);
  });

  it('stays when it is of somebody else, who has other ids', async () => {
    const path = parseInstancePath(`${STORAGE}:MSFT_PhysicalDisk.ObjectId="{1}SOMEBODY:PD:99"`);
    await put([path, { DeviceId: '99', FriendlyName: 'Captured' }], [DRIVE, drive]);
    await remove(DRIVE);
    expect(await all('MSFT_PhysicalDisk', 'FriendlyName')).toContain('Captured');
  });
});
