import { describe, expect, it } from 'vitest';
import { createSecretNames, SECRET_ENTRY } from '../../src/secrets/secret-names.js';

describe('names of secrets', () => {
  const names = createSecretNames();

  it.each([
    ...['StartPassword', 'Password', 'NewPassword', 'CHAPSecret', 'ReverseCHAPSecret', 'SharedSecret', 'Secret'],
    ...['NumericalPassword', 'Passphrase', 'PreSharedKey', 'AnonymousUserPass', 'PasswordHash', 'Admin_Password'],
    ...['startpassword', 'Passwords', 'Password2', 'AccessToken', 'RecoveryKey'],
  ])('%s is one by its name', (name) => {
    expect(names.isSecret(name)).toBe(true);
  });

  it.each([
    ...['Name', 'PasswordExpires', 'PasswordRequired', 'MinimumPasswordLength', 'AdminPasswordStatus', 'SecretType'],
    ...['KeyID', 'CHAPUserName', 'PublicKeyToken', 'EnableCHAP', 'Desk', 'XmlFragment', 'PIN'],
  ])('%s is none', (name) => {
    expect(names.isSecret(name)).toBe(false);
  });

  it.each([
    ['SoftwareLicensingService', 'ProductKey'],
    ['Win32_EncryptableVolume', 'NewPIN'],
    ['Win32_EncryptableVolume', 'NewExternalKey'],
    ['CIMULATOR_TpmNote', 'OwnerAuth'],
    ['Win32_EncryptableVolume', 'KeyPackage'],
    ['CIMULATOR_KeyProtectorNote', 'PIN'],
    ['Win32_TCPIPPrinterPort', 'SNMPCommunity'],
    ['CIMULATOR_EncryptionNote', 'VolumeKey'],
    ['CIMULATOR_FileNote', 'Content'],
    ['MSIscsiInitiator_MethodClass', 'Key'],
  ])('%s.%s is one, of that class', (className, name) => {
    expect([names.isSecret(name, [className]), names.isSecret(name)]).toEqual([true, false]);
  });

  it('are some of certain classes only, and of what is below them', () => {
    const lineage = createSecretNames([], (name) => (name === 'LAB_Tpm' ? ['Win32_Tpm', 'CIM_LogicalDevice'] : []));
    expect(lineage.isSecret('OwnerAuth', ['win32_tpm'])).toBe(true);
    expect(lineage.isSecret('OwnerAuth', ['LAB_Tpm'])).toBe(true);
    expect(lineage.isSecret('OwnerAuth', ['LAB_Fan'])).toBe(false);
    expect([lineage.isListed('LAB_Tpm'), lineage.isListed('LAB_Fan')]).toEqual([true, false]);
  });

  it('may be added: of every class, of one, and with any letters in between', () => {
    const more = createSecretNames(['Pin', 'LAB_Door.Code', 'Lab*.Door*Key']);
    expect(more.isSecret('PIN')).toBe(true);
    expect(more.isSecret('Pinned')).toBe(false);
    expect([more.isSecret('Code'), more.isSecret('Code', ['LAB_Door'])]).toEqual([false, true]);
    expect(more.isSecret('DoorMasterKey', ['LAB_Other'])).toBe(true);
    expect(['Pin', 'LAB_Door.Code', 'Lab*.*'].every((entry) => SECRET_ENTRY.test(entry))).toBe(true);
    expect(['', 'a.b.c', 'a-b', '.a'].some((entry) => SECRET_ENTRY.test(entry))).toBe(false);
  });
});
