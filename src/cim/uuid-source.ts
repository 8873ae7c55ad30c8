import { createHash, randomUUID } from 'node:crypto';

/** Gives a new UUID (lower case) at each call. */
export type UuidSource = () => string;

/**
 * Random UUIDs, or the same row of UUIDs for the same seed: a lab started with a seed makes the same InstanceIDs every
 * time, so that tests can name them.
 */
export function createUuidSource(seed?: number): UuidSource {
  if (seed === undefined) return randomUUID;
  let count = 0;
  return () => {
    count += 1;
    const hash = createHash('sha256').update(`${seed}:${count}`).digest('hex');
    // RFC 9562 §5.8: version 8 is for values made from the application's own material.
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  };
}
