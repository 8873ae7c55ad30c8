/** What methods of the system answer: errors of Windows as they are. */
export const SystemCode = {
  Success: 0,
  InvalidParameter: 87,
  ShutdownIsScheduled: 1190,
  LogonFailure: 1326,
  NoSuchDomain: 1355,
  AlreadyJoined: 2691,
  NotJoined: 2692,
} as const;
