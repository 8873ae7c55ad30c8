import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of one scrypt run (RFC 7914): memory is `128 · N · r` bytes, work grows with `N · r · p`. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/**
 * 16 MiB and about 45 ms of one core per run. More would be felt at every start, because `--user` accounts are hashed anew each time;
 * the cost is kept with each hash, so it can be raised without making stored accounts useless.
 */
export const DEFAULT_SCRYPT_COST: ScryptCost = { N: 2 ** 14, r: 8, p: 1 };

/** The dearest cost that is read from a file: a tampered file must not be able to eat the machine. */
const MAX_WORK = 2 ** 21;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** A salted scrypt hash; `salt` and `hash` are base64. */
export interface PasswordHash extends ScryptCost {
  readonly salt: string;
  readonly hash: string;
}

/** Hashes a password with a fresh salt. Passwords are compared in Unicode NFC (RFC 7617 §2.1). */
export async function hashPassword(password: string, cost: ScryptCost = DEFAULT_SCRYPT_COST): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await runScrypt(password, salt, cost);
  return { N: cost.N, r: cost.r, p: cost.p, salt: salt.toString('base64'), hash: hash.toString('base64') };
}

/** A hash of no password at all, as dear to check as a real one. */
export function decoyHash(cost: ScryptCost): PasswordHash {
  const random = (bytes: number): string => randomBytes(bytes).toString('base64');
  return { N: cost.N, r: cost.r, p: cost.p, salt: random(SALT_BYTES), hash: random(HASH_BYTES) };
}

/** What a check of it costs. */
export function costOf({ N, r, p }: PasswordHash): ScryptCost {
  return { N, r, p };
}

/** Whether the password is the one that was hashed; takes the same time for every answer. */
export async function matchesPassword(password: string, expected: PasswordHash): Promise<boolean> {
  const hash = await runScrypt(password, Buffer.from(expected.salt, 'base64'), expected);
  const stored = Buffer.from(expected.hash, 'base64');
  return stored.length === hash.length && timingSafeEqual(hash, stored);
}

/** Narrows a value read from a file, whole: a hash that is cut or too dear to compute is none. */
export function isPasswordHash(value: unknown): value is PasswordHash {
  if (typeof value !== 'object' || value === null) return false;
  const { N, r, p, salt, hash } = value as Partial<Record<keyof PasswordHash, unknown>>;
  return (
    isPositiveInteger(N) &&
    N > 1 &&
    Number.isInteger(Math.log2(N)) &&
    isPositiveInteger(r) &&
    isPositiveInteger(p) &&
    N * r * p <= MAX_WORK &&
    typeof salt === 'string' &&
    Buffer.from(salt, 'base64').length === SALT_BYTES &&
    typeof hash === 'string' &&
    Buffer.from(hash, 'base64').length === HASH_BYTES
  );
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function runScrypt(password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Node refuses a run that needs all of maxmem, hence the margin of one block.
    const options = { N, r, p, maxmem: 128 * r * (N + p + 1) + 1024 };
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
