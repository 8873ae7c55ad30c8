import { describe, expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const drive = 'instance of Win32_DiskDrive { DeviceID = "disk0"; Index = 0; Size = 1000; };';
const partition = (number: number, StartingOffset: number, Size: number) =>
  `instance of Win32_DiskPartition { DeviceID = "part${number}"; DiskIndex = 0; StartingOffset = ${StartingOffset}; Size = ${Size}; };`;
const start = (...partitions: readonly string[]) =>
  startEndpoint({
    port: 0,
    lab: { mof: `#pragma namespace("root/cimv2")\n${[drive, ...partitions].join('\n')}`, name: 'drives.mof' },
  });

describe('drives of a lab', () => {
  it.each([
    ['ends beyond its drive', [partition(0, 500, 501)], 'it ends at 1001 bytes, and disk0 has 1000'],
    ['lies over another', [partition(0, 0, 500), partition(1, 499, 1)], 'it lies over part1'],
  ])('are refused when a partition %s', async (_what, partitions, why) => {
    await expect(start(...partitions)).rejects.toMatchObject({
      name: 'ModelError',
      message: expect.stringMatching(new RegExp(`^root/cimv2:Win32_DiskPartition\\.DeviceID="part\\d": ${why}$`)),
    });
  });

  it('are taken when all of it fits', async () => {
    await using endpoint = await start(partition(0, 0, 500), partition(1, 500, 500));
    expect(await endpoint.cim.find('SELECT * FROM Win32_DiskPartition', 'root/cimv2')).toHaveLength(2);
  });
});
