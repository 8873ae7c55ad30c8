/**
 * From whom passwords, and messages in clear, are taken over plain HTTP: nobody, callers on this machine, everybody. What Windows calls
 * AllowUnencrypted is the choice between the first and the last.
 */
export type AllowUnencrypted = 'never' | 'loopback' | 'always';

export const ALLOW_UNENCRYPTED: readonly AllowUnencrypted[] = ['never', 'loopback', 'always'];

/** Whether something in clear is taken over plain HTTP from there. */
export function isTakenInClear(allowed: AllowUnencrypted, { loopback }: { readonly loopback: boolean }): boolean {
  return allowed === 'always' || (allowed === 'loopback' && loopback);
}
