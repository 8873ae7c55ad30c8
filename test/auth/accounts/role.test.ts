import { describe, expect, it } from 'vitest';
import { createPermissions } from '../../../src/auth/accounts/permissions.js';
import { formatRole, parseRole, parseRoles, RoleError } from '../../../src/auth/accounts/role.js';

const NS = 'root/cimv2';

describe('a role', () => {
  it.each([
    ['read', ['read']],
    ['WRITE', ['write']],
    [' execute ', ['execute']],
    ['all', ['read', 'write', 'execute']],
    ['none', []],
    ['read@root/cimv2', ['read@root/cimv2']],
    ['read@\\root\\cimv2\\', ['read@root/cimv2']],
    ['execute@root/cimv2:CIM_NetworkPipe', ['execute@root/cimv2:CIM_NetworkPipe']],
    ['all@a:B', ['read@a:B', 'write@a:B', 'execute@a:B']],
    ['write@winrm/config', ['write@winrm/config']],
  ])('%j is read as %j', (text, expected) => {
    expect(parseRole(text).map(formatRole)).toEqual(expected);
  });

  it.each([
    '',
    'admin',
    'read@',
    'read@/',
    'read@ns:',
    'read@:Class',
    'read:Class',
    'read@a@b',
    'read@a:b:c',
    'read@ns:1Class',
    'none@ns',
    'read@winrm/config:Class',
    'read@WinRM\\Config:Class',
    'constructor',
  ])('%j is none', (text) => {
    expect(() => parseRole(text)).toThrow(RoleError);
  });

  it('is one of a list, or of several', () => {
    expect(parseRoles(['read,execute', 'write@a']).map(formatRole)).toEqual(['read', 'execute', 'write@a']);
  });
});

describe('permissions', () => {
  const of = (...roles: string[]) => createPermissions(parseRoles(roles));

  it('are none to ask for when everything is allowed', () => {
    expect(of('write,read', 'execute')).toBeUndefined();
  });

  it('allow nothing without roles', () => {
    expect([of()?.allows('read', NS, ['A']), of()?.allowsSome('read', NS)]).toEqual([false, false]);
  });

  it('allow a right everywhere, and no other', () => {
    const permissions = of('read');
    expect(permissions?.allows('read', 'any/where', ['A'])).toBe(true);
    expect(permissions?.allows('write', 'any/where', ['A'])).toBe(false);
    expect(permissions?.allows('execute', 'any/where', ['A'])).toBe(false);
  });

  it.each(['root/cimv2', 'ROOT\\CimV2', '/root/cimv2/'])('allow a namespace however it is written: %s', (namespace) => {
    expect(of('read@root/cimv2')?.allows('read', namespace, ['A'])).toBe(true);
  });

  it.each(['root', 'root/cimv2/storage', 'root/cimv', ''])('of a namespace are none for %j', (namespace) => {
    expect(of('read@root/cimv2')?.allows('read', namespace, ['A'])).toBe(false);
  });

  it('of a class are those of its subclasses, in any case, and not of its superclass', () => {
    const permissions = of('read@root/cimv2:CIM_Service');
    expect(permissions?.allows('read', NS, ['X_Service', 'cim_service', 'CIM_Element'])).toBe(true);
    expect(permissions?.allows('read', NS, ['CIM_Element'])).toBe(false);
    expect(permissions?.allows('read', 'root/other', ['CIM_Service'])).toBe(false);
    expect(permissions?.allowsSome('read', NS)).toBe(true);
    expect(permissions?.allowsSome('write', NS)).toBe(false);
  });

  it('of a namespace and of one of its classes add up, in any order', () => {
    for (const permissions of [of('read@a', 'read@a:B'), of('read@a:B', 'read@a')])
      expect(permissions?.allows('read', 'a', ['C'])).toBe(true);
  });
});
