import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { appendScript } from './append-script.mjs';
import { median } from './load.mjs';
import { loadInTurns, loadOnce, rowsOf, startLoaded } from './loaded-servers.mjs';
import { startPostgres } from './postgres-server.mjs';

const LEAST_GET = 0.6;

/**
 * State in a PostgreSQL of our own, which writes to the disk, beside one in memory; and Invokes beside pgbench that runs the same statements,
 * one client, one commit in each: what the database can do.
 */
export async function postgresBench({ seconds, rounds }) {
  const postgres = await startPostgres();
  if (!postgres) return [];
  const servers = {};
  try {
    servers.PostgreSQL = await startLoaded({ state: postgres.url() });
    servers.memory = await startLoaded();
    const rows = [];
    for (const [name, least] of Object.entries({ Get: LEAST_GET, Enumerate: undefined, Invoke: undefined })) {
      const runs = await loadInTurns(servers, name, { seconds, rounds });
      rows.push(...rowsOf(name, runs, 'PostgreSQL', 'memory', least));
    }
    return [...rows, ...(await besidePgbench(postgres, servers.PostgreSQL, { seconds, rounds }))];
  } finally {
    for (const { stop } of Object.values(servers)) await stop();
    await postgres.close();
  }
}

async function besidePgbench(postgres, server, { seconds, rounds }) {
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push({
      alone: await invokes(postgres, server, 1, seconds),
      many: await invokes(postgres, server, 16, seconds),
      pgbench: await pgbench(postgres, seconds),
    });
  }
  const of = (get) => median(runs.map(get));
  const row = (what, get) => ({ what, value: of(get).toFixed(2), target: '-', met: true });
  const rate = of((run) => run.pgbench).toFixed(0);
  const [alone, many] = [of((run) => run.alone.rate), of((run) => run.many.rate)].map((value) => value.toFixed(0));
  const group = of((run) => run.many.rate / run.many.appends).toFixed(1);
  return [
    row(`Invoke, 1 connection, by pgbench: ${alone} of ${rate} commits/s`, (run) => run.alone.rate / run.pgbench),
    row(`Invoke, 16 connections, by pgbench: ${many} of ${rate} commits/s`, (run) => run.many.rate / run.pgbench),
    row(
      `  in statements that append, ${group} Invokes each: ${of((run) => run.many.appends).toFixed(0)}/s`,
      (run) => run.many.appends / run.pgbench,
    ),
  ];
}

/** Invokes per second, and statements that appended them. */
async function invokes(postgres, server, connections, seconds) {
  const before = await appendsSoFar(postgres);
  const { rate } = await loadOnce(server, 'Invoke', connections, seconds);
  return { rate, appends: ((await appendsSoFar(postgres)) - before) / seconds };
}

/** Each of them updates the row of the state once. */
async function appendsSoFar(postgres) {
  const client = new pg.Client({ connectionString: postgres.url() });
  await client.connect();
  try {
    const { rows } = await client.query("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'state'");
    return Number(rows[0].n_tup_upd);
  } finally {
    await client.end();
  }
}

/** Transactions per second: of a database that others let be meanwhile. */
async function pgbench(postgres, seconds) {
  const { script, version } = await appendScript(postgres.url());
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-pgbench-'));
  try {
    const file = join(folder, 'append.sql');
    await writeFile(file, script);
    const connection = ['-h', '127.0.0.1', '-p', String(postgres.port), '-U', 'postgres', 'postgres'];
    const { stdout } = await promisify(execFile)(
      join(postgres.bin, 'pgbench'),
      ['-n', '-M', 'prepared', '-T', String(seconds), '-D', `version=${version}`, '-f', file, ...connection],
      { env: { ...process.env, PGPASSWORD: postgres.password } },
    );
    // Asking and appending are two statements outside of a transaction: the script runs as often as a commit is made.
    return Number(/tps = ([\d.]+)/.exec(stdout)[1]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
