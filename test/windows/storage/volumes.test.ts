import { expect, it } from 'vitest';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { createMachine, type Machine } from '../machine.js';

const device = (last: string) => `Win32_Volume.DeviceID="\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-${last}}\\\\"`;
const VOLUME_D = device('000000000002');
const VOLUME_E = device('555555555555');

async function modify(machine: Machine, text: string, values: Readonly<Record<string, CimValue>>) {
  await machine.broker.modifyInstance(machine.path(text), new NameMap(Object.entries(values)));
}

it('gives a drive another letter, and what is seen under it', async () => {
  const machine = await createMachine();
  await modify(machine, VOLUME_D, { DriveLetter: 'Z:' });
  expect(await machine.get('Win32_LogicalDisk.DeviceID="Z:"', 'Size', 'VolumeName')).toEqual([214748364800n, 'Data']);
  await expect(machine.get('Win32_LogicalDisk.DeviceID="D:"', 'Size')).rejects.toMatchObject({ name: 'CimError' });
  expect(await machine.get('Win32_Directory.Name="z:\\\\data"', 'Drive')).toEqual(['z:']);
  const partition = machine.path('Win32_DiskPartition.DeviceID="Disk #1, Partition #0"');
  const disks = await machine.broker.associators(partition, { associationClass: 'Win32_LogicalDiskToPartition' });
  expect(disks.map((one) => one.get('DeviceID'))).toEqual(['Z:']);

  await modify(machine, VOLUME_E, { DriveLetter: 'X:' });
  const disc = 'Win32_CDROMDrive.DeviceID="SCSI\\\\CDROM&VEN_CONTOSO&PROD_DVD-ROM\\\\1"';
  expect(await machine.get(disc, 'Drive', 'Id')).toEqual(['X:', 'X:']);
  const seenAt = async () => {
    const points = await machine.broker.references(machine.path(VOLUME_E), { resultClass: 'Win32_MountPoint' });
    return points.map((one) => String(one.get('Directory')).replace(/^.*=/, ''));
  };
  expect(await seenAt()).toEqual(['"x:\\\\"']);
  await modify(machine, VOLUME_E, { DriveLetter: null });
  expect(await seenAt()).toEqual([]);
  const unseen = 'Volume{11111111-2222-3333-4444-555555555555}';
  expect(await machine.get(disc, 'Drive', 'Id')).toEqual([unseen, unseen]);
  await modify(machine, VOLUME_E, { DriveLetter: 'E:' });
  expect(await machine.get(disc, 'Drive', 'Id')).toEqual(['E:', 'E:']);
  const again = await machine.get('Win32_LogicalDisk.DeviceID="E:"', 'Description', 'Size', 'DriveType');
  expect(again).toEqual(['CD-ROM Disc', null, 5]);
});

it.each([
  ['is no letter', 'ZZ:'],
  ['is that of another drive', 'C:'],
])('refuses a letter that %s', async (_why, DriveLetter) => {
  const machine = await createMachine();
  await expect(modify(machine, VOLUME_D, { DriveLetter })).rejects.toMatchObject({ name: 'CimError', status: 4 });
});

it('checks at its next start what is dirty, and what was ordered', async () => {
  const machine = await createMachine();
  await machine.store.transaction(async (store) => {
    const volume = await store.get(machine.path(VOLUME_D));
    if (volume) await store.put(volume.with({ DirtyBitSet: true }));
  });
  const check = { FixErrors: true, OKToRunAtBootUp: true };
  expect(await machine.call('Chkdsk', 'Win32_LogicalDisk.DeviceID="C:"', check)).toMatchObject({ ReturnValue: 1 });
  const value = {
    sSubKeyName: 'SYSTEM\\CurrentControlSet\\Control\\Session Manager',
    sValueName: 'BootExecute',
  };
  const atStart = async () => (await machine.call('GetMultiStringValue', 'StdRegProv', value)).sValue;
  expect(await atStart()).toEqual(['autocheck autochk /p \\??\\C:', 'autocheck autochk *']);
  await machine.call('Reboot', 'Win32_OperatingSystem=@');
  expect(await machine.get(VOLUME_D, 'DirtyBitSet')).toEqual([false]);
  expect(await atStart()).toEqual(['autocheck autochk *']);
});
