import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { StoredCommit } from '../durable/backend.js';
import { type IndexEntries, indexEntries, indexKey } from '../durable/index-entries.js';
import { type NetChange, netChanges } from '../durable/net-changes.js';
import { writeDocument } from '../durable/write-document.js';
import { hashOf } from './hash-of.js';
import { propertyKeyHash, UNKEYED } from './property-key-hash.js';
import type { PropertyRegister } from './property-register.js';
import { toStorable } from './storable-text.js';

type Value = string | number;

/** What commits change in the tables: rows, each a list of values. No row is both removed and added. */
export interface AppendRows {
  /** Everything that was there is nobody's from then on. */
  readonly isCleared: boolean;
  /** sequence */
  readonly removed: Value[][];
  /** sequence, version, document */
  readonly changed: Value[][];
  /** sequence, version, namespace, class, path, keys, document */
  readonly created: Value[][];
  /** target, class, role, sequence */
  readonly lessReferences: Value[][];
  readonly moreReferences: Value[][];
  /** index, key, sequence */
  readonly lessValues: Value[][];
  readonly moreValues: Value[][];
  /** namespace, class, how many more */
  readonly counts: Value[][];
}

/** One side of a change. */
interface Side {
  readonly sequence: number;
  readonly instance: CimInstance;
}

export function appendRows(commits: readonly StoredCommit[], register: PropertyRegister): AppendRows {
  const { isCleared, changes } = netChanges(commits);
  const rows: AppendRows = {
    isCleared,
    removed: [],
    changed: [],
    created: [],
    lessReferences: [],
    moreReferences: [],
    lessValues: [],
    moreValues: [],
    counts: [],
  };
  const counts = new Map<string, { readonly entries: IndexEntries; more: number }>();
  const count = (entries: IndexEntries, by: number) => {
    const key = `${entries.namespace.length}:${entries.namespace}${entries.className}`;
    const sum = counts.get(key) ?? { entries, more: 0 };
    counts.set(key, sum);
    sum.more += by;
  };
  for (const change of changes) addChange(rows, change, register, count);
  for (const { entries, more } of counts.values()) {
    if (more !== 0) rows.counts.push([toStorable(entries.namespace), toStorable(entries.className), more]);
  }
  return rows;
}

function addChange(
  rows: AppendRows,
  { before, after }: NetChange,
  register: PropertyRegister,
  count: (entries: IndexEntries, by: number) => void,
): void {
  const former = before && indexEntries(before.instance);
  const entries = after && indexEntries(after.instance);
  if (after && entries) {
    const document = writeDocument(after.instance);
    if (before?.sequence === after.sequence) rows.changed.push([after.sequence, after.version, document]);
    else {
      const { namespace, className, path, keys } = entries;
      const names = [toStorable(namespace), toStorable(className)];
      rows.created.push([after.sequence, after.version, ...names, hashOf(path), hashOf(keys), document]);
    }
  }
  if (before && before.sequence !== after?.sequence) rows.removed.push([before.sequence]);
  if (former) count(former, -1);
  if (entries) count(entries, 1);
  addDifference(rows.lessReferences, rows.moreReferences, referenceRows(before, former), referenceRows(after, entries));
  addDifference(
    rows.lessValues,
    rows.moreValues,
    valueRows(before, former, register),
    valueRows(after, entries, register),
  );
}

function referenceRows(side: Side | undefined, entries: IndexEntries | undefined): Value[][] {
  if (!side || !entries) return [];
  const className = toStorable(entries.className);
  return entries.references.map(({ role, target }) => [hashOf(target), className, toStorable(role), side.sequence]);
}

function valueRows(side: Side | undefined, entries: IndexEntries | undefined, register: PropertyRegister): Value[][] {
  if (!side || !entries) return [];
  return register.indicesOf(entries.namespace, entries.className).flatMap(({ id, property }) => {
    const row = valueRow(id, property, side);
    return row ? [row] : [];
  });
}

/** What an index has of an instance; undefined: nothing. */
export function valueRow(id: number, property: string, { sequence, instance }: Side): Value[] | undefined {
  const key = indexKey(instance, property);
  if (key === null) return undefined;
  return [id, key === undefined ? UNKEYED : propertyKeyHash(key), sequence];
}

function addDifference(less: Value[][], more: Value[][], before: readonly Value[][], after: readonly Value[][]): void {
  const had = new Set(before.map(String));
  const has = new Set(after.map(String));
  for (const row of before) if (!has.has(String(row))) less.push(row);
  for (const row of after) if (!had.has(String(row))) more.push(row);
}
