import { appendRows } from '../dist/store/postgres/append-rows.js';
import { appendStatement } from '../dist/store/postgres/append-statement.js';
import { commitsAfterText } from '../dist/store/postgres/logged-commits.js';
import { openPostgresDatabase } from '../dist/store/postgres/open-postgres-database.js';
import { createPostgresBackend } from '../dist/store/postgres/postgres-backend.js';
import { readRegister } from '../dist/store/postgres/property-register.js';

const SCHEMA = '"cimulator"';
/** Among the values of the statement: version and identifier of the commit in the log, version of the row that it changes. */
const [EXPECTED, VERSION, LOG_VERSION, LOG_ID, ROW_VERSION] = [0, 3, 7, 8, 15];
/** Of one commit that changes one instance, and tells of it. */
const VALUES = 19;

/**
 * A script for pgbench that does to the database what an Invoke does that changes one instance: asks what others have committed, and appends
 * a commit. It is made of the last commit, which has to have been one, by the code that the endpoint runs. For one client, as whose variable
 * `version` the script is given.
 */
export async function appendScript(url) {
  const database = await openPostgresDatabase(url);
  const backend = await createPostgresBackend(database);
  try {
    const { present } = await backend.read([]);
    const { commits } = await backend.commitsAfter(present.version - 1, 1);
    const register = await database.run((session) => readRegister(session, SCHEMA));
    const { text, values } = appendStatement(SCHEMA, commits, appendRows(commits, register), {
      ...{ expected: present.version, register: register.number, claim: undefined },
      notify: { channel: 'cimulator_bench', from: 'pgbench' },
    });
    if (values.length !== VALUES) throw new Error(`the last commit is none of one change: ${values.length} values`);
    const asked = commitsAfterText(SCHEMA).replace('$1', ':version').replace('$2', '256');
    const appended = text.replaceAll(/\$(\d+)/g, (_, number) => placed(values, Number(number) - 1));
    const script = [
      '\\set next :version + 1',
      `${oneLine(asked)};`,
      `${oneLine(appended)};`,
      '\\set version :next',
    ].join('\n');
    return { script: `${script}\n`, version: present.version };
  } finally {
    await backend.close();
    await database.close();
  }
}

function placed(values, at) {
  if (at === EXPECTED) return ':version';
  if (at === VERSION) return ':next';
  if (at === LOG_VERSION || at === ROW_VERSION) return 'ARRAY[:next::bigint]';
  if (at === LOG_ID) return "ARRAY['pgbench ' || :next::text]";
  const value = values[at];
  return Array.isArray(value) ? `ARRAY[${value.map(literal).join(', ')}]` : literal(value);
}

/** Without a colon, which begins a variable of pgbench. */
function literal(value) {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return `E'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`;
}

function oneLine(text) {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
