import { beforeEach, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { securityDescriptor } from '../../../src/windows/security/security-descriptor.js';
import { SYSTEM } from '../../../src/windows/security/well-known-sids.js';
import { CIMV2, createMachine, type Machine } from '../machine.js';

const TYPE_MISMATCH = 2147749893;

/** The key that the lab has with a value. */
const alpha = 'SOFTWARE\\Lab\\Agents\\alpha';

describe('StdRegProv', () => {
  let windows: Machine;
  beforeEach(async () => {
    windows = await createMachine();
  });

  async function call(
    method: string,
    input: Record<string, CimValue>,
    { namespace = 'root/default', user = 'lab' } = {},
  ) {
    const target = new InstancePath({ namespace, className: 'StdRegProv' });
    const asked = { namespace, target, methodName: method, input: new NameMap(Object.entries(input)) };
    const { returnValue, outputs } = await windows.as({ user }).invokeMethod(asked);
    const answer: Record<string, CimValue> = { ReturnValue: returnValue, ...Object.fromEntries(outputs) };
    return answer;
  }

  /** An account that is in the group of users and in no other. */
  async function addUser(name: string) {
    const keys = { Domain: 'SRV01', Name: name };
    const path = new InstancePath({ namespace: CIMV2, className: 'Win32_UserAccount', keys });
    const ends: [string, InstancePath][] = [
      ['GroupComponent', windows.path('Win32_Group.Domain="SRV01",Name="Users"')],
      ['PartComponent', path],
    ];
    const membership = new InstancePath({ namespace: CIMV2, className: 'Win32_GroupUser', keys: ends });
    await windows.store.transaction((store) =>
      store.putMany([
        new CimInstance('Win32_UserAccount', Object.entries({ ...keys, SID: 'S-1-5-21-1-2-3-1005' }), path),
        new CimInstance('Win32_GroupUser', ends, membership),
      ]),
    );
  }

  it.each(['root/default', 'root/cimv2'])(
    'is the one registry in %s, below HKEY_LOCAL_MACHINE where no hive is named',
    async (namespace) => {
      await call('SetStringValue', { sSubKeyName: alpha, sValueName: 'Seen', sValue: 'by both' });
      const found = await call('GetStringValue', { sSubKeyName: alpha, sValueName: 'Seen' }, { namespace });
      expect(found).toEqual({ ReturnValue: 0, sValue: 'by both' });
    },
  );

  const agents = 'SOFTWARE\\Lab\\Agents';

  it('lists keys in the order of their letters and values in that of their making, in their own spelling, and NULL for none', async () => {
    await call('CreateKey', { sSubKeyName: `${agents}\\Beacon` });
    await call('SetDWORDValue', { sSubKeyName: alpha, sValueName: 'Count', uValue: 1 });
    const asked = { sSubKeyName: `${agents.toUpperCase()}\\` };
    expect(await call('EnumKey', asked)).toEqual({ ReturnValue: 0, sNames: ['alpha', 'Beacon', 'beta', 'gamma'] });
    expect(await call('EnumKey', { sSubKeyName: alpha })).toEqual({ ReturnValue: 0, sNames: null });
    const values = { ReturnValue: 0, sNames: ['Version', 'Count'], Types: [1, 4] };
    expect(await call('EnumValues', { sSubKeyName: alpha.toLowerCase() })).toEqual(values);
    expect(await call('EnumValues', asked)).toEqual({ ReturnValue: 0, sNames: null, Types: null });
  });

  it('keeps the spelling of a value that is written again, and the largest of numbers', async () => {
    const at = { sSubKeyName: alpha, sValueName: 'VERSION' };
    await call('SetQWORDValue', { ...at, uValue: 18446744073709551615n });
    expect(await call('GetQWORDValue', at)).toEqual({ ReturnValue: 0, uValue: 18446744073709551615n });
    expect((await call('EnumValues', { sSubKeyName: alpha })).sNames).toEqual(['Version']);
  });

  it('makes 3 of a DWORD that is not said, and refuses a number that is NULL', async () => {
    const at = { sSubKeyName: alpha, sValueName: 'n' };
    await call('SetDWORDValue', at);
    expect(await call('GetDWORDValue', at)).toEqual({ ReturnValue: 0, uValue: 3 });
    await expect(call('SetQWORDValue', { ...at, uValue: null })).rejects.toMatchObject({ status: 4 });
  });

  it('expands what names variables of the system, and leaves what is none', async () => {
    const at = { sSubKeyName: alpha, sValueName: 'Home' };
    await call('SetExpandedStringValue', { ...at, sValue: '%TEMP%\\a;%None%' });
    const expanded = { ReturnValue: 0, sValue: 'C:\\Windows\\TEMP\\a;%None%' };
    expect(await call('GetExpandedStringValue', at)).toEqual(expanded);
    expect(await call('GetStringValue', at)).toEqual(expanded);
    expect((await call('GetExpandedStringValue', { ...at, sValueName: 'Version' })).ReturnValue).toBe(TYPE_MISMATCH);
  });

  it('makes a key with those above it, as it is spelled, and once', async () => {
    const made = 'SOFTWARE\\Lab\\New\\Deep';
    await call('CreateKey', { sSubKeyName: made });
    await call('CreateKey', { sSubKeyName: made.toLowerCase() });
    expect((await call('EnumKey', { sSubKeyName: 'SOFTWARE\\Lab' })).sNames).toEqual(['Agents', 'New']);
    expect((await call('EnumKey', { sSubKeyName: 'SOFTWARE\\Lab\\New' })).sNames).toEqual(['Deep']);
  });

  it('deletes a key with its values, and no hive', async () => {
    expect((await call('DeleteKey', { sSubKeyName: '' })).ReturnValue).toBe(5);
    expect(await call('DeleteKey', { sSubKeyName: alpha })).toEqual({ ReturnValue: 0 });
    await call('CreateKey', { sSubKeyName: alpha });
    expect((await call('EnumValues', { sSubKeyName: alpha })).sNames).toBeNull();
  });

  it('shows HKEY_CLASSES_ROOT in HKEY_LOCAL_MACHINE, and HKEY_CURRENT_USER below HKEY_USERS', async () => {
    expect((await call('EnumKey', { hDefKey: 0x80000000, sSubKeyName: '' })).sNames).toContain('.ps1');
    const mine = { hDefKey: 0x80000001, sSubKeyName: 'Environment', sValueName: 'Mine', sValue: 'yes' };
    const administrator = { user: 'SRV01\\Administrator' };
    await call('SetStringValue', mine, administrator);
    const { sValue: _, ...read } = mine;
    expect((await call('GetStringValue', read, administrator)).sValue).toBe('yes');
    expect((await call('GetStringValue', read)).ReturnValue).toBe(1);
  });

  it('lets users read, and nobody who is in no group', async () => {
    await addUser('bob');
    const bob = { user: 'bob' };
    expect((await call('GetStringValue', { sSubKeyName: alpha, sValueName: 'Version' }, bob)).sValue).toBe('1.4');
    const written = { sSubKeyName: alpha, sValueName: 'x', sValue: '' };
    expect((await call('SetStringValue', written, bob)).ReturnValue).toBe(5);
    const asked = { sSubKeyName: alpha, uRequired: 1 };
    expect(await call('CheckAccess', asked, bob)).toEqual({ ReturnValue: 0, bGranted: true });
    expect(await call('CheckAccess', { sSubKeyName: alpha }, bob)).toEqual({ ReturnValue: 5, bGranted: false });
    expect((await call('EnumKey', { sSubKeyName: agents }, { user: 'Guest' })).ReturnValue).toBe(5);
  });

  it('has the rights that a descriptor gives, also to the keys below', async () => {
    const entry = { sid: SYSTEM.sid, accessMask: 0xf003f, isDenied: false, flags: 2 };
    const lab = { sSubKeyName: 'SOFTWARE\\Lab' };
    await call('SetSecurityDescriptor', { ...lab, Descriptor: securityDescriptor(SYSTEM.sid, [entry]) });
    expect((await call('EnumKey', lab)).ReturnValue).toBe(5);
    expect((await call('EnumValues', { sSubKeyName: alpha })).ReturnValue).toBe(5);
    const { Descriptor } = await call('GetSecurityDescriptor', { sSubKeyName: 'SOFTWARE' });
    expect(Descriptor).toMatchObject({ className: '__SecurityDescriptor' });
  });

  it('is where Win32_Environment has the variables of the computer', async () => {
    const sSubKeyName = 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
    await call('SetStringValue', { sSubKeyName, sValueName: 'LabHome', sValue: 'C:\\Lab' });
    const path = 'Win32_Environment.Name="LabHome",UserName="<SYSTEM>"';
    expect(await windows.get(path, 'VariableValue', 'SystemVariable')).toEqual(['C:\\Lab', true]);
    await call('DeleteValue', { sSubKeyName, sValueName: 'LabHome' });
    await expect(windows.get(path)).rejects.toMatchObject({ name: 'CimError' });
  });
});
