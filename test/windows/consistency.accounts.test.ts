import { beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { InstancePath } from '../../src/cim/model/instance-path.js';
import { COMPUTERS, text, useComputers } from './computers.js';

/** Who is on the computers of the built-in labs. */
const { all, isFurnished, turnTo } = useComputers();

describe.each(COMPUTERS)('$name of the lab $lab', (one) => {
  beforeAll(() => turnTo(one));

  it('has accounts of its own, or, as a controller, of its domain alone; a member has both', async () => {
    const [system] = await all('Win32_ComputerSystem');
    const isController = Number(system?.get('DomainRole')) >= 4;
    const isMember = system?.get('PartOfDomain') === true && !isController;
    const domain = text(system, 'Domain').split('.')[0]?.toUpperCase() ?? '';
    const [users, groups] = [await all('Win32_UserAccount'), await all('Win32_Group')];
    for (const one of [...users, ...groups]) {
      const isLocal = one.get('LocalAccount') === true;
      expect(text(one, 'Domain'), `${one.path}`).toBe(isLocal ? text(system, 'Name') : domain);
      expect(text(one, 'Caption')).toBe(`${text(one, 'Domain')}\\${text(one, 'Name')}`);
    }
    if (!isFurnished()) return;
    const kinds = (ones: readonly CimInstance[]) => new Set(ones.map((one) => one.get('LocalAccount')));
    const expected = new Set(isController ? [false] : isMember ? [true, false] : [true]);
    expect([kinds(users), kinds(groups)]).toEqual([expected, expected]);
    expect(users.map((one) => text(one, 'Name'))).toContain('Administrator');
  });

  it('has groups of accounts that are there, each with the identifier that it is known by', async () => {
    const accounts = [
      ...(await all('Win32_UserAccount')),
      ...(await all('Win32_Group')),
      ...(await all('Win32_SystemAccount')),
    ];
    const known = new Set(accounts.map((one) => one.path?.canonicalKeys));
    for (const tie of await all('Win32_GroupUser'))
      for (const end of ['GroupComponent', 'PartComponent'])
        expect(known.has((tie.get(end) as InstancePath).canonicalKeys), `${end} of ${tie.path}`).toBe(true);
    const identifiers = new Map((await all('Win32_SID')).map((one) => [text(one, 'SID'), one]));
    for (const one of accounts) {
      const found = identifiers.get(text(one, 'SID'));
      expect(text(found, 'AccountName'), `${one.path}`).toBe(text(one, 'Name'));
      const binary = found?.get('BinaryRepresentation') ?? [];
      expect(found?.get('SidLength')).toBe((binary as number[]).length);
    }
    expect(new Set(accounts.map((one) => text(one, 'SID'))).size).toBe(accounts.length);
  });

  it('has sessions and profiles of accounts that it knows', async () => {
    const accounts = [...(await all('Win32_UserAccount')), ...(await all('Win32_SystemAccount'))];
    const sessions = new Set((await all('Win32_LogonSession')).map((one) => one.path?.canonicalKeys));
    const keys = new Set(accounts.map((one) => one.path?.canonicalKeys));
    for (const one of await all('Win32_LoggedOnUser')) {
      expect(keys.has((one.get('Antecedent') as InstancePath).canonicalKeys), `${one.path}`).toBe(true);
      expect(sessions.has((one.get('Dependent') as InstancePath).canonicalKeys), `${one.path}`).toBe(true);
    }
    const known = new Set(accounts.map((one) => text(one, 'SID')));
    for (const one of await all('Win32_UserProfile')) expect(known.has(text(one, 'SID')), `${one.path}`).toBe(true);
  });
});
