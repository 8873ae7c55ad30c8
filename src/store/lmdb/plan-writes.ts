import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { StoredCommit } from '../durable/backend.js';
import { indexEntries } from '../durable/index-entries.js';
import { type NetChange, netChanges } from '../durable/net-changes.js';
import type { IndexRegister } from './index-register.js';
import type { DocumentOf } from './remember-documents.js';
import { changingEntries, rowEntries } from './row-entries.js';
import { writeRow } from './stored-row.js';
import { classPrefix, numberKey, textKey } from './table-keys.js';

/** One entry of a table: put, or removed when there is no value. */
export interface PlannedWrite {
  readonly key: Buffer;
  readonly value: Buffer | undefined;
}

/** What commits come to, made before anybody is kept from writing. Removals come first. */
export interface PlannedWrites {
  readonly register: IndexRegister;
  readonly isCleared: boolean;
  readonly rows: readonly PlannedWrite[];
  readonly paths: readonly PlannedWrite[];
  readonly entries: readonly PlannedWrite[];
  /** By how much the number of instances changes, by class prefix in Latin-1. */
  readonly counts: ReadonlyMap<string, number>;
}

const NOTHING = Buffer.alloc(0);

export function planWrites(
  commits: readonly StoredCommit[],
  register: IndexRegister,
  documentOf: DocumentOf,
): PlannedWrites {
  const { isCleared, changes } = netChanges(commits);
  const rows: PlannedWrite[] = [];
  const paths: PlannedWrite[] = [];
  const removed: Buffer[] = [];
  const added: Buffer[] = [];
  const counts = new Map<string, number>();
  const count = (instance: CimInstance, by: number) => {
    const { namespace, className } = indexEntries(instance);
    const key = classPrefix(namespace, className).toString('latin1');
    counts.set(key, (counts.get(key) ?? 0) + by);
  };
  for (const change of changes) {
    const { path, before, after } = change;
    if (before && before.sequence !== after?.sequence) rows.push({ key: numberKey(before.sequence), value: undefined });
    if (after) rows.push({ key: numberKey(after.sequence), value: rowOf(path.canonical, after, documentOf) });
    paths.push({ key: textKey(path.canonical), value: after && pathValue(after) });
    if (before && !after) count(before.instance, -1);
    if (after && !before) count(after.instance, 1);
    planEntries(change, register, removed, added);
  }
  const entries = [
    ...removed.map((key) => ({ key, value: undefined })),
    ...added.map((key) => ({ key, value: NOTHING })),
  ];
  return { register, isCleared, rows, paths, entries, counts };
}

function planEntries({ before, after }: NetChange, register: IndexRegister, removed: Buffer[], added: Buffer[]): void {
  if (before && after && before.sequence === after.sequence) {
    const was = changingEntries(before.instance, before.sequence, register);
    const is = changingEntries(after.instance, after.sequence, register);
    removed.push(...without(was, is));
    added.push(...without(is, was));
    return;
  }
  if (before) removed.push(...rowEntries(before.instance, before.sequence, register));
  if (after) added.push(...rowEntries(after.instance, after.sequence, register));
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  return keys.filter((key) => !others.some((other) => key.equals(other)));
}

function rowOf(
  path: string,
  { version, instance }: { version: number; instance: CimInstance },
  documentOf: DocumentOf,
): Buffer {
  return writeRow(version, path, documentOf(instance));
}

function pathValue({ sequence, version }: { sequence: number; version: number }): Buffer {
  return Buffer.concat([numberKey(sequence), numberKey(version)]);
}
