import { createHash } from 'node:crypto';
import { passwordOf } from './numerical-password.js';

interface Source {
  newUuid(): string;
}

/** So many UUIDs have more random bits than a key. */
const UUIDS = 3;

/** 256 bits made of new UUIDs: repeatable when the endpoint was started with a seed, and random otherwise. */
export function newKey({ newUuid }: Source): readonly number[] {
  const hash = createHash('sha256');
  for (let made = 0; made < UUIDS; made += 1) hash.update(newUuid());
  return [...hash.digest()];
}

/** A numerical password of 128 random bits. */
export function newNumericalPassword(source: Source): string {
  const bytes = newKey(source);
  return passwordOf(Array.from({ length: 8 }, (_, at) => (bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)));
}

/** A new identifier, as BitLocker writes them: `{GUID}` in capital letters. */
export function newIdentifier({ newUuid }: Source): string {
  return `{${newUuid().toUpperCase()}}`;
}
