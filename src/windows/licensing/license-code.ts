/** What the Software Licensing Service answers (WinError.h, slerror.h): the pages of its methods name no codes. */
export const LicenseCode = {
  success: 0,
  accessDenied: 0x80070005,
  invalidArgument: 0x80070057,
  /** The security processor has counted too many re-arms. */
  rearmed: 0xc004d307,
  valueNotFound: 0xc004f012,
  keyNotInstalled: 0xc004f014,
  productNotInstalled: 0xc004f015,
  confirmationFormat: 0xc004f02c,
  confirmationLength: 0xc004f02f,
  confirmationMismatched: 0xc004f031,
  invalidKey: 0xc004f050,
  noKeyManagementService: 0xc004f074,
} as const;
