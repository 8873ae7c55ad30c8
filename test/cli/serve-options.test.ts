import { describe, expect, it } from 'vitest';
import {
  parseSchemes,
  parseSwitchVariable,
  parseUnencrypted,
  parseUser,
  splitUsersVariable,
} from '../../src/cli/serve-options.js';

describe('serve options', () => {
  it.each([
    ['negotiate,basic', { negotiate: true, kerberos: false, basic: true }],
    ['Basic', { negotiate: false, kerberos: false, basic: true }],
    [' negotiate ', { negotiate: true, kerberos: false, basic: false }],
    ['kerberos', { negotiate: false, kerberos: true, basic: false }],
  ])('take the schemes %j', (value, schemes) => {
    expect(parseSchemes(value)).toEqual(schemes);
  });

  it.each(['', 'basic,', 'ntlm', 'basic;negotiate'])('do not take the schemes %j', (value) => {
    expect(() => parseSchemes(value)).toThrow("a list of 'negotiate', 'kerberos' and 'basic'");
  });

  it.each([
    ['never', 'never'],
    ['Loopback', 'loopback'],
    ['always', 'always'],
    ['true', 'always'],
    ['1', 'always'],
    ['no', 'loopback'],
    ['false', 'loopback'],
  ])('take %j for clear messages %s', (value, mode) => {
    expect(parseUnencrypted(value)).toBe(mode);
  });

  it.each(['', 'nevr', 'remote', '2'])('do not take %j for when clear messages are taken', (value) => {
    expect(() => parseUnencrypted(value)).toThrow("Expected 'never', 'loopback' (or false), or 'always' (or true).");
  });

  it('part a user at the first colon', () => {
    expect(parseUser('alice:a:b')).toEqual({ name: 'alice', password: 'a:b' });
  });

  it.each([
    ['a:1', ['a:1']],
    ['a:1,b:2', ['a:1', 'b:2']],
    ['a:1, b:2,', ['a:1', 'b:2']],
    ['a:1,x\nb:2\r\n', ['a:1,x', 'b:2']],
    ['lab:se,cret', ['lab:se,cret']],
    ['lab:a,b,c,', ['lab:a,b,c,']],
    ['a:1,2,b:3', ['a:1,2', 'b:3']],
  ])('take the variable %j as %j', (value, users) => {
    expect(splitUsersVariable(value)).toEqual(users);
  });

  it.each([
    ['1', true],
    ['TRUE', true],
    ['yes', true],
    ['0', false],
    ['false', false],
    ['off', false],
  ])('take %j for %j in a variable', (value, on) => {
    expect(parseSwitchVariable('X', value)).toBe(on);
  });
});
