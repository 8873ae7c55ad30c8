import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Present, StoredChange, StoredCommit } from './backend.js';

/** What a state is to have in it, in the place of all it has. */
export interface Replacement {
  readonly batches: AsyncIterable<readonly CimInstance[]>;
  /** Besides those that it has already. */
  readonly notes: ReadonlyMap<string, string>;
}

/** What a replacement begins with: everything is cleared. To clear takes a sequence for itself. */
export function clearedAfter({ version, sequence }: Present): StoredCommit {
  const present = { version: version + 1, sequence: sequence + 1, cleared: sequence };
  return { ...partOf(present), isCleared: true, changes: [] };
}

/** One after the other what the batches create, all of it part of the commit that cleared everything. */
export async function* creations(
  begun: StoredCommit,
  batches: Replacement['batches'],
): AsyncGenerator<StoredCommit, void, void> {
  let { present } = begun;
  for await (const batch of batches) {
    const changes = batch.map((after, at) => creation(present.sequence + 1 + at, after));
    present = { ...present, sequence: present.sequence + batch.length };
    yield { ...partOf(present), isCleared: false, changes };
  }
}

/** What all parts of the commit have. */
function partOf(present: Present) {
  return { version: present.version, id: 'replaced', origin: undefined, present };
}

function creation(sequence: number, after: CimInstance): StoredChange {
  if (!after.path) throw new TypeError('an instance without a path');
  return { path: after.path, sequence, before: undefined, after };
}
