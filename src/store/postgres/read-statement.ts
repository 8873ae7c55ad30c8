import type { Read } from '../durable/backend.js';
import type { Statement } from './database.js';
import { hashOf } from './hash-of.js';
import { propertyKeyHash } from './property-key-hash.js';
import { toStorable } from './storable-text.js';

/** Columns of parameters: one list each, a row in each list for each thing that is asked. */
type Columns = readonly (readonly unknown[])[];

/** Everything of one kind is one part of the statement. */
interface Part {
  readonly types: readonly string[];
  /** @param asked what stands for the rows that are asked, `r` with a column `n` and those of the part */
  readonly sql: (asked: string, schema: string) => string;
}

type PartName = Exclude<Read['kind'], 'referencing'> | 'referencing' | 'referencingOf';

const ROW = 'r.n, i.sequence, i.version, i.document, NULL::bigint';
/** Other ends of associations that are read along. */
const MOST_ENDS = 8;
const ALIVE = 'sequence > p.cleared';

/** LATERAL and its order keep each look-up one by an index, whatever the database believes of the size of its tables. */
const PARTS: Readonly<Record<PartName, Part>> = {
  get: {
    types: ['bytea'],
    sql: (asked, schema) => `SELECT ${ROW} FROM present p, ${asked} AS r(n, path), LATERAL (
      SELECT * FROM ${schema}.instances i WHERE i.path = r.path AND i.${ALIVE} ORDER BY i.sequence LIMIT 1) i`,
  },
  keys: {
    types: ['text', 'bytea'],
    sql: (asked, schema) => `SELECT ${ROW} FROM present p, ${asked} AS r(n, namespace, keys), LATERAL (
      SELECT * FROM ${schema}.instances i WHERE i.keys = r.keys AND i.namespace = r.namespace AND i.${ALIVE} ORDER BY i.sequence OFFSET 0) i`,
  },
  count: {
    types: ['text', 'text'],
    sql: (asked, schema) => `SELECT r.n, NULL, NULL, NULL, c.instances FROM ${asked} AS r(n, namespace, class)
      JOIN ${schema}.class_counts c ON c.namespace = r.namespace AND c.class = r.class`,
  },
  page: {
    types: ['text', 'text', 'bigint', 'bigint', 'bigint'],
    sql: (asked, schema) => `SELECT r.n, i.sequence, i.version, CASE WHEN r.most > 0 THEN i.document END, NULL::bigint
      FROM present p, ${asked} AS r(n, namespace, class, after, last, most), LATERAL (
      SELECT * FROM ${schema}.instances i WHERE i.namespace = r.namespace AND i.class = r.class
      AND i.sequence > r.after AND i.${ALIVE} AND i.sequence <= r.last ORDER BY i.sequence LIMIT r.most + 1) i`,
  },
  referencing: {
    types: ['bytea', 'text'],
    sql: (asked, schema) => `SELECT ${ROW} FROM present p, ${asked} AS r(n, target, role), LATERAL (
      SELECT DISTINCT f.sequence FROM ${schema}.instance_references f WHERE f.target = r.target
      AND (r.role IS NULL OR f.role = r.role) AND f.${ALIVE} OFFSET 0) f
      JOIN ${schema}.instances i ON i.sequence = f.sequence`,
  },
  referencingOf: {
    types: ['bytea', 'text', 'text'],
    sql: (asked, schema) => `SELECT ${ROW} FROM present p, ${asked} AS r(n, target, role, class), LATERAL (
      SELECT DISTINCT f.sequence FROM ${schema}.instance_references f WHERE f.target = r.target AND f.class = r.class
      AND (r.role IS NULL OR f.role = r.role) AND f.${ALIVE} OFFSET 0) f
      JOIN ${schema}.instances i ON i.sequence = f.sequence
      UNION ALL SELECT r.n, i.sequence, i.version, i.document, 1::bigint FROM present p, ${asked} AS r(n, target, role, class), LATERAL (
      SELECT DISTINCT o.target FROM ${schema}.instance_references f JOIN ${schema}.instance_references o ON o.sequence = f.sequence
      WHERE f.target = r.target AND f.class = r.class AND (r.role IS NULL OR f.role = r.role) AND f.${ALIVE}
      AND o.target <> r.target LIMIT ${MOST_ENDS}) o, LATERAL (
      SELECT * FROM ${schema}.instances i WHERE i.path = o.target AND i.${ALIVE} ORDER BY i.sequence LIMIT 1) i`,
  },
  // First whether there is an index (1: yes, 2: with values without a key), then what is in it.
  equal: {
    types: ['text', 'text', 'text', 'bytea'],
    sql: (asked, schema) => `SELECT r.n, NULL, NULL, NULL, CASE WHEN EXISTS (SELECT 1 FROM ${schema}.property_values v
        WHERE v.index_id = x.id AND v.key = ''::bytea AND v.${ALIVE}) THEN 2 ELSE 1 END
      FROM present p, ${asked} AS r(n, namespace, class, property, key)
      JOIN ${schema}.property_indices x ON x.namespace = r.namespace AND x.class = r.class AND x.property = r.property AND x.ready
      UNION ALL SELECT ${ROW} FROM present p, ${asked} AS r(n, namespace, class, property, key)
      JOIN ${schema}.property_indices x ON x.namespace = r.namespace AND x.class = r.class AND x.property = r.property AND x.ready,
      LATERAL (SELECT v.sequence FROM ${schema}.property_values v WHERE v.index_id = x.id AND v.key = r.key AND v.${ALIVE} OFFSET 0) v
      JOIN ${schema}.instances i ON i.sequence = v.sequence`,
  },
  isEmpty: {
    types: ['bigint'],
    sql: (asked, schema) => `SELECT r.n, NULL, NULL, NULL, 1 FROM present p, ${asked} AS r(n, but)
      WHERE EXISTS (SELECT 1 FROM ${schema}.instances i WHERE i.${ALIVE} OFFSET r.but)`,
  },
};
const NAMES = Object.keys(PARTS) as readonly PartName[];

