/** The CIM status codes of DSP0223 §7.3 (the numbers are also those of MI_Result). */
export const CimStatus = {
  Failed: 1,
  AccessDenied: 2,
  InvalidNamespace: 3,
  InvalidParameter: 4,
  InvalidClass: 5,
  NotFound: 6,
  NotSupported: 7,
  ClassHasChildren: 8,
  ClassHasInstances: 9,
  InvalidSuperclass: 10,
  AlreadyExists: 11,
  NoSuchProperty: 12,
  TypeMismatch: 13,
  QueryLanguageNotSupported: 14,
  InvalidQuery: 15,
  MethodNotAvailable: 16,
  MethodNotFound: 17,
  UnexpectedResponse: 18,
  InvalidResponseDestination: 19,
  NamespaceNotEmpty: 20,
  InvalidEnumerationContext: 21,
  InvalidOperationTimeout: 22,
  PullHasBeenAbandoned: 23,
  PullCannotBeAbandoned: 24,
  FilteredEnumerationNotSupported: 25,
  ContinuationOnErrorNotSupported: 26,
  ServerLimitsExceeded: 27,
  ServerIsShuttingDown: 28,
} as const;

export type CimStatusName = keyof typeof CimStatus;
export type CimStatusCode = (typeof CimStatus)[CimStatusName];
