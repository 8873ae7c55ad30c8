import { StateError } from '../../cim/contracts/state-error.js';
import type { Database, Session } from './database.js';
import { MIGRATIONS } from './migrations.js';
import { quotedName } from './quoted-name.js';

const OLDEST_SERVER = 120_000;

/**
 * Makes the tables where there are none, and brings those of an older format up to ours. Two that come at once do it once: each step
 * is a transaction, and the second one finds it done.
 *
 * @param migrations others than ours: for tests
 * @throws StateError: a newer format, tables of somebody else, a server that does not do, a right that is missing
 */
export async function prepareSchema(database: Database, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  await database.run(async (session) => {
    await checkServer(session);
    const schema = quotedName(database.address.schema);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await migrate(session, schema, database, migrations);
      } catch (error) {
        await session.query('ROLLBACK');
        // Another endpoint was making the same tables: they are there now.
        if (attempt > 5 || !hasCode(error, /^(23505|42P06|42P07|42710|40001|40P01)$/))
          throw translated(error, database);
      }
    }
  });
}

async function checkServer(session: Session): Promise<void> {
  const [[version, encoding] = []] = await session.query(
    "SELECT current_setting('server_version_num'), current_setting('server_encoding')",
  );
  if (Number(version) < OLDEST_SERVER) throw new StateError('the database server is older than PostgreSQL 12');
  if (encoding?.toUpperCase() !== 'UTF8') {
    throw new StateError(
      `the database has the encoding ${encoding}: one with UTF8 is needed (CREATE DATABASE … ENCODING 'UTF8')`,
    );
  }
}

async function migrate(
  session: Session,
  schema: string,
  { address }: Database,
  migrations: readonly string[],
): Promise<void> {
  const format = await formatOf(session, address.schema);
  if (format === migrations.length) return checkRights(session, address.schema, address.user);
  if (format > migrations.length) {
    throw new StateError(
      `the state in ${address.place} has format ${format}, of a newer version of Cimulator: this one knows ${migrations.length}. Use the newer version, or another schema (?schema=NAME)`,
    );
  }
  await session.query('BEGIN');
  if (format === 0) await makeSchema(session, address.schema);
  else {
    const [[locked] = []] = await session.query(`SELECT format FROM ${schema}.state FOR UPDATE`);
    // Somebody was quicker.
    if (Number(locked) !== format) {
      await session.query('COMMIT');
      return migrate(session, schema, { address } as Database, migrations);
    }
  }
  for (const step of migrations.slice(format)) await session.query(step.replaceAll('$.', () => `${schema}.`));
  await session.query(`UPDATE ${schema}.state SET format = ${migrations.length}`);
  await session.query('COMMIT');
}

async function makeSchema(session: Session, name: string): Promise<void> {
  const [[exists] = []] = await session.query({
    text: 'SELECT 1 FROM pg_namespace WHERE nspname = $1',
    values: [name],
  });
  if (exists === undefined) await session.query(`CREATE SCHEMA ${quotedName(name)}`);
}

/** 0: there is nothing yet. @throws StateError when what is there is not ours */
async function formatOf(session: Session, name: string): Promise<number> {
  const tables = await session.query({
    text: 'SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1',
    values: [name],
  });
  if (tables.length === 0) return 0;
  const notOurs = new StateError(
    `the schema "${name}" of the database has tables that are not of Cimulator: name another one in the URL (?schema=NAME)`,
  );
  if (!tables.some(([table]) => table === 'state')) throw notOurs;
  try {
    const [[format] = []] = await session.query(`SELECT format, made_by FROM ${quotedName(name)}.state`);
    if (Number(format) >= 1) return Number(format);
  } catch (error) {
    if (!hasCode(error, /^42703$/)) throw error;
  }
  throw notOurs;
}

async function checkRights(session: Session, schema: string, user: string): Promise<void> {
  const missing = await session.query({
    text: `SELECT r FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS r WHERE EXISTS (
      SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' AND NOT has_table_privilege(c.oid, r))`,
    values: [schema],
  });
  if (missing.length > 0) throw rightsMissing(schema, user);
}

function rightsMissing(schema: string, user: string): StateError {
  const [name, role] = [quotedName(schema), quotedName(user)];
  return new StateError(
    `the database user ${role} may not use the tables of the state: GRANT USAGE ON SCHEMA ${name} TO ${role}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO ${role}`,
  );
}

function translated(error: unknown, { address }: Database): unknown {
  if (!hasCode(error, /^42501$/)) return error;
  const { schema, user, database } = address;
  const [name, role] = [quotedName(schema), quotedName(user)];
  if (/for database/.test((error as Error).message)) {
    return new StateError(
      `the database user ${role} may not make the schema ${name}: GRANT CREATE ON DATABASE ${quotedName(database)} TO ${role}, or CREATE SCHEMA ${name} AUTHORIZATION ${role}`,
    );
  }
  if (/for schema/.test((error as Error).message)) {
    return new StateError(
      `the database user ${role} may not use the schema ${name}: GRANT USAGE, CREATE ON SCHEMA ${name} TO ${role}`,
    );
  }
  return rightsMissing(schema, user);
}

function hasCode(error: unknown, codes: RegExp): boolean {
  return error instanceof Error && 'code' in error && codes.test(String(error.code));
}
