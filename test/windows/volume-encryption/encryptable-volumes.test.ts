import { describe, expect, it } from 'vitest';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import { encryptableVolumes } from '../../../src/windows/volume-encryption/encryptable-volumes.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';
import { createMachine } from '../machine.js';

const NAMESPACE = 'root/cimv2/Security/MicrosoftVolumeEncryption';
const D = `${NAMESPACE}:Win32_EncryptableVolume.DeviceID="\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-000000000002}\\\\"`;

describe('Win32_EncryptableVolume', () => {
  it('is for administrators alone, every method of it', async () => {
    const machine = await createMachine();
    await machine.store.transaction((store) =>
      store.delete(machine.path('Win32_Group.Domain="SRV01",Name="Administrators"')),
    );
    const codes = [];
    for (const method of Object.keys(encryptableVolumes.methods))
      codes.push((await machine.call(method, D)).ReturnValue);
    expect(codes).toHaveLength(62);
    expect(new Set(codes)).toEqual(new Set([0x80070005]));
    await machine.close();
  });

  it('says when it is read how far a conversion is', async () => {
    const machine = await createMachine();
    await machine.call('DisableKeyProtectors', D);
    await machine.call('Encrypt', D);
    machine.pass(10_000);
    expect(await machine.get(D, 'ConversionStatus', 'ProtectionStatus', 'EncryptionMethod')).toEqual([1, 0, 6]);
    await machine.close();
  });
});

describe('an endpoint', () => {
  const running = runEndpoint({ port: 0, seed: 1 });
  const PASSWORD_OF_D = '000011-000022-000033-000044-000055-000066-000077-000088';
  const KEY = Array.from({ length: 32 }, (_, at) => 200 + at);

  it('masks what protects a volume wherever calls are shown, and tells it who asked', async () => {
    const client = createClient({ url: running.url, user: USER, password: PASSWORD });
    const volume = parseInstancePath(D);
    const call = (method: string, parameters: Parameters<typeof client.invoke>[2] = {}) =>
      client.invoke(volume, method, parameters);
    const made = await call('ProtectKeyWithNumericalPassword', { NumericalPassword: PASSWORD_OF_D });
    const VolumeKeyProtectorID = String(made.outputs.get('VolumeKeyProtectorID'));
    const told = await call('GetKeyProtectorNumericalPassword', { VolumeKeyProtectorID });
    expect(told.outputs.get('NumericalPassword')).toBe(PASSWORD_OF_D);
    await call('ProtectKeyWithPassphrase', { Passphrase: 'Passphrase of D' });
    await call('ProtectKeyWithExternalKey', { ExternalKey: KEY });
    await call('GetKeyPackage', { VolumeKeyProtectorID });
    const shown = running.endpoint
      .requests({ operation: 'Invoke' })
      .map((one) => `${JSON.stringify(one)}${JSON.stringify(one.soap())}`);
    expect(shown).toHaveLength(5);
    for (const text of shown) {
      expect(text).toContain('***');
      expect(text).not.toMatch(/000011|Passphrase of D|ExternalKey>2\d\d|KeyPackage>\d/);
    }
  });

  it('finds volumes by what their state is', async () => {
    const { cim } = running.endpoint.hosts.get('srv01');
    const query = 'SELECT * FROM Win32_EncryptableVolume WHERE IsVolumeInitializedForProtection = TRUE';
    const found = await cim.find(query, NAMESPACE);
    expect(found.map((one) => one.get('DriveLetter'))).toEqual(['D:']);
  });
});
