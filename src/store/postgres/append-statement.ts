import type { StoredCommit } from '../durable/backend.js';
import type { AppendRows } from './append-rows.js';
import type { Statement } from './database.js';
import { loggedCommits } from './logged-commits.js';

/** Who appends, and what it takes the state to be. */
export interface AppendTerms {
  readonly expected: number;
  /** Number of the register of properties by which the rows were made. */
  readonly register: number;
  /** The token of a claim. */
  readonly claim: string | undefined;
  /** Who is told, and by whom; undefined where nobody can be. */
  readonly notify: { readonly channel: string; readonly from: string } | undefined;
}

/** What depends on the row of `moved`, and so is done when the state was as expected, and not at all when not. */
interface Part {
  readonly name: string;
  readonly types: readonly string[];
  /** @param rows what stands for the rows */
  readonly sql: (rows: string, schema: string) => string;
  readonly rows: (rows: AppendRows) => readonly (readonly unknown[])[];
}

const insertInto =
  (table: string, columns: string, more = '') =>
  (rows: string, schema: string) =>
    `INSERT INTO ${schema}.${table} SELECT w.* FROM moved, ${rows} AS w(${columns}) ${more}`;

const PARTS: readonly Part[] = [
  {
    name: 'removed',
    types: ['bigint'],
    sql: (rows, schema) =>
      `DELETE FROM ${schema}.instances i USING moved, ${rows} AS w(sequence) WHERE i.sequence = w.sequence`,
    rows: ({ removed }) => removed,
  },
  {
    name: 'changed',
    types: ['bigint', 'bigint', 'text'],
    sql: (rows, schema) => `UPDATE ${schema}.instances i SET version = w.version, document = w.document
      FROM moved, ${rows} AS w(sequence, version, document) WHERE i.sequence = w.sequence`,
    rows: ({ changed }) => changed,
  },
  {
    name: 'created',
    types: ['bigint', 'bigint', 'text', 'text', 'bytea', 'bytea', 'text'],
    sql: insertInto('instances', 'sequence, version, namespace, class, path, keys, document'),
    rows: ({ created }) => created,
  },
  {
    name: 'less_references',
    types: ['bytea', 'text', 'text', 'bigint'],
    sql: (
      rows,
      schema,
    ) => `DELETE FROM ${schema}.instance_references f USING moved, ${rows} AS w(target, class, role, sequence)
      WHERE f.target = w.target AND f.class = w.class AND f.role = w.role AND f.sequence = w.sequence`,
    rows: ({ lessReferences }) => lessReferences,
  },
  {
    name: 'more_references',
    types: ['bytea', 'text', 'text', 'bigint'],
    sql: insertInto('instance_references', 'target, class, role, sequence'),
    rows: ({ moreReferences }) => moreReferences,
  },
  {
    name: 'less_values',
    types: ['integer', 'bytea', 'bigint'],
    sql: (rows, schema) => `DELETE FROM ${schema}.property_values v USING moved, ${rows} AS w(index_id, key, sequence)
      WHERE v.index_id = w.index_id AND v.key = w.key AND v.sequence = w.sequence`,
    rows: ({ lessValues }) => lessValues,
  },
  {
    name: 'more_values',
    types: ['integer', 'bytea', 'bigint'],
    sql: insertInto('property_values', 'index_id, key, sequence', 'ON CONFLICT DO NOTHING'),
    rows: ({ moreValues }) => moreValues,
  },
  {
    name: 'counts',
    types: ['text', 'text', 'bigint'],
    sql: (rows, schema) => `${insertInto('class_counts', 'namespace, class, instances')(rows, schema)}
      ON CONFLICT (namespace, class) DO UPDATE SET instances = class_counts.instances + excluded.instances`,
    rows: ({ counts }) => counts,
  },
];

/** Text by schema and which parts it has. */
const texts = new Map<string, string>();

/**
 * One statement that appends commits, if the state is at the version that is expected: a compare-and-set, whose first part holds the row of the
 * state, so that those who append take turns, and all else depends on it. Its answer is one row when it was done, none when not.
 *
 * @param schema quoted
 */
export function appendStatement(
  schema: string,
  commits: readonly StoredCommit[],
  rows: AppendRows,
  { expected, register, claim, notify }: AppendTerms,
): Statement {
  const last = commits.at(-1);
  if (!last) throw new TypeError('nothing to append');
  const { version, sequence, cleared } = last.present;
  const logged = loggedCommits(commits);
  const parts = PARTS.map((part) => ({ ...part, values: part.rows(rows) })).filter(({ values }) => values.length > 0);
  const names = `${parts.map((part) => PARTS.findIndex(({ name }) => name === part.name)).join('')}${notify ? 'n' : ''}`;
  const state = [expected, register, claim ?? '', version, sequence, cleared, logged.bytes];
  return {
    name: `append ${names}`,
    text: textOf(schema, names, parts, notify !== undefined),
    values: [
      ...state,
      ...columnsOf(logged.rows, 7),
      ...parts.flatMap(({ values, types }) => columnsOf(values, types.length)),
      ...(notify ? [notify.channel, notify.from] : []),
    ],
  };
}

function columnsOf(rows: readonly (readonly unknown[])[], width: number): readonly unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}

function textOf(schema: string, names: string, parts: readonly Part[], tells: boolean): string {
  const key = `${schema} ${names}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  let parameter = 7;
  const unnest = (types: readonly string[]) =>
    `unnest(${types.map((type) => `$${++parameter}::${type}[]`).join(', ')})`;
  const log = unnest(['bigint', 'text', 'text', 'bigint', 'bigint', 'bigint', 'text']);
  let text = `WITH moved AS (
      UPDATE ${schema}.state SET version = $4::bigint, sequence = $5::bigint, cleared = $6::bigint, log_bytes = log_bytes + $7::bigint
      WHERE version = $1::bigint AND register = $2::bigint AND (claim IS NULL OR claim = $3::text)
      RETURNING log_bytes - $7::bigint AS log_bytes),
    logged AS (INSERT INTO ${schema}.commits SELECT w.version, w.id, w.origin, w.sequence, w.cleared, moved.log_bytes + w.bytes, w.changes
      FROM moved, ${log} AS w(version, id, origin, sequence, cleared, bytes, changes))`;
  for (const { name, types, sql } of parts) text += `, ${name} AS (${sql(unnest(types), schema)})`;
  text += ` SELECT 1${tells ? `, pg_notify($${parameter + 1}::text, $${parameter + 2}::text)` : ''} FROM moved`;
  texts.set(key, text);
  return text;
}
