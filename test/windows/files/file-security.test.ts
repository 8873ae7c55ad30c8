import { expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { securityDescriptor } from '../../../src/windows/security/security-descriptor.js';
import { createMachine } from '../machine.js';

const VOLUME_D = 'Win32_Volume.DeviceID="\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-000000000002}\\\\"';

const note = (file: string) => `root/cimulator:CIMULATOR_SecurityNote.Name="file ${file}"`;

/** A machine with a file on a volume of data whose security was changed. */
async function machineWithFile() {
  const machine = await createMachine();
  const at = machine.path('CIM_DataFile.Name="d:\\\\kept.txt"');
  await machine.store.transaction((tx) => tx.put(new CimInstance(at.className, [...at.keys, ['Drive', 'd:']], at)));
  const SecurityDescriptor = securityDescriptor('S-1-5-18', [], 'Win32_');
  const changed = await machine.call('ChangeSecurityPermissions', 'CIM_DataFile.Name="d:\\\\kept.txt"', {
    ...{ SecurityDescriptor, Option: 1 },
  });
  expect(changed.ReturnValue).toBe(0);
  const path = machine.path(VOLUME_D);
  const has = async (file: string) => (await machine.store.get(machine.path(note(file)))) !== undefined;
  return { machine, path, has };
}

it('the security of files goes with their drive to another letter', async () => {
  const { machine, path, has } = await machineWithFile();
  expect(await has('d:\\\\kept.txt')).toBe(true);
  await machine.broker.modifyInstance(path, new NameMap([['DriveLetter', 'Q:']]));
  expect([await has('d:\\\\kept.txt'), await has('q:\\\\kept.txt')]).toEqual([false, true]);
});

it('the security of files is gone when their volume is formatted', async () => {
  const { machine, has } = await machineWithFile();
  const { ReturnValue } = await machine.call('Format', VOLUME_D, { FileSystem: 'NTFS', QuickFormat: true });
  expect([ReturnValue, await has('d:\\\\kept.txt')]).toEqual([0, false]);
});
