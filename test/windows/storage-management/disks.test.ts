import { expect, it } from 'vitest';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { STORAGE } from '../../../src/windows/namespaces.js';
import { disk, object, partition } from '../../../src/windows/storage-management/storage-reasons.js';
import { createMachine } from '../machine.js';

const BLANK = disk(2);
const GIBIBYTE = 1_073_741_824n;

it('makes of a blank disk a drive with a file system, larger and smaller, and a blank disk again', async () => {
  const machine = await createMachine();
  const call = async (method: string, on: string, input = {}) => {
    const answer = await machine.call(method, on, input);
    expect(answer.ReturnValue, method).toBe(0);
    return answer;
  };
  await call('Initialize', BLANK, { PartitionStyle: 2 });
  await call('CreatePartition', BLANK, { Size: 10n * GIBIBYTE, AssignDriveLetter: true });
  const first = partition(2, 1);
  expect(await machine.get(first, 'DriveLetter', 'Size')).toEqual(['F', 10n * GIBIBYTE]);

  const [volume] = await machine.broker.associators(machine.path(first), {
    associationClass: 'MSFT_PartitionToVolume',
  });
  const path = String(volume?.path);
  expect(volume?.get('FileSystem')).toBeNull();
  const { FormattedVolume } = await call('Format', path, { FileSystem: 'NTFS', FileSystemLabel: 'Fresh' });
  expect(FormattedVolume).toMatchObject({ className: 'MSFT_Volume' });
  expect(await machine.get('Win32_LogicalDisk.DeviceID="F:"', 'FileSystem', 'VolumeName')).toEqual(['NTFS', 'Fresh']);

  const { SizeMax } = await call('GetSupportedSize', first);
  await call('Resize', first, { Size: SizeMax });
  expect(await machine.get(BLANK, 'LargestFreeExtent', 'AllocatedSize')).toEqual([0n, SizeMax]);
  expect(await machine.get('Win32_LogicalDisk.DeviceID="F:"', 'Size')).toEqual([SizeMax]);

  await call('Clear', BLANK, { RemoveData: true });
  expect(await machine.get(BLANK, 'PartitionStyle', 'NumberOfPartitions')).toEqual([0, 0]);
  const found = await machine.broker.associators(machine.path(BLANK), {});
  expect(found.map((one) => one.className)).toEqual(['MSFT_StorageSubSystem']);
});

it('has a pool as large as its disks', async () => {
  const machine = await createMachine();
  const sizes: CimValue[] = [];
  for (const number of [0, 1, 2]) sizes.push(...(await machine.get(disk(number), 'Size', 'AllocatedSize')));
  const [pool] = await machine.broker.associators(machine.path(object('MSFT_PhysicalDisk', 'PD', '0')), {
    resultClass: 'MSFT_StoragePool',
  });
  const sum = (from: number) =>
    sizes.filter((_, at) => at % 2 === from).reduce((all: bigint, one) => all + BigInt(Number(one)), 0n);
  expect([pool?.get('Size'), pool?.get('AllocatedSize')]).toEqual([sum(0), sum(1)]);
  expect(pool?.path?.namespace).toBe(STORAGE);
});