/**
 * One statement that answers whatever is asked, of one moment: rows of number of the read, sequence, version, document and a number, which is 1 for
 * an instance at the other end of an association that was asked for. The first row has -1, the sequence, the version, nothing and what was cleared.
 *
 * @param schema quoted
 */
export function readStatement(schema: string, reads: readonly Read[]): Statement {
  const asked = new Map<PartName, unknown[][]>();
  const add = (name: PartName, ...row: readonly unknown[]) => {
    const columns = asked.get(name) ?? row.map((): unknown[] => []);
    asked.set(name, columns);
    for (const [index, value] of row.entries()) columns[index]?.push(value);
  };
  for (const [n, read] of reads.entries()) addRead(add, n, read);
  const names = NAMES.filter((name) => asked.has(name));
  return {
    // Short: PostgreSQL takes 63 bytes.
    name: `read ${names.map((name) => NAMES.indexOf(name)).join('')}`,
    text: textOf(schema, names),
    values: names.flatMap((name): Columns => asked.get(name) ?? []),
  };
}

function addRead(add: (name: PartName, ...row: readonly unknown[]) => void, n: number, read: Read): void {
  switch (read.kind) {
    case 'get':
      add('get', n, hashOf(read.path));
      break;
    case 'keys':
      add('keys', n, toStorable(read.namespace), hashOf(read.keys));
      break;
    case 'count':
      add('count', n, toStorable(read.namespace), toStorable(read.className));
      break;
    case 'page':
      add('page', n, toStorable(read.namespace), toStorable(read.className), read.after, read.last, read.limit);
      break;
    case 'referencing': {
      const role = read.role === undefined ? null : toStorable(read.role);
      if (!read.classNames) add('referencing', n, hashOf(read.target), role);
      for (const name of new Set(read.classNames)) add('referencingOf', n, hashOf(read.target), role, toStorable(name));
      break;
    }
    case 'equal': {
      const { namespace, className, property, key } = read;
      add('equal', n, toStorable(namespace), toStorable(className), toStorable(property), propertyKeyHash(key));
      break;
    }
    case 'isEmpty':
      add('isEmpty', n, read.but ?? 0);
  }
}

/** Of a schema and a set of parts always the same text. */
const texts = new Map<string, string>();

function textOf(schema: string, names: readonly PartName[]): string {
  const key = `${schema} ${names.join(' ')}`;
  let text = texts.get(key);
  if (text === undefined) {
    let parameter = 0;
    text = `WITH present AS MATERIALIZED (SELECT version, sequence, cleared FROM ${schema}.state)
      SELECT -1::integer, sequence, version, NULL::text, cleared FROM present`;
    for (const name of names) {
      const { types, sql } = PARTS[name];
      const columns = ['integer', ...types].map((type) => `$${++parameter}::${type}[]`);
      text += ` UNION ALL ${sql(`unnest(${columns.join(', ')})`, schema)}`;
    }
    texts.set(key, text);
  }
  return text;
}
