import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/postgres/database.js';
import { databaseAddress } from '../../src/store/postgres/database-address.js';
import { openPostgresDatabase } from '../../src/store/postgres/open-postgres-database.js';
import { quotedName } from '../../src/store/postgres/quoted-name.js';
import { sharedPostgres } from '../store/postgres/shared-postgres.js';
import { password } from '../store/postgres/start-postgres.js';
import { type CliResult, runCli } from './run-cli.js';

const postgres = await sharedPostgres();
const given = () => postgres?.url() ?? '';

async function query(url: string, sql: string): Promise<void> {
  const database = await openDatabase(databaseAddress(url));
  try {
    await database.query(sql);
  } finally {
    await database.close();
  }
}

async function made(): Promise<{ url: string; schema: string }> {
  const url = given();
  await (await openPostgresDatabase(url)).close();
  return { url, schema: quotedName(databaseAddress(url).schema) };
}

/** What the variable says, and what is told then. */
const faults: Record<string, readonly [() => string | Promise<string>, RegExp]> = {
  'a URL with a parameter of nobody': [() => `${given()}&colour=red`, /colour/],
  'nobody at the port': [() => given().replace(/:\d+\//, ':1/'), /ECONNREFUSED/],
  'a wrong password': [() => given().replace(/:[^:@/]*@/, ':wrong-hush@'), /password authentication failed/],
  'a user without rights': [
    async () => {
      const { url } = await made();
      await query(url, `CREATE ROLE poor_user LOGIN PASSWORD 'poor-hush'`);
      return url.replace(/\/\/[^@]*@/, '//poor_user:poor-hush@');
    },
    /GRANT USAGE/,
  ],
  'a format of a newer version': [
    async () => {
      const { url, schema } = await made();
      await query(url, `UPDATE ${schema}.state SET format = 99`);
      return url;
    },
    /has format 99, of a newer version/,
  ],
  'tables of somebody else': [
    async () => {
      const url = given();
      const schema = quotedName(databaseAddress(url).schema);
      await query(url, `CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.state (id integer)`);
      return url;
    },
    /has tables that are not of Cimulator/,
  ],
};

const settings = { CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: 'none' };
const secrets = [password, encodeURIComponent(password), 'hush'];

function expectOneLine({ code, stdout, stderr }: CliResult, line: RegExp): void {
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^cimulator: [^\n]+\n$/)]);
  expect(stderr).toMatch(line);
  for (const secret of secrets) expect(stderr).not.toContain(secret);
}

describe.skipIf(!postgres)('a serve whose CIMULATOR_STATE means a database', () => {
  const results = new Map<string, Promise<CliResult>>();
  beforeAll(() => {
    // Together: one that is not there is waited for.
    for (const [what, [urlOf]] of Object.entries(faults)) {
      const url = Promise.resolve(urlOf());
      results.set(
        what,
        url.then((state) =>
          runCli(['serve', '--user', 'alice:secret', '--log-level', 'debug'], { ...settings, CIMULATOR_STATE: state }),
        ),
      );
    }
  });

  it.each(Object.keys(faults))(
    'ends with one line, without the password, when it is %s',
    async (what) => {
      expectOneLine((await results.get(what)) as CliResult, faults[what]?.[1] ?? /never/);
    },
    60_000,
  );
});

it.each(
  [['serve'], ['state', 'show'], ['state', 'check'], ['state', 'backup', 'b.jsonl']].map((args) => [args.join(' ')]),
)('a password in the URL on the command line is refused with what to do instead: %s', async (command) => {
  const result = await runCli([...command.split(' '), '--state', 'postgres://lab:hush@db/lab'], settings);
  expectOneLine(result, /CIMULATOR_STATE.*PGPASSFILE/);
});
