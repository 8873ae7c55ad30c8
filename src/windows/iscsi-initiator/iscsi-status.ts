/** What the initiator's methods answer besides 0: the status codes of iSCSI discovery (windows-driver-docs, iscsi-status-qualifiers). */
export const IscsiStatus = {
  connectionFailed: 0xefff0003,
  authenticationFailure: 0xefff0009,
  authorizationFailure: 0xefff000a,
  notFound: 0xefff000b,
  missingParameter: 0xefff000f,
  invalidSessionId: 0xefff001c,
  portalAlreadyExists: 0xefff0032,
  noPortal: 0xefff003c,
  serviceNotRunning: 0xefff003e,
  alreadyLoggedIn: 0xefff003f,
  deviceBusy: 0xefff0040,
  portalNotFound: 0xefff0043,
  invalidSecret: 0xefff004a,
  invalidTargetSecret: 0xefff004b,
  invalidInitiatorSecret: 0xefff004c,
  invalidUserName: 0xefff004d,
  authenticationType: 0xefff004e,
} as const;

export const DONE = { ReturnValue: 0 };
