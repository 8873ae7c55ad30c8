import { expect, it } from 'vitest';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { instancesIn } from '../../../src/windows/derived-rows.js';
import { SMB_SHARE, smbKeys } from '../../../src/windows/smb/show-shares.js';
import { createMachine } from '../machine.js';

const DATA = new InstancePath({ ...SMB_SHARE, keys: smbKeys('Data') });
const volume = (number: number) => `\\\\?\\Volume{11111111-2222-3333-4444-00000000000${number}}\\`;
const OLD = 'Win32_Share.Name="Data"';

it('shows the shares of the lab', async () => {
  const { store } = await createMachine();
  const shown = await instancesIn(store, SMB_SHARE);
  expect(shown.map((one) => ['Name', 'ShareType', 'Special', 'Volume'].map((name) => one.get(name)))).toEqual([
    ['ADMIN$', 0, true, volume(1)],
    ['C$', 0, true, volume(1)],
    ['IPC$', 3, true, ''],
    ['D$', 0, true, volume(2)],
    ['Data', 0, false, volume(2)],
  ]);
});

it('changes and removes the share that it shows', async () => {
  const machine = await createMachine();
  const changes = { Description: 'Read me', ConcurrentUserLimit: 3, EncryptData: true };
  await machine.broker.modifyInstance(DATA, new NameMap(Object.entries(changes)));
  expect(await machine.get(OLD, 'Description', 'MaximumAllowed')).toEqual(['Read me', 3]);
  await machine.call('SetShareInfo', OLD, { Description: 'Again' });
  const shown = await machine.broker.getInstance(DATA);
  expect([shown.get('Description'), shown.get('ConcurrentUserLimit'), shown.get('EncryptData')]).toEqual([
    'Again',
    0,
    true,
  ]);
  await machine.broker.deleteInstance(DATA);
  await expect(machine.get(OLD)).rejects.toThrow();
});
