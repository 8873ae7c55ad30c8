import { describe, expect, it } from 'vitest';
import { namespaceName, schemes, unencrypted } from '../../../src/config/kinds/word-kinds.js';

describe('words', () => {
  it.each([
    ['negotiate,basic', ['negotiate', 'basic']],
    ['Basic', ['basic']],
    [' negotiate ', ['negotiate']],
    ['kerberos', ['kerberos']],
  ])('are the schemes %j', (value, expected) => {
    expect(schemes.read(value, undefined)).toEqual(expected);
  });

  it.each(['', 'basic,', 'ntlm', 'basic;negotiate'])('are no schemes: %j', (value) => {
    expect(() => schemes.read(value, undefined)).toThrow("a list of 'negotiate', 'kerberos' and 'basic'");
  });

  it.each([
    ['never', 'never'],
    ['Loopback', 'loopback'],
    ['always', 'always'],
    ['true', 'always'],
    ['1', 'always'],
    ['no', 'loopback'],
    ['false', 'loopback'],
  ])('say %j from whom clear messages are taken: %s', (value, mode) => {
    expect(unencrypted.read(value, undefined)).toBe(mode);
  });

  it.each(['', 'nevr', 'remote', '2'])('do not say from whom clear messages are taken: %j', (value) => {
    expect(() => unencrypted.read(value, undefined)).toThrow(
      "Expected 'never', 'loopback' (or false), or 'always' (or true).",
    );
  });

  it('name a namespace as MOF does', () => {
    expect(namespaceName.read('\\root\\cimv2', undefined)).toBe('root/cimv2');
    expect(() => namespaceName.read('root//x y', undefined)).toThrow('Expected a namespace, as root/cimv2.');
  });
});
