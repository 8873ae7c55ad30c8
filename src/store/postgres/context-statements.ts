import type { ContextRecord, ContextRoom, ContextTerms } from '../../cim/contracts/context-store.js';
import { bytesOfText } from '../../strings/message-memory.js';
import { bytesOfContext } from '../parts/context-bytes.js';
import { literal } from './literal.js';
import { toStorable } from './storable-text.js';

/** The kind of rows that are only a trace of a deletion. */
const DELETED = 'deleted';
const TRACE = "interval '1 minute'";

const NOW = 'clock_timestamp()';
const text = (value: string) => literal(toStorable(value));
const end = (lifetime: number) => `${NOW} + ${literal(lifetime)} * interval '1 millisecond'`;

/**
 * The sums of a kind and owner, and of the kind, less what `gone` removed and more what `come` added: both are tables of kind, owner, records
 * and bytes. Rows of sums are written by whoever holds the lock only.
 */
const addToSums = (schema: string, changes: string) =>
  `INSERT INTO ${schema}.context_sums AS t
    SELECT kind, is_total, CASE WHEN is_total THEN '' ELSE owner END, sum(records), sum(bytes)
    FROM (${changes}) AS c(kind, owner, records, bytes), (VALUES (false), (true)) AS e(is_total) GROUP BY 1, 2, 3
    ON CONFLICT (kind, is_total, owner) DO UPDATE SET records = t.records + excluded.records, bytes = t.bytes + excluded.bytes`;

/**
 * Several statements, one message, and one transaction: the first takes the lock, so that the next ones see what everybody has done who had it
 * before. Contexts need no disk: after a crash of the database a client begins anew.
 */
function locked(schema: string, statements: readonly string[]): string {
  return [
    "SELECT set_config('synchronous_commit', 'off', true)",
    `SELECT id FROM ${schema}.context_lock FOR UPDATE`,
    ...statements,
  ].join(';\n');
}

/** Removes those whose time is over, and owners that have none left. */
export function removeExpired(schema: string): string {
  return `WITH gone AS (DELETE FROM ${schema}.contexts WHERE ends <= ${NOW} RETURNING kind, owner, bytes)
    ${addToSums(schema, `SELECT kind, owner, -1, -bytes FROM gone WHERE kind <> '${DELETED}'`)};
    DELETE FROM ${schema}.context_sums WHERE records <= 0`;
}

export const sweepContexts = (schema: string) => locked(schema, [removeExpired(schema)]);

/** Answers `same` (it is there just so), `taken`, `many` (as many as there may be), `full`, or `added`. */
export function addContext(schema: string, id: string, record: ContextRecord, terms: ContextTerms): string {
  const { lifetime, atMost, room, parts = [] } = terms;
  const { kind, owner, state } = record;
  const bytes = bytesOfContext(state, parts);
  const rows = parts.map((part, index) => `(${index}, ${text(part)})`).join(', ');
  const addParts = `, part AS (INSERT INTO ${schema}.context_parts SELECT ${text(id)}, p.* FROM added, (VALUES ${rows}) AS p(number, content))`;
  return locked(schema, [
    removeExpired(schema),
    `WITH verdict AS (SELECT CASE
        WHEN EXISTS (SELECT 1 FROM ${schema}.contexts
          WHERE id = ${text(id)} AND kind = ${text(kind)} AND owner = ${text(owner)} AND state = ${text(state)}) THEN 'same'
        WHEN EXISTS (SELECT 1 FROM ${schema}.contexts WHERE id = ${text(id)}) THEN 'taken'
        WHEN ${sumOf(schema, 'records', kind, owner)} >= ${literal(atMost)} THEN 'many'
        WHEN ${isFull(schema, kind, text(owner), literal(bytes), room)} THEN 'full'
        ELSE 'added' END AS is),
      added AS (INSERT INTO ${schema}.contexts
        SELECT ${text(id)}, ${text(kind)}, ${text(owner)}, ${text(state)}, ${literal(bytes)}, ${end(lifetime)} FROM verdict WHERE verdict.is = 'added'
        RETURNING kind, owner, bytes)
      ${parts.length > 0 ? addParts : ''},
      summed AS (${addToSums(schema, 'SELECT kind, owner, 1, bytes FROM added')})
      SELECT verdict.is FROM verdict`,
  ]);
}

