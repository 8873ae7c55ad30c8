import { expect, it } from 'vitest';
import { HostNames } from '../../../src/cim/hosts/host-names.js';

const host = (name: string, ...aliases: string[]) => ({ name, aliases, isDefault: false });
const names = new HostNames([
  host('srv01.lab.example', 'iscsi-a.lab.example'),
  host('srv02.lab.example'),
  host('web.a.example'),
  host('web.b.example'),
]);

it.each([
  ['srv01.lab.example', 'srv01.lab.example'],
  ['SRV01', 'srv01.lab.example'],
  ['iscsi-A.lab.example', 'srv01.lab.example'],
  ['ISCSI-A', 'srv01.lab.example'],
  ['web.b.example', 'web.b.example'],
  ['web', undefined],
  ['srv03', undefined],
  ['lab.example', undefined],
])('%s means %s', (name, found) => {
  expect(names.find(name)?.name).toBe(found);
});

it('a short name of one is no obstacle to the full name of another', () => {
  const both = new HostNames([host('srv01.lab.example'), host('srv01')]);
  expect([both.problem, both.find('srv01')?.name]).toEqual([undefined, 'srv01']);
});

it('an address has no short name', () => {
  expect(new HostNames([host('192.0.2.11')]).find('192')).toBeUndefined();
});

it.each([
  [[host('srv01.lab.example'), host('SRV01.lab.example')], "'SRV01.lab.example' is srv01.lab.example already"],
  [[host('a.example', 'x.example'), host('b.example', 'x.example')], "'x.example' is a.example already"],
  [
    [
      { ...host('a.example'), isDefault: true },
      { ...host('b.example'), isDefault: true },
    ],
    'a.example is the default host already',
  ],
  [[host('a.example', 'A.example'), host('b.example')], undefined],
])('what is wrong with hosts together is said', (list, problem) => {
  expect(new HostNames(list).problem?.text).toBe(problem);
});
