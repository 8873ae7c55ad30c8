/** What the methods of these classes answer: the pages document no codes, and public records show those of WinError.h. */
export const NetError = {
  none: 0,
  accessDenied: 5,
  invalidParameter: 87,
  notFound: 1168,
  unreachable: 1231,
  exists: 5010,
} as const;
