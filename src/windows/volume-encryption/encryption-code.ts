/**
 * What methods of Win32_EncryptableVolume answer: HRESULTs of BitLocker, of the TPM's services and of Windows (WinError.h), by the names
 * that the pages of the methods have for them. Of codes that a page names and gives no number, the number is WinError.h's.
 */
export const FveCode = {
  success: 0,
  notPermitted: 1,
  fileNotFound: 0x2,
  invalidData: 0xd,
  fileNotFoundResult: 0x80070002,
  pathNotFound: 0x80070003,
  accessDenied: 0x80070005,
  notSupported: 0x80070032,
  invalidPassword: 0x80070056,
  invalidArgument: 0x80070057,
  notFound: 0x80070490,
  noneMapped: 0x80070534,
  noSuchDomain: 0x8007054b,
  tpmServiceNotRunning: 0x80284008,
  lockedVolume: 0x80310000,
  notEncrypted: 0x80310001,
  secureKeyRequired: 0x80310007,
  notActivated: 0x80310008,
  volumeNotBound: 0x80310017,
  notDataVolume: 0x80310019,
  keyRequired: 0x8031001d,
  clusteringNotSupported: 0x8031001e,
  volumeBoundAlready: 0x8031001f,
  osNotProtected: 0x80310020,
  protectionDisabled: 0x80310021,
  recoveryKeyRequired: 0x80310022,
  foreignVolume: 0x80310023,
  failedAuthentication: 0x80310027,
  notOsVolume: 0x80310028,
  autoUnlockEnabled: 0x80310029,
  policyPasswordRequired: 0x8031002c,
  cannotSetKeyEncrypted: 0x8031002d,
  cannotEncryptNoKey: 0x8031002e,
  protectorExists: 0x80310031,
  protectorNotFound: 0x80310033,
  invalidPasswordFormat: 0x80310035,
  notDecrypted: 0x80310039,
  invalidProtectorType: 0x8031003a,
  noProtectorsToTest: 0x8031003b,
  keyFileNotFound: 0x8031003c,
  keyFileInvalid: 0x8031003d,
  tpmDisabled: 0x8031003f,
  notAllowedInSafeMode: 0x80310040,
  invalidPinLength: 0x80310068,
  keyProtectorNotSupported: 0x80310069,
  passphraseNotAllowed: 0x8031006a,
  fipsPreventsPassphrase: 0x8031006c,
  osPassphraseNotAllowed: 0x8031006d,
  invalidBitLockerOid: 0x8031006e,
  userCertificateNotAllowed: 0x80310072,
  userCertificateMustBeHardware: 0x80310074,
  invalidPassphraseLength: 0x80310080,
  passphraseTooSimple: 0x80310081,
  selfSignedProhibited: 0x80310086,
  privateKeyNotAuthorized: 0x80310094,
  invalidPinCharacters: 0x8031009a,
} as const;

/** Types of key protectors, as GetKeyProtectorType tells them. */
export const ProtectorType = {
  tpm: 1,
  externalKey: 2,
  numericalPassword: 3,
  tpmAndPin: 4,
  tpmAndStartupKey: 5,
  tpmAndPinAndStartupKey: 6,
  publicKey: 7,
  passphrase: 8,
  tpmCertificate: 9,
  sid: 10,
} as const;

/** `VolumeType`. */
export const VolumeType = { system: 0, fixed: 1, removable: 2 } as const;

/** `ConversionStatus`. */
export const ConversionStatus = {
  fullyDecrypted: 0,
  fullyEncrypted: 1,
  encryptionInProgress: 2,
  decryptionInProgress: 3,
  encryptionPaused: 4,
  decryptionPaused: 5,
} as const;
