import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMachine, type Machine } from '../machine.js';

const NAMESPACE = 'root/cimv2/Security/MicrosoftVolumeEncryption';
const at = (last: number) =>
  `${NAMESPACE}:Win32_EncryptableVolume.DeviceID="\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-00000000000${last}}\\\\"`;
const [C, D] = [at(1), at(2)];
const restart = (machine: Machine) => machine.call('Reboot', 'Win32_OperatingSystem=@');

describe('when a computer with encrypted volumes starts', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await createMachine();
  });
  afterEach(() => machine.close());

  async function encrypt(on: string): Promise<string> {
    await machine.call('ProtectKeyWithNumericalPassword', on);
    const { VolumeKeyProtectorID } = await machine.call('ProtectKeyWithExternalKey', on);
    await machine.call('Encrypt', on);
    machine.pass(10_000);
    return String(VolumeKeyProtectorID);
  }

  it('a suspension for two restarts is over with the second', async () => {
    await encrypt(C);
    await machine.call('DisableKeyProtectors', C, { DisableCount: 2 });
    const protection = [];
    for (let count = 0; count < 3; count += 1) {
      protection.push(...(await machine.get(C, 'ProtectionStatus')));
      if (count < 2) await restart(machine);
    }
    expect(protection).toEqual([0, 0, 1]);
    expect(await machine.call('GetSuspendCount', C)).toMatchObject({ ReturnValue: 0x80070032 });
  });

  it('a suspension without a number stays, and so does a plain volume', async () => {
    await encrypt(C);
    await machine.call('DisableKeyProtectors', C);
    for (let count = 0; count < 2; count += 1) await restart(machine);
    expect(await machine.get(C, 'ProtectionStatus')).toEqual([0]);
    expect(await machine.call('GetSuspendCount', C)).toMatchObject({ ReturnValue: 0, SuspendCount: 0 });
    expect(await machine.get(D, 'ProtectionStatus', 'ConversionStatus')).toEqual([0, 0]);
  });

  it('a data volume is locked, and tells nobody its key', async () => {
    const id = await encrypt(D);
    await encrypt(C);
    await restart(machine);
    expect(await machine.get(D, 'ProtectionStatus')).toEqual([2]);
    const unlocked = await machine.call('GetKeyProtectorExternalKey', D, { VolumeKeyProtectorID: id });
    expect(unlocked).toEqual({ ReturnValue: 0x80310000, ExternalKey: null });
  });

  it('what converts a locked volume halts, and goes on when it is unlocked', async () => {
    const password = '000011-000022-000033-000044-000055-000066-000077-000088';
    await machine.call('ProtectKeyWithNumericalPassword', D, { NumericalPassword: password });
    await machine.store.transaction(async (store) => {
      const volume = await store.get(machine.path(D.replace(`${NAMESPACE}:Win32_Encryptable`, 'root/cimv2:Win32_')));
      if (volume) await store.put(volume.with({ Capacity: 1n << 62n }));
    });
    await machine.call('Encrypt', D);
    await restart(machine);
    expect(await machine.get(D, 'ConversionStatus', 'ProtectionStatus')).toEqual([null, 2]);
    machine.pass(1_000_000_000_000);
    await machine.call('UnlockWithNumericalPassword', D, { NumericalPassword: password });
    expect(await machine.get(D, 'ConversionStatus')).toEqual([2]);
    machine.pass(1_000_000_000_000);
    expect(await machine.get(D, 'ConversionStatus')).toEqual([1]);
  });

  it('what was decrypted by then has nothing left, no secret either', async () => {
    await encrypt(D);
    await machine.call('Decrypt', D);
    machine.pass(10_000);
    await restart(machine);
    const left = [];
    for (const kind of ['Encryption', 'KeyProtector'])
      for await (const one of machine.store.scan('root/cimulator', `CIMULATOR_${kind}Note`)) left.push(one);
    expect(left).toEqual([]);
  });
});
