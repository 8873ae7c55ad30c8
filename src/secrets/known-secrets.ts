/**
 * Parameters and properties that hold secrets though their names do not say it: `Class.Name`, of that class and all below it. By the
 * public pages of their vendors.
 */
export const KNOWN_SECRETS: readonly string[] = [
  // BitLocker, TPM.
  'Win32_EncryptableVolume.PIN',
  'Win32_EncryptableVolume.NewPIN',
  'Win32_EncryptableVolume.ExternalKey',
  'Win32_EncryptableVolume.NewExternalKey',
  'Win32_EncryptableVolume.KeyPackage',
  'CIMULATOR_EncryptionNote.VolumeKey',
  'CIMULATOR_KeyProtectorNote.PIN',
  'CIMULATOR_KeyProtectorNote.ExternalKey',
  'CIMULATOR_AutoUnlockNote.ExternalKey',
  'CIMULATOR_FileNote.Content',
  'Win32_Tpm.OwnerAuth',
  'Win32_Tpm.NewOwnerAuth',
  'Win32_Tpm.OldOwnerAuth',
  'CIMULATOR_TpmNote.OwnerAuth',
  // Printers on the network: who knows the community of one may ask it, and set it up.
  'Win32_TCPIPPrinterPort.SNMPCommunity',
  // Licences: whoever reads a product key can use it.
  'SoftwareLicensingService.ProductKey',
  // The initiator of iSCSI: keys that are shared before, for IKE.
  'MSIscsiInitiator_MethodClass.Key',
  'MSIscsiInitiator_TargetClass.Key',
  'MSIscsiInitiator_SessionClass.Key',
  'MSIscsiInitiator_IKEPresharedKeyAuthenticationInfo.Key',
  // Hyper-V.
  'Msvm_SecurityService.KeyProtector',
  // DSC: a whole configuration, credentials among it.
  'MSFT_DSCLocalConfigurationManager.ConfigurationData',
  // Remote access.
  'PS_VpnConnection.L2tpPsk',
  // Firmware: the password is a part of one text, or goes by the name of the setting.
  'Lenovo_SetBiosPassword.parameter',
  'Lenovo_SetBiosSetting.parameter',
  'Lenovo_SaveBiosSettings.parameter',
  'Lenovo_LoadDefaultSettings.parameter',
  'HP_BIOSSettingInterface.Value',
];

/**
 * Names that say it themselves: `StartPassword`, `CHAPSecret`, `SharedSecret`, `PreSharedKey`, `AnonymousUserPass`. Names that tell of a
 * secret and hold none do not end so: `PasswordExpires`, `SecretType`, `KeyID`.
 */
export const SECRET_NAME =
  /(?:password|passwd|pwd|passphrase|passcode|userpass|secret|(?:private|pre_?shared|shared|session|access|api|encryption|recovery|secret)_?key|psk|(?:access|api|auth|bearer|refresh|sas|security|session)_?token)(?:_?(?:hash|text|value|plain|string|bytes))?s?\d*$/i;
