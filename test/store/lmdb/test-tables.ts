import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { Backend, Read, StoredChange, StoredCommit } from '../../../src/store/durable/backend.js';
import { readDocument } from '../../../src/store/durable/read-document.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { type OpenTables, openStateTables, type StateTablesOptions } from '../../../src/store/lmdb/state-tables.js';

/** A folder for one test. */
export function testFolder(parent = tmpdir()): string {
  const directory = mkdtempSync(join(parent, 'cimulator-lmdb-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function openTestTables(directory = testFolder(), options: StateTablesOptions = {}): Promise<OpenTables> {
  const opened = await openStateTables(directory, options);
  onTestFinished(() => opened.close());
  return opened;
}

export async function openTestBackend(directory = testFolder()): Promise<Backend & OpenTables> {
  const opened = await openTestTables(directory);
  return { ...openLmdbBackend(opened), ...opened };
}

let commits = 0;

/** A commit after a version. What it creates has the next sequences. */
export function commit(
  version: number,
  changes: readonly StoredChange[],
  more: Partial<StoredCommit> = {},
): StoredCommit {
  commits += 1;
  const sequence = Math.max(0, ...changes.map((change) => change.sequence));
  return {
    version,
    id: `commit-${commits}`,
    origin: undefined,
    isCleared: false,
    changes,
    present: { version, sequence, cleared: 0 },
    ...more,
  };
}

export function created(sequence: number, after: CimInstance): StoredChange {
  if (!after.path) throw new Error('no path');
  return { path: after.path, sequence, before: undefined, after };
}

export function changed(sequence: number, before: CimInstance, after: CimInstance | undefined): StoredChange {
  if (!before.path) throw new Error('no path');
  return { path: before.path, sequence, before, after };
}

/** The keys of the instances that a read gives. */
export async function idsOf(backend: Backend, read: Read): Promise<unknown> {
  const [answer] = (await backend.read([read])).answers;
  if (answer?.kind !== 'rows') return answer;
  return answer.rows.map(({ document }) => readDocument(document).getString('Id'));
}
