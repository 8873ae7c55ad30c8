import type { MethodTable } from '../method-table.js';
import { because, objectPath, tablesOn } from '../table-paths.js';

const account = (className: string, Name: string, Domain = 'SRV01') => objectPath(className, { Domain, Name });
const user = (name: string, domain?: string) => account('Win32_UserAccount', name, domain);
const group = (name: string, domain?: string) => account('Win32_Group', name, domain);

const fault = 'the path of an account that there is not is a fault before the method is called';
const alone = 'the lab has the accounts of a domain by name alone, and no controller that could fail';

export const accountTables: readonly MethodTable[] = [
  tablesOn('Win32_UserAccount', user('Guest'))(
    'Rename',
    [
      {
        code: 0,
        when: 'nobody has the name',
        input: { Name: 'Visitor' },
        shows: [
          { gone: user('Guest') },
          { get: user('Visitor'), has: { Caption: 'SRV01\\Visitor', Disabled: true } },
          { associatorsOf: group('Guests'), by: 'Win32_GroupUser', find: [user('Visitor')] },
          {
            get: objectPath('Win32_SID', { SID: 'S-1-5-21-1682556277-1471864719-1604327289-501' }),
            has: { AccountName: 'Visitor' },
          },
        ],
      },
      { code: 3, when: 'no account may have the name', input: { Name: 'a/b' } },
      { code: 6, when: 'the account is of the domain', on: user('svc-lab', 'LAB'), input: { Name: 'svc' } },
      { code: 9, when: 'another account has the name', input: { Name: 'administrator' } },
    ],
    {
      ...because(fault, 1, 2, 4),
      ...because(alone, 5),
      ...because('the last administrator may be called otherwise', 7),
      ...because('a user is no group', 8),
      ...because('nothing fails inside', 10),
    },
  ),
  tablesOn('Win32_Group', group('Lab Operators'))(
    'Rename',
    [
      {
        code: 0,
        when: 'nobody has the name',
        input: { Name: 'Operators' },
        shows: [
          { gone: group('Lab Operators') },
          { get: group('Operators'), has: { Caption: 'SRV01\\Operators' } },
          { associatorsOf: user('lab'), by: 'Win32_GroupUser', find: [group('Operators')] },
        ],
      },
      { code: 3, when: 'no group may have the name', input: { Name: '' } },
      { code: 6, when: 'the group is of the domain', on: group('Domain Users', 'LAB'), input: { Name: 'Users' } },
      { code: 7, when: 'the group is built in', on: group('Users'), input: { Name: 'People' } },
      { code: 8, when: 'another account has the name', input: { Name: 'lab' } },
    ],
    { ...because(fault, 1, 2, 4), ...because(alone, 5), ...because('nothing fails inside', 9) },
  ),
];
