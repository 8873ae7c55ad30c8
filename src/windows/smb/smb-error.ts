/** What the methods of shares answer: their pages document no codes, so they are WinError.h's and LMErr.h's. */
export const SmbError = {
  none: 0,
  pathNotFound: 3,
  accessDenied: 5,
  invalidParameter: 87,
  noneMapped: 1332,
  exists: 2118,
  notFound: 2310,
} as const;
