import type { Permissions } from './permissions.js';

/**
 * An account as those see it who have signed in with it. It lives as long as its password: whoever keeps one sees roles change at
 * once, and {@link revoked} turn true when the account is removed or gets another password.
 */
export interface Account {
  /** As it was first written. */
  readonly name: string;
  /** What it may do; `undefined`: everything. */
  readonly permissions: Permissions | undefined;
  /** True from then on when nothing that was proven for this account counts any more. */
  readonly revoked: boolean;
}
