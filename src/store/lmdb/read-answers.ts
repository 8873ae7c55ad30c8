import type { Answer, Read, Row } from '../durable/backend.js';
import { readCount } from './apply-writes.js';
import type { IndexRegister } from './index-register.js';
import { readRow } from './stored-row.js';
import {
  classPrefix,
  entryKey,
  equalPrefix,
  FIRST_KEY,
  isDigest,
  keysPrefix,
  numberAtEnd,
  numberKey,
  rangeOf,
  targetClassPrefix,
  targetPrefix,
  targetRolePrefix,
  textKey,
  unkeyedPrefix,
} from './table-keys.js';
import type { Tables } from './tables.js';

type ReadOf<K extends Read['kind']> = Extract<Read, { readonly kind: K }>;

/** Answers a read. Reads that follow one another without waiting see the same moment. */
export function readAnswer(tables: Tables, register: () => IndexRegister, read: Read): Answer {
  switch (read.kind) {
    case 'get':
      return rowsAnswer(getRow(tables, read.path));
    case 'keys':
      return rowsAnswer(rowsBelow(tables, keysPrefix(read.namespace, read.keys)));
    case 'count':
      return { kind: 'count', count: readCount(tables, classPrefix(read.namespace, read.className)) };
    case 'page':
      return readPage(tables, read);
    case 'referencing':
      return rowsAnswer(readReferencing(tables, read));
    case 'equal':
      return readEqual(tables, register(), read);
    case 'isEmpty':
      return { kind: 'isEmpty', isEmpty: isEmptyTable(tables, read.but) };
  }
}

/** @param but so many do not count */
export function isEmptyTable({ rows }: Tables, but = 0): boolean {
  let count = 0;
  for (const _ of rows.getKeys({ start: FIRST_KEY, limit: 1 + but })) count += 1;
  return count <= but;
}

/** Sequence and version of the instance at a path. */
export function findPath({ paths, rows }: Tables, path: string): { sequence: number; version: number } | undefined {
  const key = textKey(path);
  const value = paths.get(key);
  if (value === undefined) return undefined;
  const sequence = numberAtEnd(value.subarray(0, value.length / 2));
  const found = { sequence, version: numberAtEnd(value) };
  if (!isDigest(key)) return found;
  const text = rows.get(numberKey(sequence));
  return text !== undefined && readRow(sequence, text).quotedPath === JSON.stringify(path) ? found : undefined;
}

function getRow(tables: Tables, path: string): readonly Row[] {
  const found = findPath(tables, path);
  return found === undefined ? [] : rowsOf(tables, [found.sequence]);
}

function rowsBelow(tables: Tables, prefix: Buffer): readonly Row[] {
  return rowsOf(tables, sequencesIn(tables, rangeOf(prefix)));
}

/** The rows of some sequences, in their order; those that are not there are left out. */
function rowsOf({ rows }: Tables, sequences: readonly number[]): readonly Row[] {
  const found: Row[] = [];
  for (const sequence of sequences) {
    const text = rows.get(numberKey(sequence));
    if (text === undefined) continue;
    const { version, document } = readRow(sequence, text);
    found.push({ sequence, version, document });
  }
  return found;
}

/** Gathered before anything else is read: the next read may use the same place in memory. */
function sequencesIn({ entries }: Tables, range: { start: Buffer; end: Buffer; limit?: number }): number[] {
  const found: number[] = [];
  for (const key of entries.getKeys(range)) found.push(numberAtEnd(key));
  return found;
}

function readPage(tables: Tables, { namespace, className, after, last, limit }: ReadOf<'page'>): Answer {
  const prefix = classPrefix(namespace, className);
  if (last <= after) return { kind: 'rows', rows: [], more: false };
  const range = { start: entryKey(prefix, after + 1), end: entryKey(prefix, last + 1), limit: limit + 1 };
  const sequences = sequencesIn(tables, range);
  return { kind: 'rows', rows: rowsOf(tables, sequences.slice(0, limit)), more: sequences.length > limit };
}

function readReferencing(tables: Tables, { target, classNames, role }: ReadOf<'referencing'>): readonly Row[] {
  const prefixes = referencingPrefixes(target, classNames, role);
  const found = prefixes.flatMap((prefix) => sequencesIn(tables, rangeOf(prefix)));
  // One instance may refer to the target in several roles.
  return rowsOf(
    tables,
    [...new Set(found)].sort((a, b) => a - b),
  );
}

function referencingPrefixes(
  target: string,
  classNames: readonly string[] | undefined,
  role: string | undefined,
): readonly Buffer[] {
  if (classNames) {
    const prefix = targetPrefix(target);
    return classNames.map((className) => targetClassPrefix(prefix, className, role));
  }
  return [role === undefined ? targetPrefix(target) : targetRolePrefix(target, role)];
}

function readEqual(
  tables: Tables,
  register: IndexRegister,
  { namespace, className, property, key }: ReadOf<'equal'>,
): Answer {
  if (!register.find(namespace, className, property)?.isWhole) return { kind: 'unindexed' };
  const unkeyed = { ...rangeOf(unkeyedPrefix(namespace, className, property)), limit: 1 };
  if (sequencesIn(tables, unkeyed).length > 0) return { kind: 'unkeyed' };
  return rowsAnswer(rowsBelow(tables, equalPrefix(namespace, className, property, key)));
}

function rowsAnswer(rows: readonly Row[]): Answer {
  return { kind: 'rows', rows };
}
