import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Present, StoredChange, StoredCommit } from '../durable/backend.js';
import { readDocument } from '../durable/read-document.js';
import type { DocumentOf } from './remember-documents.js';
import { readLogExtent, writeLogExtent } from './store-facts.js';
import { numberKey } from './table-keys.js';
import type { Tables } from './tables.js';

/** At least so many of the last commits are kept, unless they are too large together. */
const MOST_COMMITS = 1024;
const MOST_BYTES = 16 * 2 ** 20;

/** The first line of a commit in the log; the documents follow, one in a line. */
interface LogHead {
  readonly id: string;
  readonly origin: StoredCommit['origin'];
  readonly isCleared: boolean;
  readonly present: Present;
  /** Sequence, former sequence or 0, and which documents there are: 1 before, 2 after, 3 both. */
  readonly changes: readonly (readonly [sequence: number, former: number, documents: number])[];
}

/** A commit as it is kept. */
export interface LoggedCommit {
  readonly version: number;
  /** Text in UTF-8. */
  readonly bytes: Buffer;
  readonly isCleared: boolean;
}

/** Bytes of commits in the log, by version, as far as they are known. */
export type LogSizes = Pick<ReadonlyMap<number, number>, 'get'>;

const NEW_LINE = Buffer.from('\n');
const NOTHING = Buffer.alloc(0);

export function writeLogged(
  { id, origin, isCleared, present, version, changes }: StoredCommit,
  documentOf: DocumentOf,
): LoggedCommit {
  // Of one that cleared everything, nobody is told what it put: they read anew.
  if (isCleared) return { version, bytes: NOTHING, isCleared };
  const head: LogHead = {
    id,
    origin: origin && { id: origin.id, user: origin.user },
    isCleared,
    present,
    changes: changes.map(({ sequence, formerSequence = 0, before, after }) => [
      sequence,
      formerSequence,
      (before ? 1 : 0) + (after ? 2 : 0),
    ]),
  };
  const lines: Uint8Array[] = [Buffer.from(JSON.stringify(head), 'utf8')];
  for (const { before, after } of changes) {
    if (before) lines.push(NEW_LINE, documentOf(before));
    if (after) lines.push(NEW_LINE, documentOf(after));
  }
  return { version, bytes: Buffer.concat(lines), isCleared };
}

/** A commit from the log. What it changed is read when somebody asks: whoever made it knows. */
class ReadCommit implements StoredCommit {
  readonly version: number;
  readonly id: string;
  readonly origin: StoredCommit['origin'];
  readonly isCleared: boolean;
  readonly present: Present;
  readonly #heads: LogHead['changes'];
  readonly #documents: string;
  #changes: readonly StoredChange[] | undefined;

  constructor(version: number, text: string) {
    const end = text.indexOf('\n');
    const head = JSON.parse(end < 0 ? text : text.slice(0, end)) as LogHead;
    this.version = version;
    this.id = head.id;
    this.origin = head.origin && { id: head.origin.id, user: head.origin.user };
    this.isCleared = head.isCleared;
    this.present = head.present;
    this.#heads = head.changes;
    this.#documents = end < 0 ? '' : text.slice(end + 1);
  }

  get changes(): readonly StoredChange[] {
    this.#changes ??= readChanges(this.#heads, this.#documents.split('\n'));
    return this.#changes;
  }
}

function readChanges(heads: LogHead['changes'], documents: readonly string[]): readonly StoredChange[] {
  let next = 0;
  const read = (isThere: boolean) => (isThere ? readDocument(documents[next++] ?? '') : undefined);
  return heads.map(([sequence, former, there]) => {
    const before = read((there & 1) !== 0);
    const after = read((there & 2) !== 0);
    return changeOf(sequence, former, before, after);
  });
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
 * Within a transaction: adds commits, and drops the oldest beyond what is kept.
 *
 * @param sizes others are looked up
 */
export function appendLog(tables: Tables, commits: readonly LoggedCommit[], sizes?: LogSizes): void {
  const { log } = tables;
  let { first, size } = readLogExtent(tables);
  for (const { version, bytes, isCleared } of commits) {
    if (isCleared || bytes.length > MOST_BYTES) {
      log.clearAsync();
      first = version + 1;
      size = 0;
      continue;
    }
    log.put(numberKey(version), bytes);
    size += bytes.length;
    while (version - first >= MOST_COMMITS || size > MOST_BYTES) {
      const key = numberKey(first);
      // Its length alone: the text is long, and nobody wants it. It was once counted in characters, which are fewer.
      size = Math.max(0, size - (sizes?.get(first) ?? log.getBinary(key)?.length ?? 0));
      log.remove(key);
      first += 1;
    }
  }
  writeLogExtent(tables, { first, size });
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
  for (let next = version + 1; found.length < limit; next += 1) {
    const text = tables.log.get(numberKey(next));
    if (text === undefined) break;
    found.push(new ReadCommit(next, text));
  }
  return found;
}
