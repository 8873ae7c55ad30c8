import { readDocument } from '../durable/read-document.js';
import { valueRow } from './append-rows.js';
import type { Database, Row, Session } from './database.js';
import { toStorable } from './storable-text.js';

/** Instances in one step, which others who commit have to wait for. */
const STEP = 500;

/** A property of a class, folded. */
export interface IndexTerms {
  readonly namespace: string;
  readonly className: string;
  readonly property: string;
}

interface Registered {
  readonly id: number;
  readonly built: number;
  readonly terms: IndexTerms;
}

/**
 * Makes the indices of properties of classes, in steps, where they are not there yet. From the first step on everybody who commits writes into
 * them; `built` says how far the instances of before are in one, so that another process goes on where one has died. Each step holds the
 * row of the state, and changes the number of the register: a commit that was under way knows nothing of the step, and begins anew.
 *
 * @param schema quoted
 */
export async function buildIndices(database: Database, schema: string, wanted: readonly IndexTerms[]): Promise<void> {
  const step = async (session: Session): Promise<boolean> => {
    await session.query(`BEGIN; SELECT version FROM ${schema}.state FOR UPDATE`);
    const unready = await registered(session, schema, wanted);
    if (unready.length > 0) await addStep(session, schema, unready);
    await session.query('COMMIT');
    return unready.length === 0;
  };
  // What fails in the middle of a transaction takes its connection with it.
  while (!(await database.run(step)));
}

/** Those that are not whole; those that are new are registered. */
async function registered(
  session: Session,
  schema: string,
  wanted: readonly IndexTerms[],
): Promise<readonly Registered[]> {
  const names = [
    wanted.map(({ namespace }) => toStorable(namespace)),
    wanted.map(({ className }) => toStorable(className)),
    wanted.map(({ property }) => toStorable(property)),
  ];
  const asked = 'unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w(namespace, class, property, n)';
  await session.query({
    text: `INSERT INTO ${schema}.property_indices
      SELECT (SELECT coalesce(max(id), 0) FROM ${schema}.property_indices) + w.n, w.namespace, w.class, w.property, 0, false FROM ${asked}
      ON CONFLICT (namespace, class, property) DO NOTHING`,
    values: names,
  });
  const rows = await session.query({
    text: `SELECT w.n, x.id, x.built FROM ${asked} JOIN ${schema}.property_indices x
      ON x.namespace = w.namespace AND x.class = w.class AND x.property = w.property WHERE NOT x.ready ORDER BY w.n`,
    values: names,
  });
  return rows.flatMap(([n, id, built]) => {
    const terms = wanted[Number(n) - 1];
    return terms ? [{ id: Number(id), built: Number(built), terms }] : [];
  });
}

/** Of the first of them, as many instances as one step takes. */
async function addStep(session: Session, schema: string, unready: readonly Registered[]): Promise<void> {
  const rows = await session.query({
    text: `SELECT w.n, i.sequence, i.document FROM ${schema}.state s,
      unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS w(namespace, class, built, n), LATERAL (
      SELECT * FROM ${schema}.instances i WHERE i.namespace = w.namespace AND i.class = w.class
      AND i.sequence > w.built AND i.sequence > s.cleared ORDER BY i.sequence LIMIT ${STEP}) i ORDER BY w.n, i.sequence LIMIT ${STEP}`,
    values: [
      unready.map(({ terms }) => toStorable(terms.namespace)),
      unready.map(({ terms }) => toStorable(terms.className)),
      unready.map(({ built }) => built),
    ],
  });
  const values = rows.flatMap(([n, sequence, document]) => {
    const index = unready[Number(n) - 1];
    const side = { sequence: Number(sequence), instance: readDocument(document ?? '') };
    const row = index && valueRow(index.id, index.terms.property, side);
    return row ? [row] : [];
  });
  await session.query({
    text: `INSERT INTO ${schema}.property_values SELECT * FROM unnest($1::integer[], $2::bytea[], $3::bigint[]) ON CONFLICT DO NOTHING`,
    values: [0, 1, 2].map((column) => values.map((row) => row[column])),
  });
  const reached = reachedBy(unready, rows);
  await session.query({
    text: `UPDATE ${schema}.property_indices x SET built = w.built, ready = w.ready
      FROM unnest($1::integer[], $2::bigint[], $3::boolean[]) AS w(id, built, ready) WHERE x.id = w.id`,
    values: [reached.map(({ id }) => id), reached.map(({ built }) => built), reached.map(({ isReady }) => isReady)],
  });
  await session.query(`UPDATE ${schema}.state SET register = register + 1`);
}

/** When a step was full, the one that it ended in may have more, and those behind it were not looked at. */
function reachedBy(unready: readonly Registered[], rows: readonly Row[]) {
  const isFull = rows.length === STEP;
  const end = isFull ? Number(rows.at(-1)?.[0]) : unready.length + 1;
  return unready.slice(0, end).map(({ id, built }, index) => {
    const last = rows.findLast(([n]) => Number(n) === index + 1)?.[1];
    return { id, built: Number(last ?? built), isReady: index + 1 < end };
  });
}
