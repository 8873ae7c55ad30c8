import { describe, expect, it } from 'vitest';
import { splitUsersVariable, users } from '../../../src/config/kinds/users.js';

describe('the accounts', () => {
  it.each([
    ['a:1', ['a:1']],
    ['a:1,b:2', ['a:1', 'b:2']],
    ['a:1, b:2,', ['a:1', 'b:2']],
    ['a:1,x\nb:2\r\n', ['a:1,x', 'b:2']],
    ['lab:se,cret', ['lab:se,cret']],
    ['lab:a,b,c,', ['lab:a,b,c,']],
    ['a:1,2,b:3', ['a:1,2', 'b:3']],
  ])('of the variable %j are %j', (value, expected) => {
    expect(splitUsersVariable(value)).toEqual(expected);
  });

  it('are shown without their passwords', () => {
    const roles = ['read'];
    expect(users.shown?.(['a:hush:hush', 'b', { name: 'c', password: 'hush', roles }])).toEqual([
      'a:***',
      'b',
      { name: 'c', password: '***', roles },
    ]);
  });

  it('of a file are one or several', () => {
    expect(users.fromFile?.('a:b', '')).toEqual(['a:b']);
    expect(users.fromFile?.(['a:b', 'c:d'], '')).toEqual(['a:b', 'c:d']);
  });

  it('of a file are refused where they could never sign in', () => {
    expect(() => users.fromFile?.([{ name: 'a:b', password: 'x' }], '')).toThrow('the user name contains a colon');
  });
});
