import type { Present } from '../durable/backend.js';
import type { HeldSnapshot } from './load-lmdb.js';
import type { Tables } from './tables.js';

const PRESENT = Buffer.from('present');
const LOG = Buffer.from('log');
const INDICES = Buffer.from('indices');
const FORMAT = Buffer.from('format');
const TOUCHED = Buffer.from('touched');

/** What is in the log. */
export interface LogExtent {
  /** Version of the oldest commit in it; that of the next commit when there is none. */
  readonly first: number;
  /** Bytes of all. */
  readonly size: number;
}

type Facts = Pick<Tables, 'facts'>;

export function readPresent({ facts }: Facts): Present {
  const [version = 0, sequence = 0, cleared = 0] = numbersOf(facts.get(PRESENT));
  return { version, sequence, cleared };
}

export function writePresent({ facts }: Facts, { version, sequence, cleared }: Present): void {
  facts.put(PRESENT, `${version} ${sequence} ${cleared}`);
}

export function readLogExtent({ facts }: Facts): LogExtent {
  const [first = 1, size = 0] = numbersOf(facts.get(LOG));
  return { first, size };
}

export function writeLogExtent({ facts }: Facts, { first, size }: LogExtent): void {
  facts.put(LOG, `${first} ${size}`);
}

/** The register of indices as text (`index-register.ts`); empty when there are none. */
export function readIndices({ facts }: Facts, options?: { readonly transaction?: HeldSnapshot }): string {
  return facts.get(INDICES, options) ?? '';
}

export function writeIndices({ facts }: Facts, text: string): void {
  facts.put(INDICES, text);
}

/** The format in which everything else is written; undefined of a file that is new. */
export function readFormat({ facts }: Facts): number | undefined {
  const text = facts.get(FORMAT);
  return text === undefined ? undefined : Number(text);
}

export function writeFormat({ facts }: Facts, format: number): void {
  facts.put(FORMAT, String(format));
}

/** Writes something, whatever it is. */
export function writeTouched({ facts }: Facts): void {
  facts.put(TOUCHED, String((Number(facts.get(TOUCHED)) || 0) + 1));
}

function numbersOf(text: string | undefined): readonly number[] {
  return text === undefined ? [] : text.split(' ').map(Number);
}
