import { expect, it } from 'vitest';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { SMB_SHARE, showShares, smbKeys } from '../../../src/windows/smb/show-shares.js';
import { createMachine } from '../machine.js';
import { printRows } from '../print-rows.js';

const DATA = new InstancePath({ ...SMB_SHARE, keys: smbKeys('Data') });
const OLD = 'Win32_Share.Name="Data"';

it('shows the shares of the lab as the lab does', async () => {
  const machine = await createMachine();
  await machine.store.transaction((store) => showShares({ store }));
  await expect(await printRows(machine, 'Shares of srv01.', [SMB_SHARE])).toMatchFileSnapshot(
    '../../../fixtures/labs/two-servers/srv01/root.Microsoft.Windows.Smb/shares.mof',
  );
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
