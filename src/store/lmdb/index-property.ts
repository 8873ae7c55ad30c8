import { setImmediate } from 'node:timers/promises';
import { readDocument } from '../durable/read-document.js';
import type { IndexedProperty, IndexRegister } from './index-register.js';
import { propertyPrefix } from './row-entries.js';
import { readIndices, writeIndices } from './store-facts.js';
import { readRow } from './stored-row.js';
import { classPrefix, entryKey, numberAtEnd, numberKey, rangeOf } from './table-keys.js';
import type { Tables } from './tables.js';
import type { WriteTables } from './write-tables.js';

/** So many instances are read while nobody else has a turn, and so many are written at once. */
const STEP = 100;
const BATCH = 2000;
const NOTHING = Buffer.alloc(0);

type Property = Omit<IndexedProperty, 'isWhole'>;

/**
 * Makes an index of a property, if there is none: first every commit is told to keep it, then what was there before is
 * added, in steps. One that was left half made is made again; whoever makes the same one at the same time does no harm.
 */
export async function indexProperty(
  tables: Tables,
  write: WriteTables,
  registerOf: (text: string) => IndexRegister,
  property: Property,
): Promise<void> {
  const register = (isWhole: boolean) => {
    const known = registerOf(readIndices(tables));
    const found = known.find(property.namespace, property.className, property.property);
    if (!found?.isWhole && found?.isWhole !== isWhole) writeIndices(tables, known.with({ ...property, isWhole }).text);
    return found?.isWhole === true;
  };
  if (await write(() => register(false))) return;
  const all = { ...rangeOf(classPrefix(property.namespace, property.className)) };
  for (let start: Buffer | undefined = all.start; start !== undefined; ) {
    const sequences: number[] = [];
    for (const key of tables.entries.getKeys({ start, end: all.end, limit: BATCH })) sequences.push(numberAtEnd(key));
    await addEntries(tables, write, property, sequences);
    const last = sequences.at(-1);
    start = last === undefined ? undefined : entryKey(classPrefix(property.namespace, property.className), last + 1);
  }
  await write(() => register(true));
}

async function addEntries(
  tables: Tables,
  write: WriteTables,
  property: Property,
  sequences: readonly number[],
): Promise<void> {
  if (sequences.length === 0) return;
  const made = new Map<number, { readonly version: number; readonly key: Buffer | undefined }>();
  const make = (sequence: number) => {
    const text = tables.rows.get(numberKey(sequence));
    if (text === undefined) return undefined;
    const { version, document } = readRow(sequence, text);
    const known = made.get(sequence);
    if (known?.version === version) return known;
    const prefix = propertyPrefix(readDocument(document), property.namespace, property.className, property.property);
    return { version, key: prefix && entryKey(prefix, sequence) };
  };
  for (let from = 0; from < sequences.length; from += STEP) {
    for (const sequence of sequences.slice(from, from + STEP)) {
      const one = make(sequence);
      if (one) made.set(sequence, one);
    }
    await setImmediate();
  }
  await write(() => {
    for (const sequence of sequences) {
      // As it is by now.
      const key = make(sequence)?.key;
      if (key) tables.entries.put(key, NOTHING);
    }
  });
}
