import { createHash, randomUUID } from 'node:crypto';

/** Gives a new UUID (lower case) at each call. */
export type UuidSource = () => string;

/** Where a row of UUIDs is. JSON. */
export interface UuidPosition {
  /** Which row it is: of two sources with the same one each makes the UUIDs of the other. */
  readonly row: string;
  /** How many of the row have been made. */
  readonly count: number;
}

/** A {@link UuidSource} that can go back: it makes the same UUIDs again then. */
export interface UuidRow extends UuidSource {
  /** Undefined when UUIDs are random. */
  position(): UuidPosition | undefined;
  /** Goes on from a position, of this row or of another one; from undefined: with random ones. */
  goTo(position: UuidPosition | undefined): void;
}

/**
 * Random UUIDs, or the same row of UUIDs for the same seed: a lab started with a seed makes the same InstanceIDs every
 * time, so that tests can name them.
 *
 * @param state of a store that already held instances when it was opened: its `mark()`. The row is another one for each
 *   state, or the second start with a seed would make the InstanceIDs of the first again; the mark moves on with each
 *   instance that is made. The row is for one process at a time: several that share a store are started without a seed
 */
export function createUuidSource(seed?: number, state?: string): UuidRow {
  let row = seed === undefined || state === undefined ? seed?.toString() : `${seed}@${state}`;
  let count = 0;
  const newUuid: UuidSource = () => {
    if (row === undefined) return randomUUID();
    count += 1;
    const hash = createHash('sha256').update(`${row}:${count}`).digest('hex');
    // RFC 9562 §5.8: version 8 is for values made from the application's own material.
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  };
  return Object.assign(newUuid, {
    position: () => (row === undefined ? undefined : { row, count }),
    goTo(position: UuidPosition | undefined) {
      row = position?.row;
      count = position?.count ?? 0;
    },
  });
}
