import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPostgres, password, startPostgres } from './start-postgres.js';

const VARIABLE = 'CIMULATOR_TEST_POSTGRES';

/** What the tests of one run share; `url` gives each caller a schema of its own, unless one is named. */
export interface SharedPostgres {
  readonly port: number;
  url(parameters?: Readonly<Record<string, string>>, port?: number): string;
}

/**
 * The one database server of a run of vitest, started by the first test that wants one; undefined when this machine has none. It keeps
 * nothing on the disk (`startPostgres` is for what is about that).
 */
export async function sharedPostgres(): Promise<SharedPostgres | undefined> {
  const bin = findPostgres();
  if (bin === undefined) return undefined;
  const folder = process.env[VARIABLE];
  if (folder === undefined) throw new Error('vitest was started without its global set-up');
  const file = join(folder, 'server.json');
  // A folder is made once, whoever tries: the others wait until the server runs.
  if (wasMade(join(folder, 'starting'))) {
    const server = await startPostgres(bin);
    writeFileSync(`${file}.new`, JSON.stringify({ port: server.port, folder: server.folder, bin }));
    renameSync(`${file}.new`, file);
  }
  for (let waited = 0; !existsSync(file); waited += 50) {
    if (waited > 25_000) throw new Error('the database server of this run did not start');
    await delay(50);
  }
  const { port } = JSON.parse(readFileSync(file, 'utf8')) as { port: number };
  return {
    port,
    url: (parameters = {}, at = port) => {
      const query = new URLSearchParams({ schema: `lab_${randomUUID().slice(0, 8)}`, ...parameters });
      return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${at}/postgres?${query}`;
    },
  };
}

function wasMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Global set-up of vitest: a folder for those who want the server, and its end after all tests. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'cimulator-shared-pg-'));
  process.env[VARIABLE] = folder;
  return async () => {
    const file = join(folder, 'server.json');
    if (existsSync(file)) {
      const { folder: data } = JSON.parse(readFileSync(file, 'utf8')) as { folder: string };
      const pid = Number(readFileSync(join(data, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
      // Immediate shutdown: there is nothing to keep.
      process.kill(pid, 'SIGQUIT');
      for (let waited = 0; existsSync(join(data, 'data', 'postmaster.pid')) && waited < 5000; waited += 50)
        await delay(50);
      rmSync(data, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  };
}
