import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type Machine } from '../machine.js';

const NAMESPACE = 'root/cimv2/Security/MicrosoftVolumeEncryption';
const DEVICE = '\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-000000000002}\\\\';
const [VOLUME, ENCRYPTABLE] = [
  `Win32_Volume.DeviceID="${DEVICE}"`,
  `${NAMESPACE}:Win32_EncryptableVolume.DeviceID="${DEVICE}"`,
];

describe('encryptable volumes', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
  });
  afterEach(() => machine.close());

  async function shown(): Promise<unknown[][]> {
    const found = [];
    for await (const one of machine.store.scan(NAMESPACE, 'Win32_EncryptableVolume'))
      found.push([one.get('DriveLetter'), one.get('VolumeType')]);
    return found.sort();
  }

  async function change(values: Parameters<Awaited<ReturnType<Machine['broker']['getInstance']>>['with']>[0]) {
    await machine.store.transaction(async (store) => {
      const volume = await store.get(machine.path(VOLUME));
      if (volume) await store.put(volume.with(values));
    });
  }

  it('are those of local disks, and not of discs', async () => {
    expect(await shown()).toEqual([
      ['C:', 0],
      ['D:', 1],
    ]);
  });

  it('follow the letter of a volume, and what kind of drive it is on', async () => {
    await change({ DriveLetter: 'S:', DriveType: 2 });
    expect(await machine.get(ENCRYPTABLE, 'DriveLetter', 'VolumeType')).toEqual(['S:', 2]);
    await change({ DriveLetter: null });
    expect(await machine.get(ENCRYPTABLE, 'DriveLetter')).toEqual([null]);
  });

  it('are there as long as they have a file system, or are locked', async () => {
    await change({ FileSystem: null });
    expect(await shown()).toEqual([['C:', 0]]);
    await change({ FileSystem: 'NTFS' });
    await machine.call('ProtectKeyWithNumericalPassword', ENCRYPTABLE);
    await change({ FileSystem: null });
    expect(await machine.get(ENCRYPTABLE, 'IsVolumeInitializedForProtection')).toEqual([true]);
  });

  it('are plain ones again when they are formatted', async () => {
    await machine.call('ProtectKeyWithNumericalPassword', ENCRYPTABLE);
    expect(await machine.call('Format', VOLUME, { QuickFormat: true })).toMatchObject({ ReturnValue: 0 });
    expect(await machine.get(ENCRYPTABLE, 'PersistentVolumeID')).toEqual(['']);
  });
});
