/** What methods of Win32_Process answer. */
export const ProcessCode = {
  Success: 0,
  AccessDenied: 2,
  InsufficientPrivilege: 3,
  UnknownFailure: 8,
  PathNotFound: 9,
  InvalidParameter: 21,
} as const;
