import { readDocument } from '../durable/read-document.js';
import { valueRow } from './append-rows.js';
import type { Database, Session } from './database.js';
import { toStorable } from './storable-text.js';

/** Instances in one step, which others who commit have to wait for. */
const STEP = 500;

/**
 * Makes the index of a property of a class, in steps, if it is not there yet. From the first step on everybody who commits writes into it;
 * `built` says how far the instances of before are in it, so that another process goes on where one has died. Each step holds the row of
 * the state, and changes the number of the register: a commit that was under way knows nothing of the step, and begins anew.
 *
 * @param schema quoted
 */
export async function buildIndex(
  database: Database,
  schema: string,
  {
    namespace,
    className,
    property,
  }: { readonly namespace: string; readonly className: string; readonly property: string },
): Promise<void> {
  const names = [namespace, className, property].map(toStorable);
  const step = async (session: Session): Promise<boolean> => {
    await session.query(`BEGIN; SELECT version FROM ${schema}.state FOR UPDATE`);
    const { id, built, isReady } = await registered(session, schema, names);
    if (!isReady) await addStep(session, schema, { id, built, names, property });
    await session.query('COMMIT');
    return isReady;
  };
  // What fails in the middle of a transaction takes its connection with it.
  while (!(await database.run(step)));
}

interface Registered {
  readonly id: number;
  readonly built: number;
  readonly isReady: boolean;
}

async function registered(session: Session, schema: string, names: readonly string[]): Promise<Registered> {
  const [[id, built, ready] = []] = await session.query({
    text: `SELECT id, built, ready FROM ${schema}.property_indices WHERE namespace = $1 AND class = $2 AND property = $3`,
    values: names,
  });
  if (id !== undefined) return { id: Number(id), built: Number(built), isReady: ready === 't' };
  const [[made] = []] = await session.query({
    text: `INSERT INTO ${schema}.property_indices SELECT coalesce(max(id), 0) + 1, $1, $2, $3, 0, false FROM ${schema}.property_indices RETURNING id`,
    values: names,
  });
  return { id: Number(made), built: 0, isReady: false };
}

async function addStep(
  session: Session,
  schema: string,
  { id, built, names, property }: { id: number; built: number; names: readonly string[]; property: string },
): Promise<void> {
  const rows = await session.query({
    text: `SELECT i.sequence, i.document FROM ${schema}.state s, ${schema}.instances i WHERE i.namespace = $1 AND i.class = $2
      AND i.sequence > $3::bigint AND i.sequence > s.cleared ORDER BY i.sequence LIMIT ${STEP}`,
    values: [names[0], names[1], built],
  });
  const values = rows.flatMap(([sequence, document]) => {
    const row = valueRow(id, property, { sequence: Number(sequence), instance: readDocument(document ?? '') });
    return row ? [row] : [];
  });
  await session.query({
    text: `INSERT INTO ${schema}.property_values SELECT * FROM unnest($1::integer[], $2::bytea[], $3::bigint[]) ON CONFLICT DO NOTHING`,
    values: [0, 1, 2].map((column) => values.map((row) => row[column])),
  });
  const last = rows.at(-1)?.[0] ?? built;
  await session.query({
    text: `UPDATE ${schema}.property_indices SET built = $2::bigint, ready = $3::boolean WHERE id = $1::integer`,
    values: [id, last, rows.length < STEP],
  });
  await session.query(`UPDATE ${schema}.state SET register = register + 1`);
}