/** Answers `same` (it has the next state already), `gone`, `full` or `replaced`. */
export function replaceContext(schema: string, { id, before, next, lifetime, room }: ReplaceTerms): string {
  const more = bytesOfText(next) - bytesOfText(before);
  const full = more > 0 ? isFull(schema, undefined, 'f.owner', literal(more), room) : 'false';
  return locked(schema, [
    `WITH found AS (SELECT kind, owner FROM ${schema}.contexts WHERE id = ${text(id)} AND state = ${text(before)} AND ends > ${NOW}),
      verdict AS (SELECT f.*, CASE WHEN ${full} THEN 'full' ELSE 'replaced' END AS is FROM found f),
      changed AS (UPDATE ${schema}.contexts c SET state = ${text(next)}, bytes = c.bytes + (${literal(more)})
        ${lifetime === undefined ? '' : `, ends = ${end(lifetime)}`}
        FROM verdict v WHERE c.id = ${text(id)} AND v.is = 'replaced'),
      summed AS (${addToSums(schema, `SELECT kind, owner, 0, ${literal(more)} FROM verdict WHERE verdict.is = 'replaced'`)})
      SELECT coalesce((SELECT verdict.is FROM verdict),
        (SELECT 'same' FROM ${schema}.contexts WHERE id = ${text(id)} AND state = ${text(next)} AND ends > ${NOW}), 'gone')`,
  ]);
}

export interface ReplaceTerms {
  readonly id: string;
  readonly before: string;
  readonly next: string;
  readonly lifetime: number | undefined;
  readonly room: ContextRoom | undefined;
}

/**
 * Answers how many were deleted. It leaves a trace, so that who asks again with the same token, since the answer was lost, hears the same.
 *
 * @param token of this deletion
 */
export function deleteContext(schema: string, id: string, before: string, token: string): string {
  return locked(schema, [
    `WITH gone AS (DELETE FROM ${schema}.contexts WHERE id = ${text(id)} AND state = ${text(before)} AND ends > ${NOW}
        RETURNING kind, owner, bytes),
      summed AS (${addToSums(schema, 'SELECT kind, owner, -1, -bytes FROM gone')}),
      traced AS (INSERT INTO ${schema}.contexts SELECT ${text(token)}, '${DELETED}', '', '', 0, ${NOW} + ${TRACE} FROM gone)
      SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM ${schema}.contexts WHERE id = ${text(token)} AND kind = '${DELETED}')`,
  ]);
}

export const clearContexts = (schema: string) =>
  locked(schema, [`DELETE FROM ${schema}.contexts`, `DELETE FROM ${schema}.context_sums`]);

/** One whose time is over and that nobody has removed yet does not count. */
export function countContexts(schema: string, kind: string, owner: string | undefined): string {
  const ofOwner = owner === undefined ? '' : `AND owner = ${text(owner)}`;
  return `SELECT ${sumOf(schema, 'records', kind, owner)} - (
    SELECT count(*) FROM ${schema}.contexts WHERE ends <= ${NOW} AND kind = ${text(kind)} ${ofOwner})`;
}

/** @param owner undefined: of all */
function sumOf(schema: string, column: string, kind: string, owner: string | undefined): string {
  return sumWhere(schema, column, text(kind), owner === undefined ? undefined : text(owner));
}

/** @param kind and owner as SQL */
function sumWhere(schema: string, column: string, kind: string, owner: string | undefined): string {
  return `coalesce((SELECT ${column} FROM ${schema}.context_sums
    WHERE kind = ${kind} AND is_total = ${owner === undefined} AND owner = ${owner ?? "''"}), 0)`;
}

/** @param kind undefined: that of the row `f` */
function isFull(
  schema: string,
  kind: string | undefined,
  owner: string,
  more: string,
  room: ContextRoom | undefined,
): string {
  if (room === undefined) return 'false';
  const one = kind === undefined ? 'f.kind' : text(kind);
  return `(${sumWhere(schema, 'bytes', one, owner)} + (${more}) > ${literal(room.ofOwner)}
    OR ${sumWhere(schema, 'bytes', one, undefined)} + (${more}) > ${literal(room.ofAll)})`;
}
