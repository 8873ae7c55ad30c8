import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Present, StoredChange, StoredCommit } from '../durable/backend.js';
import { readDocument } from '../durable/read-document.js';
import type { DocumentOf } from './remember-documents.js';
import { readLogExtent, writeLogExtent } from './store-facts.js';
import { numberAtEnd, numberKey } from './table-keys.js';
import type { Tables } from './tables.js';

/** At least so many of the last commits are kept, unless they are too large together. */
const MOST_COMMITS = 1024;
const MOST_BYTES = 16 * 2 ** 20;

/** A commit in the first line of an entry; the documents follow, each once, one in a line. */
interface LogHead {
  readonly id: string;
  readonly origin: StoredCommit['origin'];
  readonly present: Present;
  /** Sequence, former sequence or 0, and the lines of the documents before and after; 0: there is none. */
  readonly changes: readonly (readonly [sequence: number, former: number, before: number, after: number])[];
}

/** Commits that were appended together, as they are kept: one entry, by the version of the last. */
export interface LoggedAppend {
  /** Version of the first that is kept; the one after the last when none is. */
  readonly first: number;
  readonly last: number;
  /** Text in UTF-8; empty when none is kept. */
  readonly bytes: Buffer;
  /** What was kept before is of no use any more. */
  readonly isCleared: boolean;
}

/** What is known of entries by the version of their first commit. */
export type KnownEntries = Pick<ReadonlyMap<number, { readonly last: number; readonly size: number }>, 'get'>;

const NEW_LINE = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

/** @param commits one at least */
export function writeLogged(commits: readonly StoredCommit[], documentOf: DocumentOf): LoggedAppend {
  // Of one that cleared everything, nobody is told what it put: they read anew.
  const cleared = commits.findLastIndex(({ isCleared }) => isCleared);
  const kept = commits.slice(cleared + 1);
  const last = (commits.at(-1) as StoredCommit).version;
  const first = kept[0]?.version ?? last + 1;
  return { first, last, bytes: kept.length > 0 ? writeEntry(kept, documentOf) : NOTHING, isCleared: cleared >= 0 };
}

function writeEntry(commits: readonly StoredCommit[], documentOf: DocumentOf): Buffer {
  const lines: Uint8Array[] = [NOTHING];
  const numbers = new Map<CimInstance, number>();
  const numberOf = (instance: CimInstance | undefined) => {
    if (instance === undefined) return 0;
    const known = numbers.get(instance);
    if (known !== undefined) return known;
    const number = numbers.size + 1;
    numbers.set(instance, number);
    lines.push(NEW_LINE, documentOf(instance));
    return number;
  };
  const heads = commits.map(
    ({ id, origin, present, changes }): LogHead => ({
      id,
      origin: origin && { id: origin.id, user: origin.user },
      present,
      changes: changes.map(({ sequence, formerSequence = 0, before, after }) => [
        sequence,
        formerSequence,
        numberOf(before),
        numberOf(after),
      ]),
    }),
  );
  lines[0] = Buffer.from(JSON.stringify(heads), 'utf8');
  return Buffer.concat(lines);
}

/** A commit from the log. What it changed is read when somebody asks: whoever made it knows. */
class ReadCommit implements StoredCommit {
  readonly version: number;
  readonly id: string;
  readonly origin: StoredCommit['origin'];
  readonly isCleared = false;
  readonly present: Present;
  readonly #heads: LogHead['changes'];
  readonly #lines: readonly string[];
  #changes: readonly StoredChange[] | undefined;

  constructor({ id, origin, present, changes }: LogHead, lines: readonly string[]) {
    this.version = present.version;
    this.id = id;
    this.origin = origin && { id: origin.id, user: origin.user };
    this.present = present;
    this.#heads = changes;
    this.#lines = lines;
  }

  get changes(): readonly StoredChange[] {
    const read = (line: number) => (line === 0 ? undefined : readDocument(this.#lines[line] ?? ''));
    this.#changes ??= this.#heads.map(([sequence, former, before, after]) =>
      changeOf(sequence, former, read(before), read(after)),
    );
    return this.#changes;
  }
}

function readEntry(text: string): readonly StoredCommit[] {
  const lines = text.split('\n');
  return (JSON.parse(lines[0] ?? '') as readonly LogHead[]).map((head) => new ReadCommit(head, lines));
}

function changeOf(
  sequence: number,
  former: number,
  before: CimInstance | undefined,
  after: CimInstance | undefined,
): StoredChange {
  const path = (after ?? before)?.path;
  if (!path) throw new RangeError('a change in the log has no path');
  return { path, sequence, ...(former > 0 && { formerSequence: former }), before, after };
}

/**
 * Within a transaction: adds what was appended, and drops the oldest beyond what is kept.
 *
 * @param known other entries are looked up
 */
export function appendLog(tables: Tables, logged: LoggedAppend, known?: KnownEntries): void {
  const { log } = tables;
  let { first, size } = readLogExtent(tables);
  const isTooMuch = logged.bytes.length > MOST_BYTES;
  if (logged.isCleared || isTooMuch) {
    log.clearAsync();
    first = logged.first;
    size = 0;
  }
  if (isTooMuch) first = logged.last + 1;
  else if (logged.bytes.length > 0) {
    log.put(numberKey(logged.last), logged.bytes);
    size += logged.bytes.length;
  }
  while (first < logged.first) {
    const oldest = known?.get(first) ?? lookUp(tables, first);
    if (oldest === undefined || (logged.last - oldest.last < MOST_COMMITS && size <= MOST_BYTES)) break;
    log.remove(numberKey(oldest.last));
    size = Math.max(0, size - oldest.size);
    first = oldest.last + 1;
  }
  writeLogExtent(tables, { first, size });
}

/** Within a transaction: what was appended is not kept, nor can what was before be told any more. */
export function forgetLog(tables: Tables, last: number): void {
  tables.log.clearAsync();
  writeLogExtent(tables, { first: last + 1, size: 0 });
}

/** The entry in which a commit is. */
function lookUp({ log }: Tables, version: number): { readonly last: number; readonly size: number } | undefined {
  for (const key of log.getKeys({ start: numberKey(version), limit: 1 }))
    return { last: numberAtEnd(key), size: log.getBinary(key)?.length ?? 0 };
  return undefined;
}

/** Commits after a version, oldest first; undefined when they are not all there any more, or it is none of this state. */
export function readLog(
  tables: Tables,
  present: number,
  version: number,
  limit: number,
): readonly StoredCommit[] | undefined {
  if (version > present || version + 1 < readLogExtent(tables).first) return undefined;
  const found: StoredCommit[] = [];
  for (const { value } of tables.log.getRange({ start: numberKey(version + 1) })) {
    for (const commit of readEntry(value)) {
      if (commit.version <= version) continue;
      if (found.length === limit) return found;
      if (commit.version !== version + found.length + 1) return undefined;
      found.push(commit);
    }
  }
  return found;
}
