import { describe, expect, it } from 'vitest';
import { machineSid } from '../../src/windows/machine-sid.js';
import { CIMULATOR } from '../../src/windows/namespaces.js';
import { COMPUTERS, text, useComputers } from './computers.js';

const DOMAIN = 'S-1-5-21-1000000001-1000000002-1000000003';

describe('the identifier of a computer', () => {
  it('is the same for its name at any time, however it is written, and another one for any other', () => {
    expect(machineSid('srv01')).toBe('S-1-5-21-1682556277-1471864719-1604327289');
    expect(machineSid('SRV01')).toBe(machineSid('srv01'));
    const names = Array.from({ length: 200 }, (_, at) => machineSid(`HOST${at}`));
    expect(new Set(names).size).toBe(200);
    for (const name of names) expect(name).toMatch(/^S-1-5-21(-[1-4]\d{9}){3}$/);
  });
});

describe.each(COMPUTERS)('of $name in the lab $lab, all accounts', ({ lab, name }) => {
  const { all, turnTo } = useComputers();
  const own = machineSid(name);
  const begins = (sid: string) => sid.replace(/-\d+$/, '');

  it('of its own begin with its identifier, those of the domain with that of the domain', async () => {
    await turnTo({ lab, name });
    for (const className of ['Win32_UserAccount', 'Win32_Group'])
      for (const one of await all(className)) {
        const sid = text(one, 'SID');
        if (!sid.startsWith('S-1-5-21-')) continue;
        expect(begins(sid), text(one, 'Caption')).toBe(one.get('LocalAccount') === true ? own : DOMAIN);
      }
  });

  it('have the same identifier wherever they are shown', async () => {
    await turnTo({ lab, name });
    const [users, groups] = [await all('Win32_UserAccount'), await all('Win32_Group')];
    const known = new Set([...users, ...groups].map((one) => text(one, 'SID')));
    const shown = [
      ...(await all('Win32_SID')).map((one) => text(one, 'SID')),
      ...(await all('Win32_UserProfile')).map((one) => text(one, 'SID')),
      ...(await all('CIMULATOR_RegistryKey', CIMULATOR)).map((one) => text(one, 'Name')),
    ].filter((sid) => sid.startsWith('S-1-5-21-'));
    expect(shown.filter((sid) => !known.has(sid.replace(/_Classes$/, '')))).toEqual([]);
  });
});
