import { beforeEach, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { stdRegProv } from '../../../src/windows/registry/std-reg-prov.js';
import { securityDescriptor } from '../../../src/windows/security/security-descriptor.js';
import { SYSTEM } from '../../../src/windows/security/well-known-sids.js';
import { createWindowsMachine, type WindowsMachine } from '../windows-machine.js';

const TYPE_MISMATCH = 2147749893;

const registry = `
instance of CIMULATOR_RegistryKey { Parent = "HKLM"; Name = "SOFTWARE"; };
instance of CIMULATOR_RegistryKey { Parent = "HKLM"; Name = "SECURITY"; };
instance of CIMULATOR_RegistryKey { Parent = "HKLM\\\\SOFTWARE"; Name = "Lab"; };
instance of CIMULATOR_RegistryKey { Parent = "HKLM\\\\SOFTWARE\\\\Lab"; Name = "beta"; };
instance of CIMULATOR_RegistryKey { Parent = "HKLM\\\\SOFTWARE\\\\Lab"; Name = "Alpha"; };
instance of CIMULATOR_RegistryKey { Parent = "HKLM\\\\SOFTWARE"; Name = "Classes"; };
instance of CIMULATOR_RegistryKey { Parent = "HKLM\\\\SOFTWARE\\\\Classes"; Name = ".ps1"; };
instance of CIMULATOR_RegistryKey { Parent = "HKU"; Name = ".DEFAULT"; };
instance of CIMULATOR_RegistryKey { Parent = "HKU"; Name = "S-1-5-21-1-2-3-1001"; };
instance of CIMULATOR_RegistryValue { KeyPath = "HKLM\\\\SOFTWARE\\\\Lab\\\\Alpha"; Name = "Version"; Text = "1.4"; };
instance of CIMULATOR_RegistryValue { KeyPath = "HKLM\\\\SOFTWARE\\\\Lab\\\\Alpha"; Name = "Home"; Type = 2; Text = "%LabHome%\\\\bin;%None%"; };
instance of CIMULATOR_RegistryValue { KeyPath = "HKLM\\\\SOFTWARE\\\\Lab\\\\Alpha"; Name = "Size"; Type = 4; Number = 4294967295; };
instance of CIMULATOR_RegistryValue { KeyPath = "HKU\\\\S-1-5-21-1-2-3-1001"; Name = "Mine"; Text = "ann's"; };
`;

const machine = `
instance of Win32_OperatingSystem { Name = "OS"; CSName = "SRV01"; SystemDrive = "C:"; WindowsDirectory = "C:\\\\Windows"; };
instance of Win32_Environment { Name = "LabHome"; UserName = "<SYSTEM>"; SystemVariable = true; VariableValue = "%SystemDrive%\\\\Lab"; };
instance of Win32_UserAccount { Domain = "SRV01"; Name = "ann"; SID = "S-1-5-21-1-2-3-1001"; };
instance of Win32_Group as $Users { Domain = "SRV01"; Name = "Users"; SID = "S-1-5-32-545"; };
instance of Win32_UserAccount as $Bob { Domain = "SRV01"; Name = "bob"; SID = "S-1-5-21-1-2-3-1002"; };
instance of Win32_GroupUser { GroupComponent = $Users; PartComponent = $Bob; };
`;

describe('StdRegProv', () => {
  let windows: WindowsMachine;
  beforeEach(async () => {
    windows = await createWindowsMachine(
      { 'root/default': [stdRegProv], 'root/cimv2': [stdRegProv] },
      { 'root/cimulator': registry, 'root/cimv2': machine },
    );
  });

  function call(method: string, input: Record<string, CimValue>, { namespace = 'root/default', user = 'lab' } = {}) {
    return windows.invoke(new InstancePath({ namespace, className: 'StdRegProv' }), method, input, user);
  }
  const alpha = 'SOFTWARE\\Lab\\Alpha';

  it.each(['root/default', 'root/cimv2'])(
    'is the one registry in %s, below HKEY_LOCAL_MACHINE where no hive is named',
    async (namespace) => {
      await call('SetStringValue', { sSubKeyName: alpha, sValueName: 'Seen', sValue: 'by both' });
      const found = await call('GetStringValue', { sSubKeyName: alpha, sValueName: 'Seen' }, { namespace });
      expect(found).toEqual({ ReturnValue: 0, sValue: 'by both' });
    },
  );

  it('lists keys in the order of their letters and values in that of their making, in their own spelling, and NULL for none', async () => {
    expect(await call('EnumKey', { sSubKeyName: 'software\\LAB\\' })).toEqual({
      ReturnValue: 0,
      sNames: ['Alpha', 'beta'],
    });
    expect(await call('EnumKey', { sSubKeyName: alpha })).toEqual({ ReturnValue: 0, sNames: null });
    expect(await call('EnumValues', { sSubKeyName: alpha.toLowerCase() })).toEqual({
      ReturnValue: 0,
      sNames: ['Version', 'Home', 'Size'],
      Types: [1, 2, 4],
    });
    expect(await call('EnumValues', { sSubKeyName: 'SOFTWARE\\Lab' })).toEqual({
      ReturnValue: 0,
      sNames: null,
      Types: null,
    });
  });

  it.each([
    ['String', 1, 'sValue', 'text'],
    ['ExpandedString', 2, 'sValue', 'plain'],
    ['MultiString', 7, 'sValue', ['one', 'two']],
    ['Binary', 3, 'uValue', [0, 255]],
    ['DWORD', 4, 'uValue', 4294967295],
    ['QWORD', 11, 'uValue', 18446744073709551615n],
  ])(
    'keeps a value of kind %s, which the others answer for with a mismatch of types',
    async (kind, type, parameter, value) => {
      const at = { sSubKeyName: alpha, sValueName: 'new' };
      expect(await call(`Set${kind}Value`, { ...at, [parameter]: value })).toEqual({ ReturnValue: 0 });
      expect(await call(`Get${kind}Value`, { ...at, sValueName: 'NEW' })).toEqual({
        ReturnValue: 0,
        [parameter]: value,
      });
      expect((await call('EnumValues', { sSubKeyName: alpha })).Types).toContain(type);
      const other = kind === 'DWORD' ? 'GetStringValue' : 'GetDWORDValue';
      expect((await call(other, at)).ReturnValue).toBe(TYPE_MISMATCH);
    },
  );

  it('makes 3 of a DWORD that is not said, and refuses one that is NULL', async () => {
    const at = { sSubKeyName: alpha, sValueName: 'n' };
    await call('SetDWORDValue', at);
    expect(await call('GetDWORDValue', at)).toEqual({ ReturnValue: 0, uValue: 3 });
    await expect(call('SetQWORDValue', { ...at, uValue: null })).rejects.toMatchObject({ status: 4 });
  });

  it('expands what names variables of the system, and leaves what is none', async () => {
    const at = { sSubKeyName: alpha, sValueName: 'Home' };
    expect(await call('GetExpandedStringValue', at)).toEqual({ ReturnValue: 0, sValue: 'C:\\Lab\\bin;%None%' });
    expect((await call('GetExpandedStringValue', { ...at, sValueName: 'Version' })).ReturnValue).toBe(TYPE_MISMATCH);
  });

  it('answers 1 for a value, 2 for a key, 6 for a hive that there is not', async () => {
    expect((await call('GetStringValue', { sSubKeyName: alpha, sValueName: 'None' })).ReturnValue).toBe(1);
    expect((await call('GetStringValue', { sSubKeyName: 'SOFTWARE\\None', sValueName: 'None' })).ReturnValue).toBe(2);
    expect(
      (await call('SetStringValue', { sSubKeyName: 'SOFTWARE\\None', sValueName: 'a', sValue: '' })).ReturnValue,
    ).toBe(2);
    expect((await call('DeleteValue', { sSubKeyName: alpha, sValueName: 'None' })).ReturnValue).toBe(2);
    expect((await call('EnumKey', { hDefKey: 7, sSubKeyName: '' })).ReturnValue).toBe(6);
  });

  it('makes a key with those above it, as it is spelled, and once', async () => {
    const made = 'SOFTWARE\\Lab\\New\\Deep';
    expect(await call('CreateKey', { sSubKeyName: made })).toEqual({ ReturnValue: 0 });
    expect(await call('CreateKey', { sSubKeyName: made.toLowerCase() })).toEqual({ ReturnValue: 0 });
    expect((await call('EnumKey', { sSubKeyName: 'SOFTWARE\\Lab' })).sNames).toEqual(['Alpha', 'beta', 'New']);
    expect((await call('EnumKey', { sSubKeyName: 'SOFTWARE\\Lab\\New' })).sNames).toEqual(['Deep']);
    expect((await call('CreateKey', { sSubKeyName: 'Direct' })).ReturnValue).toBe(87);
  });

  it('deletes a key with its values, and none that has keys below it', async () => {
    expect((await call('DeleteKey', { sSubKeyName: 'SOFTWARE\\Lab' })).ReturnValue).toBe(5);
    expect((await call('DeleteKey', { sSubKeyName: '' })).ReturnValue).toBe(5);
    expect(await call('DeleteKey', { sSubKeyName: alpha })).toEqual({ ReturnValue: 0 });
    await call('CreateKey', { sSubKeyName: alpha });
    expect((await call('EnumValues', { sSubKeyName: alpha })).sNames).toBeNull();
  });

  it('shows HKEY_CLASSES_ROOT in HKEY_LOCAL_MACHINE, and HKEY_CURRENT_USER below HKEY_USERS', async () => {
    expect((await call('EnumKey', { hDefKey: 0x80000000, sSubKeyName: '' })).sNames).toEqual(['.ps1']);
    const mine = { hDefKey: 0x80000001, sSubKeyName: '', sValueName: 'Mine' };
    expect((await call('GetStringValue', mine, { user: 'SRV01\\ann' })).sValue).toBe("ann's");
    expect((await call('GetStringValue', mine)).ReturnValue).toBe(1);
  });

  it('lets nobody but the system into its own keys, and users read only', async () => {
    expect((await call('EnumKey', { sSubKeyName: 'SECURITY' })).ReturnValue).toBe(5);
    const bob = { user: 'bob' };
    expect((await call('GetStringValue', { sSubKeyName: alpha, sValueName: 'Version' }, bob)).sValue).toBe('1.4');
    expect((await call('SetStringValue', { sSubKeyName: alpha, sValueName: 'x', sValue: '' }, bob)).ReturnValue).toBe(
      5,
    );
    expect((await call('CreateKey', { sSubKeyName: `${alpha}\\x` }, bob)).ReturnValue).toBe(5);
    expect(await call('CheckAccess', { sSubKeyName: alpha, uRequired: 1 }, bob)).toEqual({
      ReturnValue: 0,
      bGranted: true,
    });
    expect(await call('CheckAccess', { sSubKeyName: alpha }, bob)).toEqual({ ReturnValue: 5, bGranted: false });
    expect(await call('CheckAccess', { sSubKeyName: alpha })).toEqual({ ReturnValue: 0, bGranted: true });
  });

  it('has the rights that a descriptor gives, also to the keys below', async () => {
    const Descriptor = securityDescriptor(SYSTEM.sid, [
      { sid: SYSTEM.sid, accessMask: 0xf003f, isDenied: false, flags: 2 },
    ]);
    const lab = { sSubKeyName: 'SOFTWARE\\Lab' };
    expect((await call('SetSecurityDescriptor', { ...lab, Descriptor })).ReturnValue).toBe(0);
    expect((await call('EnumKey', lab)).ReturnValue).toBe(5);
    expect((await call('EnumValues', { sSubKeyName: alpha })).ReturnValue).toBe(5);
    expect((await call('GetSecurityDescriptor', lab)).ReturnValue).toBe(5);
    expect((await call('GetSecurityDescriptor', { sSubKeyName: 'SOFTWARE' })).Descriptor).toBeInstanceOf(CimInstance);
  });
});
