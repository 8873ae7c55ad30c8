import { DEFAULT_LOCK_OUT, type LockOutLimits } from '../../auth/lock-out/lock-out.js';
import {
  listOf,
  type MemberChecks,
  members,
  membersNamed,
  orWord,
  text,
  wholeNumber,
} from '../../options/option-checks.js';
import { type AuthenticationOptions, authenticationChecks } from './authentication-options.js';

/** Who may sign in, and how. */
export interface AccountOptions {
  /** Accounts, each name once. Default: those kept in `dataDir`; when there are none, one with a random password. */
  readonly users?: readonly UserOptions[];
  /** Ways to authenticate; at least one must be left. */
  readonly authentication?: AuthenticationOptions;
  /**
   * How much guessing of passwords is put up with, or `off`. Default: five wrong passwords for an account from an address, then a delay
   * from one second to one minute; a hundred from an address for whatever accounts, then one a second.
   */
  readonly lockOut?: Partial<LockOutLimits> | 'off';
  /** Folder that keeps accounts and certificate. Default: nothing is kept. */
  readonly dataDir?: string;
}

/** An account. */
export interface UserOptions {
  readonly name: string;
  readonly password: string;
  /**
   * What it may do: `read`, `write`, `execute`, `all`, each of them everywhere or in one place only, as
   * `read@root/cimv2/storage/iScsiTarget` or `execute@root/cimv2/storage/iScsiTarget:CIM_NetworkPipe`. Default: everything.
   */
  readonly roles?: readonly string[];
}

export const accountChecks: MemberChecks<AccountOptions> = {
  users: listOf(members<UserOptions>({ name: text, password: text, roles: listOf(text) }, ['name', 'password'])),
  authentication: authenticationChecks,
  lockOut: orWord('off', membersNamed(Object.keys(DEFAULT_LOCK_OUT), wholeNumber(0))),
  dataDir: text,
};
