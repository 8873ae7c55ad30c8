import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../../src/store/postgres/database.js';
import { openDatabase } from '../../../src/store/postgres/database.js';
import { databaseAddress } from '../../../src/store/postgres/database-address.js';
import { MIGRATIONS } from '../../../src/store/postgres/migrations.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { prepareSchema } from '../../../src/store/postgres/prepare-schema.js';
import { quotedName } from '../../../src/store/postgres/quoted-name.js';
import { sharedPostgres } from './shared-postgres.js';
import { password } from './start-postgres.js';
import { startWireProxy } from './wire-proxy.js';

const postgres = await sharedPostgres();
const given = () => {
  if (!postgres) throw new Error('no server');
  return postgres;
};

/** As the superuser, without making the tables. */
async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(databaseAddress(url));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** What is said when it is opened. */
async function refusal(url: string, bound = 300): Promise<string> {
  try {
    const database = await openPostgresDatabase(url, { bound });
    await database.close();
  } catch (error) {
    expect(error).toMatchObject({ name: 'StateError', expected: true });
    const { message } = error as Error;
    expect(message).not.toMatch(/\n/);
    for (const secret of [password, encodeURIComponent(password)]) expect(message).not.toContain(secret);
    return message;
  }
  throw new Error('it was opened');
}

async function make(url: string): Promise<void> {
  await (await openPostgresDatabase(url)).close();
}

/** A user who may do nothing but sign in. */
async function asNewUser(url: string): Promise<string> {
  const name = `user${Math.random().toString(36).slice(2, 8)}`;
  await withDatabase(url, (database) => database.query(`CREATE ROLE ${name} LOGIN PASSWORD 'pw'`));
  return url.replace(/\/\/[^@]*@/, `//${name}:pw@`);
}

describe.skipIf(!postgres)('a database that is opened', () => {
  it('has its tables made once, by several who come at once', async () => {
    const url = given().url();
    const opened = await Promise.all(Array.from({ length: 5 }, () => openPostgresDatabase(url)));
    const { schema } = databaseAddress(url);
    const rows = await opened[0]?.query(`SELECT format FROM ${quotedName(schema)}.state`);
    expect(rows).toEqual([[`${MIGRATIONS.length}`]]);
    await Promise.all(opened.map((database) => database.close()));
  });

  it('is brought to a newer format once, and keeps what it has', async () => {
    const url = given().url();
    await make(url);
    const { schema } = databaseAddress(url);
    const next = [...MIGRATIONS, 'ALTER TABLE $.notes ADD COLUMN more text'];
    await withDatabase(url, async (database) => {
      await database.query(`INSERT INTO ${quotedName(schema)}.notes VALUES ('lab', 'mine')`);
      await Promise.all([prepareSchema(database, next), prepareSchema(database, next)]);
      expect(await database.query(`SELECT format FROM ${quotedName(schema)}.state`)).toEqual([[`${next.length}`]]);
      expect(await database.query(`SELECT content, more FROM ${quotedName(schema)}.notes`)).toEqual([['mine', null]]);
    });
    expect(await refusal(url)).toMatch(/has format 2, of a newer version of Cimulator: this one knows 1\./);
  });

  it('may have a schema with a name of any characters', async () => {
    await make(given().url({ schema: `"odd" $name\\ ${Math.random()}` }));
  });

  it('is not ours when its schema has tables of somebody else', async () => {
    const url = given().url();
    const name = quotedName(databaseAddress(url).schema);
    await withDatabase(url, (database) =>
      database.query(`CREATE SCHEMA ${name}; CREATE TABLE ${name}.state (id integer)`),
    );
    expect(await refusal(url)).toMatch(/has tables that are not of Cimulator: name another one in the URL/);
  });

  it('has a user who may make no schema', async () => {
    const url = await asNewUser(given().url());
    expect(await refusal(url)).toMatch(/may not make the schema .*: GRANT CREATE ON DATABASE "postgres" TO "user/);
  });

  it('has a user who may not use the tables', async () => {
    const owner = given().url();
    await make(owner);
    const url = await asNewUser(owner);
    expect(await refusal(url)).toMatch(/GRANT USAGE/);
    const { schema } = databaseAddress(url);
    const { user } = databaseAddress(url);
    await withDatabase(owner, (database) => database.query(`GRANT USAGE ON SCHEMA ${quotedName(schema)} TO ${user}`));
    expect(await refusal(url)).toMatch(/GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA/);
  });

  it('has no encoding that lacks characters', async () => {
    const url = given().url();
    const name = `ascii${Math.random().toString(36).slice(2, 8)}`;
    await withDatabase(url, (database) =>
      database.query(`CREATE DATABASE ${name} ENCODING 'SQL_ASCII' TEMPLATE template0`),
    );
    const message = await refusal(url.replace('/postgres?', `/${name}?`));
    expect(message).toMatch(/has the encoding SQL_ASCII: one with UTF8 is needed \(CREATE DATABASE/);
  });

  it('has no server from before version 12', async () => {
    const [[version = ''] = []] = await withDatabase(given().url(), (database) =>
      database.query('SHOW server_version_num'),
    );
    const proxy = await startWireProxy(given().port);
    onTestFinished(() => proxy.close());
    proxy.rewrite(version ?? '', '110022');
    expect(await refusal(given().url({}, proxy.port))).toBe('the database server is older than PostgreSQL 12');
  });

  it.each<[string, (url: string) => string, RegExp]>([
    ['a wrong password', (url) => url.replace(/:[^:@/]*@/, ':wrong-secret@'), /password authentication failed/],
    ['no database of the name', (url) => url.replace('/postgres?', '/nobody?'), /database "nobody" does not exist/],
    ['nobody at the port', (url) => url.replace(/:\d+\//, ':1/'), /ECONNREFUSED/],
    ['no host of the name', (url) => url.replace('127.0.0.1', 'no-such-host.invalid'), /no-such-host/],
    ['TLS that the server lacks', (url) => `${url}&sslmode=require`, /does not support SSL/],
  ])('says that there is %s', async (_, change, reason) => {
    const message = await refusal(change(given().url()));
    expect(message).toMatch(reason);
    expect(message).not.toContain('wrong-secret');
  });
});
