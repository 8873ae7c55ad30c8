import { expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

const service = 'instance of Win32_Service as $S { Name = "Spooler"; };';
const drive = `instance of Win32_DiskDrive as $D { DeviceID = "\\\\\\\\.\\\\PHYSICALDRIVE0"; Size = 1000; };
instance of Win32_DiskPartition as $P { DeviceID = "Disk #0, Partition #0"; Size = 600; };
instance of Win32_DiskPartition as $Q { DeviceID = "Disk #0, Partition #1"; Size = 600; };
instance of Win32_DiskDriveToDiskPartition { Antecedent = $D; Dependent = $P; };`;

const lying = (number: number, from: number) =>
  `instance of Win32_DiskPartition { DeviceID = "part${number}"; DiskIndex = 0; StartingOffset = ${from}; Size = 500; };`;
const indexed = 'instance of Win32_DiskDrive { DeviceID = "disk0"; Index = 0; Size = 1000; };';

it.each([
  [`${indexed}\n${lying(0, 501)}`, ':3:13: part0 ends at 1001 bytes, and disk0 has 1000'],
  [`${indexed}\n${lying(0, 0)}\n${lying(1, 499)}`, ':4:13: part1 lies over part0'],
  [
    `${service}\ninstance of Win32_DependentService { Antecedent = $S; Dependent = $S; };`,
    ':3:13: the service Spooler depends on itself',
  ],
  [
    `${drive}\ninstance of Win32_DiskDriveToDiskPartition { Antecedent = $D; Dependent = $Q; };`,
    ':4:13: Disk #0, Partition #1 is larger than \\\\.\\PHYSICALDRIVE0: 1200 bytes of 1000',
  ],
  [
    `${drive}\ninstance of Win32_LogicalDisk as $C { DeviceID = "C:"; Size = 601; };
instance of Win32_LogicalDiskToPartition { Antecedent = $P; Dependent = $C; };`,
    ':6:13: C: is larger than Disk #0, Partition #0: 601 bytes of 600',
  ],
  ['instance of Win32_LogicalDisk { DeviceID = "C:"; Size = 5; FreeSpace = 6; };', ':2:13: C: has 6 bytes free of 5'],
])('what cannot be on a machine is told with its place, and nothing is started', async (mof, message) => {
  const lab = { name: 'lab.mof', mof: `#pragma namespace("root/cimv2")\n${mof}` };
  await expect(startEndpoint({ lab, users: [{ name: 'a', password: 'b' }] })).rejects.toThrow(`lab.mof${message}`);
});

it('a disk that fills its drive can be', async () => {
  const lab = { mof: `#pragma namespace("root/cimv2")\n${drive}` };
  await (await startEndpoint({ lab, users: [{ name: 'a', password: 'b' }] })).close();
});
