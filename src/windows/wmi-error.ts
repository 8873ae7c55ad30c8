/** WMI's constants (Wbemcli.h) that methods answer with: most pages that name a code other than those of the method refer to them. */
export const WmiError = {
  none: 0,
  failed: 0x80041001,
  notFound: 0x80041002,
  accessDenied: 0x80041003,
  invalidParameter: 0x80041008,
  notSupported: 0x8004100c,
  invalidObject: 0x8004100f,
  invalidOperation: 0x80041016,
  alreadyExists: 0x80041019,
  methodDisabled: 0x80041056,
} as const;
