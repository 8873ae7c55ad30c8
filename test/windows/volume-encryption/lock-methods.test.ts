import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type Machine } from '../machine.js';

const D = 'Volume{11111111-2222-3333-4444-000000000002}';
const NAMESPACE = 'root/cimv2/Security/MicrosoftVolumeEncryption';
const ENCRYPTABLE = `${NAMESPACE}:Win32_EncryptableVolume.DeviceID="\\\\\\\\?\\\\${D}\\\\"`;

describe('a volume that is locked', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
    await machine.call('ProtectKeyWithNumericalPassword', ENCRYPTABLE, { NumericalPassword: PASSWORD });
    await machine.call('Encrypt', ENCRYPTABLE);
    machine.pass(60_000);
  });
  afterEach(() => machine.close());
  const PASSWORD = '000011-000022-000033-000044-000055-000066-000077-000088';
  const disk = () => machine.get('Win32_LogicalDisk.DeviceID="D:"', 'FileSystem', 'VolumeName', 'FreeSpace', 'Size');

  it('is none that a logical disk says much of, until it is unlocked', async () => {
    const before = await disk();
    expect(await machine.call('Lock', ENCRYPTABLE)).toEqual({ ReturnValue: 0 });
    expect(await disk()).toEqual([null, null, null, before[3]]);
    await machine.call('UnlockWithNumericalPassword', ENCRYPTABLE, { NumericalPassword: PASSWORD });
    expect(await disk()).toEqual(before);
  });

  it('may be formatted, and is a plain one then', async () => {
    await machine.call('Lock', ENCRYPTABLE);
    const volume = `Win32_Volume.DeviceID="\\\\\\\\?\\\\${D}\\\\"`;
    expect(await machine.call('Format', volume, { QuickFormat: true, Label: 'New' })).toEqual({ ReturnValue: 0 });
    expect((await disk()).slice(0, 2)).toEqual(['NTFS', 'New']);
    expect(await machine.get(ENCRYPTABLE, 'ProtectionStatus', 'PersistentVolumeID')).toEqual([0, '']);
  });
});
