import { createHash, randomUUID } from 'node:crypto';

/** Gives a new UUID (lower case) at each call. */
export type UuidSource = () => string;

/**
 * Random UUIDs, or the same row of UUIDs for the same seed: a lab started with a seed makes the same InstanceIDs every
 * time, so that tests can name them.
 *
 * @param state of a store that already held instances when it was opened: its `mark()`. The row is another one for each
 *   state, or the second start with a seed would make the InstanceIDs of the first again; the mark moves on with each
 *   instance that is made. The row is for one process at a time: several that share a store are started without a seed
 */
export function createUuidSource(seed?: number, state?: string): UuidSource {
  if (seed === undefined) return randomUUID;
  const row = state === undefined ? `${seed}` : `${seed}@${state}`;
  let count = 0;
  return () => {
    count += 1;
    const hash = createHash('sha256').update(`${row}:${count}`).digest('hex');
    // RFC 9562 §5.8: version 8 is for values made from the application's own material.
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  };
}
