import { expect, it } from 'vitest';
import { createMachine } from '../machine.js';

const profile = (sid: string) => `Win32_UserProfile.SID="${sid}"`;
const DOMAIN = 'S-1-5-21-1000000001-1000000002-1000000003';
const KEY = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

it('deletes a profile with its folder and its key of the registry', async () => {
  const machine = await createMachine();
  const folder = { Name: 'c:\\users\\administrator', Drive: 'c:', Path: '\\users\\' };
  await machine.store.transaction(async (store) => {
    const users = await store.get(machine.path('Win32_Directory.Name="c:\\\\users"'));
    const path = machine.path('Win32_Directory.Name="c:\\\\users\\\\administrator"');
    if (users) await store.put(users.with(folder).at(path));
  });
  const sids = async () => (await machine.call('EnumKey', 'StdRegProv', { sSubKeyName: KEY })).sNames;
  expect(await sids()).toContain(`${DOMAIN}-500`);
  await machine.broker.deleteInstance(machine.path(profile(`${DOMAIN}-500`)));
  for (const gone of [profile(`${DOMAIN}-500`), 'Win32_Directory.Name="c:\\\\users\\\\administrator"'])
    await expect(machine.get(gone)).rejects.toMatchObject({ name: 'CimError', status: 6 });
  expect(await sids()).not.toContain(`${DOMAIN}-500`);
});

it.each([
  ['somebody uses', `${DOMAIN}-1105`, 'is in use'],
  ['is of the system', 'S-1-5-18', 'is of the system'],
])('keeps a profile that %s', async (_why, sid, message) => {
  const machine = await createMachine();
  await expect(machine.broker.deleteInstance(machine.path(profile(sid)))).rejects.toThrow(message);
  expect(await machine.get(profile(sid), 'SID')).toEqual([sid]);
});
