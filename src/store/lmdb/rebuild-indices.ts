import { indexEntries } from '../durable/index-entries.js';
import { readDocument } from '../durable/read-document.js';
import { IndexRegister } from './index-register.js';
import { rowEntries } from './row-entries.js';
import { readIndices, writeIndices } from './store-facts.js';
import { readRow } from './stored-row.js';
import { classPrefix, FIRST_KEY, numberAtEnd, numberKey, textKey } from './table-keys.js';
import type { Tables } from './tables.js';
import type { WriteTables } from './write-tables.js';

const BATCH = 500;
const NOTHING = Buffer.alloc(0);

/**
 * Makes everything anew by which instances are found, from the instances: all of it, or nothing when it is interrupted.
 *
 * @returns the number of instances
 */
export function rebuildIndices(tables: Tables, write: WriteTables): Promise<number> {
  return write(() => {
    const { whole } = new IndexRegister(readIndices(tables)).parts();
    const byClass = new Map<string, number>();
    for (const table of [tables.paths, tables.entries, tables.counts]) table.clearAsync();
    let instances = 0;
    for (let rows = rowsFrom(tables, FIRST_KEY); rows.length > 0; rows = rowsAfter(tables, rows)) {
      for (const [sequence, text] of rows) addRow(tables, whole, byClass, sequence, text);
      instances += rows.length;
    }
    for (const [prefix, count] of byClass) tables.counts.put(Buffer.from(prefix, 'latin1'), numberKey(count));
    // Indices that were being made are made when they are asked for.
    writeIndices(tables, whole.text);
    return instances;
  });
}

type TextRow = readonly [sequence: number, text: string];

function rowsFrom({ rows }: Tables, start: Buffer): readonly TextRow[] {
  return Array.from(rows.getRange({ start, limit: BATCH }), ({ key, value }) => [numberAtEnd(key), value] as const);
}

function rowsAfter(tables: Tables, rows: readonly TextRow[]): readonly TextRow[] {
  return rowsFrom(tables, numberKey((rows.at(-1)?.[0] ?? 0) + 1));
}

function addRow(
  { paths, entries }: Tables,
  whole: IndexRegister,
  byClass: Map<string, number>,
  sequence: number,
  text: string,
): void {
  const { version, document, quotedPath } = readRow(sequence, text);
  const instance = readDocument(document);
  paths.put(textKey(JSON.parse(quotedPath)), Buffer.concat([numberKey(sequence), numberKey(version)]));
  for (const entry of rowEntries(instance, sequence, whole)) entries.put(entry, NOTHING);
  const { namespace, className } = indexEntries(instance);
  const counted = classPrefix(namespace, className).toString('latin1');
  byClass.set(counted, (byClass.get(counted) ?? 0) + 1);
}
