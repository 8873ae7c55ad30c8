import { NT_HASH_BYTES } from '../ntlm/nt-hash.js';
import { isPasswordHash, type PasswordHash } from './password-hash.js';
import { parseRole } from './role.js';

/** One account as it is kept. */
export interface StoredUser {
  /** As it was first written; compared without case. */
  readonly name: string;
  readonly password: PasswordHash;
  /** The NT hash, base64; only where NTLM is enabled. As good as the password to whoever reads it. */
  readonly ntHash?: string;
  /** What it may do, each as `parseRole` reads it; absent: everything. */
  readonly roles?: readonly string[];
}

const VERSION = 1;

/** The one text in which all accounts are kept, in a file as in a database. */
export function writeUsers(users: readonly StoredUser[]): string {
  return `${JSON.stringify({ version: VERSION, users }, null, 2)}\n`;
}

/** Reads what {@link writeUsers} wrote; undefined when the text is anything else. */
export function readUsers(text: string): readonly StoredUser[] | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { version, users } = content as { version?: unknown; users?: unknown };
  if (version !== VERSION || !Array.isArray(users) || !users.every(isStoredUser)) return undefined;
  return users;
}

function isStoredUser(value: unknown): value is StoredUser {
  if (typeof value !== 'object' || value === null) return false;
  const { name, password, ntHash, roles } = value as Partial<Record<keyof StoredUser, unknown>>;
  return typeof name === 'string' && name !== '' && isPasswordHash(password) && isNtHash(ntHash) && areRoles(roles);
}

/** A role that cannot be read makes all of it invalid: left out, an account would be another one than its owner believes. */
function areRoles(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((role) => typeof role === 'string' && isRole(role));
}

function isRole(text: string): boolean {
  try {
    return parseRole(text).length > 0;
  } catch {
    return false;
  }
}

function isNtHash(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' && Buffer.from(value, 'base64').length === NT_HASH_BYTES;
}
