import type { CommitsAfter, StoredChange, StoredCommit } from '../durable/backend.js';
import { readDocument } from '../durable/read-document.js';
import { writeDocument } from '../durable/write-document.js';
import type { Row } from './database.js';

/** Rows of the log: version, id, origin, sequence, cleared, bytes of these rows up to its end, changes. */
export function loggedCommits(commits: readonly StoredCommit[]): {
  readonly rows: readonly unknown[][];
  readonly bytes: number;
} {
  // None is kept from before one that cleared everything, nor that one.
  const forgotten = commits.findLastIndex(({ isCleared }) => isCleared);
  let bytes = 0;
  const rows = commits.map(({ version, id, origin, changes, present }, index) => {
    const text = index <= forgotten ? null : changes.map(writeChange).join('\n');
    bytes += text?.length ?? 0;
    return [version, id, origin ? JSON.stringify(origin) : null, present.sequence, present.cleared, bytes, text];
  });
  return { rows, bytes };
}

/** Three lines; a document is JSON, and has no line end. */
function writeChange({ sequence, formerSequence, before, after }: StoredChange): string {
  const documents = [before, after].map((instance) => (instance ? writeDocument(instance) : ''));
  return [`${sequence} ${formerSequence ?? ''}`, ...documents].join('\n');
}

/**
 * Commits after a version; its first row is there whether or not there are any, and has the identifier of the commit of that version, the
 * number of the register and the token of a claim, too. Parameters: version, how many.
 */
export function commitsAfterText(schema: string): string {
  return `SELECT s.version, s.sequence, s.cleared, c.version, c.id, c.origin, c.sequence, c.cleared, c.changes,
    (SELECT id FROM ${schema}.commits WHERE version = $1::bigint), s.register, s.claim
    FROM ${schema}.state s LEFT JOIN LATERAL (
      SELECT * FROM ${schema}.commits c WHERE c.version > $1::bigint ORDER BY c.version LIMIT $2::bigint) c ON true`;
}

/** The commit of the version that was asked after, as its rows say; undefined: it is in the log no more. */
export function commitOfVersion(
  version: number,
  rows: readonly Row[],
): Pick<StoredCommit, 'version' | 'id'> | undefined {
  const id = rows[0]?.[9];
  return id === null || id === undefined ? undefined : { version, id };
}

/** The identifier of the commit that followed on a version, if one did. */
export function idAfter(version: number, rows: readonly Row[]): string | undefined {
  return rows.find(([, , , one]) => Number(one) === version + 1)?.[4] ?? undefined;
}

/** @param known the identifier of the commit of that version, if it is known */
export function readCommitsAfter(after: number, known: string | undefined, rows: readonly Row[]): CommitsAfter {
  const [version, sequence, cleared] = (rows[0] ?? []).map(Number);
  const present = { version: version ?? 0, sequence: sequence ?? 0, cleared: cleared ?? 0 };
  const found = rows.filter(([, , , first]) => first !== null).sort((a, b) => Number(a[3]) - Number(b[3]));
  const isWhole = found.every(
    ([, , , one, , , , , changes], index) => Number(one) === after + 1 + index && changes !== null,
  );
  // Nobody knows what came after a version that is still to come, either: it is of a state that was put back.
  const isOther = known !== undefined && (rows[0]?.[9] ?? known) !== known;
  if (isOther) return { kind: 'forgotten', present, wasPutBack: true };
  if (!isWhole || (found.length === 0 && present.version !== after)) return { kind: 'forgotten', present };
  return { kind: 'commits', commits: found.map(commitOf), present };
}

function commitOf([, , , version, id, origin, sequence, cleared, changes]: Row): StoredCommit {
  return {
    version: Number(version),
    id: id ?? '',
    origin: origin ? (JSON.parse(origin) as StoredCommit['origin']) : undefined,
    isCleared: false,
    changes: readChanges(changes ?? ''),
    present: { version: Number(version), sequence: Number(sequence), cleared: Number(cleared) },
  };
}

function readChanges(text: string): readonly StoredChange[] {
  const lines = text === '' ? [] : text.split('\n');
  return Array.from({ length: lines.length / 3 }, (_, index) => {
    const [numbers = '', ...documents] = lines.slice(index * 3, index * 3 + 3);
    const [sequence = '', former = ''] = numbers.split(' ');
    const [before, after] = documents.map((document) => (document === '' ? undefined : readDocument(document)));
    const path = (after ?? before)?.path;
    if (!path) throw new TypeError('a logged change of no instance');
    return {
      path,
      sequence: Number(sequence),
      ...(former !== '' && { formerSequence: Number(former) }),
      before,
      after,
    };
  });
}
