import { setImmediate } from 'node:timers/promises';
import type { StateCheck } from '../../cim/contracts/state.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { indexEntries } from '../durable/index-entries.js';
import { readDocument } from '../durable/read-document.js';
import { IndexRegister } from './index-register.js';
import type { HeldSnapshot, Key, Table } from './load-lmdb.js';
import { changingEntries, rowEntries } from './row-entries.js';
import { readIndices } from './store-facts.js';
import { readRow, type StoredRow } from './stored-row.js';
import { classPrefix, FIRST_KEY, numberAtEnd, numberKey, textKey } from './table-keys.js';
import type { Tables } from './tables.js';

const MOST_PROBLEMS = 20;
const BATCH = 200;
const KEYS = 5000;

/** Whether numbers that are known at once agree: looked at whenever a state is opened. */
export function countsAgree({ rows, paths, entries, counts }: Tables): boolean {
  const instances = rows.getStats().entryCount;
  let counted = 0;
  for (const { value } of counts.getRange({ start: FIRST_KEY })) counted += numberAtEnd(value);
  // Each instance is found by its keys and by its class, at least.
  const isFound = entries.getStats().entryCount >= 2 * instances;
  return isFound && paths.getStats().entryCount === instances && counted === instances;
}

/** A check under way. */
interface Walk {
  readonly tables: Tables;
  readonly transaction: HeldSnapshot;
  /** Indices that are whole. */
  readonly whole: IndexRegister;
  /** Indices that are being made: some entries may be missing. */
  readonly begun: IndexRegister;
  /** Instances by class prefix, in Latin-1. */
  readonly counts: Map<string, number>;
  report(text: string, isOfIndex: boolean): void;
}

/**
 * Compares every row with every entry that leads to it, and every entry with the row that it leads to, as of one moment. Others have
 * their turn meanwhile.
 */
export async function checkTables(tables: Tables): Promise<StateCheck> {
  const transaction = tables.environment.useReadTransaction();
  const problems: string[] = [];
  let isMendable = true;
  const report = (text: string, isOfIndex: boolean) => {
    isMendable &&= isOfIndex;
    if (problems.length < MOST_PROBLEMS) problems.push(text);
  };
  try {
    const parts = new IndexRegister(readIndices(tables, { transaction })).parts();
    const walk: Walk = { tables, transaction, ...parts, counts: new Map(), report };
    const { instances, entries } = await checkRows(walk);
    await checkNumber(walk, tables.paths, 'paths', instances);
    await checkNumber(walk, tables.entries, 'indices', entries);
    checkCounts(walk);
    return { instances, entries, problems, isMendable: problems.length > 0 && isMendable };
  } finally {
    transaction.done();
  }
}

/** @returns how many instances there are, and how many entries belong to them */
async function checkRows(walk: Walk): Promise<{ instances: number; entries: number }> {
  const { rows } = walk.tables;
  let instances = 0;
  let entries = 0;
  for (let start: Key | undefined = FIRST_KEY; start !== undefined; ) {
    let last: number | undefined;
    for (const { key, value } of [...rows.getRange({ start, limit: BATCH, transaction: walk.transaction })]) {
      last = numberAtEnd(key);
      instances += 1;
      entries += checkRow(walk, last, value);
    }
    start = last === undefined ? undefined : numberKey(last + 1);
    await setImmediate();
  }
  return { instances, entries };
}

/** @returns how many entries belong to it */
function checkRow(walk: Walk, sequence: number, text: string): number {
  const row = tryRead(() => readRow(sequence, text));
  const instance = row && tryRead(() => readDocument(row.document));
  if (!row || !instance || instance.path?.canonical !== JSON.parse(row.quotedPath)) {
    walk.report(`instance ${sequence} cannot be read`, false);
    return 0;
  }
  checkPath(walk, row, instance);
  return checkEntries(walk, sequence, instance);
}

function checkPath({ tables, transaction, counts, report }: Walk, row: StoredRow, instance: CimInstance): void {
  const found = tables.paths.get(textKey(JSON.parse(row.quotedPath)), { transaction });
  const expected = Buffer.concat([numberKey(row.sequence), numberKey(row.version)]);
  if (found === undefined || !expected.equals(found)) report(`${instance.path} is not found by its path`, true);
  const { namespace, className } = indexEntries(instance);
  const counted = classPrefix(namespace, className).toString('latin1');
  counts.set(counted, (counts.get(counted) ?? 0) + 1);
}

function checkEntries(
  { tables, transaction, whole, begun, report }: Walk,
  sequence: number,
  instance: CimInstance,
): number {
  const has = (key: Buffer) => tables.entries.get(key, { transaction }) !== undefined;
  const expected = distinct(rowEntries(instance, sequence, whole));
  for (const key of expected) if (!has(key)) report(`${instance.path} is missing in an index`, true);
  const known = new Set(expected.map((key) => key.toString('latin1')));
  const more = distinct(changingEntries(instance, sequence, begun)).filter((key) => !known.has(key.toString('latin1')));
  return expected.length + more.filter(has).length;
}

async function checkNumber(
  { transaction, report }: Walk,
  table: Table<Uint8Array>,
  name: string,
  expected: number,
): Promise<void> {
  let found = 0;
  for (let start: Key | undefined = FIRST_KEY; start !== undefined; ) {
    const keys: Buffer[] = [...table.getKeys({ start, limit: KEYS, transaction })];
    found += keys.length;
    const last: Buffer | undefined = keys.at(-1);
    start = last && Buffer.concat([last, FIRST_KEY]);
    await setImmediate();
  }
  if (found !== expected) report(`${found} entries are in the ${name}, and ${expected} belong to instances`, true);
}

function checkCounts({ tables, transaction, counts, report }: Walk): void {
  let known = 0;
  for (const { key, value } of tables.counts.getRange({ start: FIRST_KEY, transaction })) {
    known += 1;
    const counted = numberAtEnd(value);
    const count = counts.get(key.toString('latin1')) ?? 0;
    if (counted !== count) report(`${counted} instances of a class are counted, and ${count} are there`, true);
  }
  if (known !== counts.size) report(`${known} classes are counted, and ${counts.size} have instances`, true);
}

function distinct(keys: readonly Buffer[]): readonly Buffer[] {
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()];
}

function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
