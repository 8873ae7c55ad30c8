import { execFile, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A database server of a test's own. */
export interface PostgresServer {
  readonly port: number;
  /** Where its socket lies. */
  readonly folder: string;
  /** Of the superuser, over TCP. @param parameters of the URL */
  url(parameters?: Readonly<Record<string, string>>, port?: number): string;
  start(): Promise<void>;
  /** As a crash does it: nothing is written, nobody is told. */
  stop(): Promise<void>;
  /** Adds to its settings, and has them read. */
  configure(settings: string): Promise<void>;
  /** Makes one that follows another a server of its own. */
  promote(): Promise<void>;
  /** Gives a file to the user who runs it, and to nobody else. */
  giveFile(name: string, content: string): string;
  /** Stops it and removes all that it wrote. */
  close(): Promise<void>;
}

export const password = 'a:secret/with@signs%';

/** Without the disk: for what is not about what is left after a power cut. */
const QUICK = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/** The folder of PostgreSQL's programs; undefined when there is none on this machine, after saying so. CI has to have one. */
export function findPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (found !== undefined) return found;
  const reason = 'PostgreSQL is not installed (Debian package postgresql)';
  if (process.env.CIMULATOR_REQUIRE_LIVE_CLIENTS === '1') throw new Error(reason);
  console.log(`skipped: ${reason}`);
  return undefined;
}

export interface PostgresOptions {
  /** Whether what it acknowledged is there after a crash. */
  readonly isDurable?: boolean;
  /** One that it follows, and takes its data from, under the name `standby`. */
  readonly follows?: PostgresServer;
}

/** @param bin the folder of its programs */
export async function startPostgres(
  bin: string,
  { isDurable = false, follows }: PostgresOptions = {},
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cimulator-pg-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  const user = userIds();
  if (user) for (const path of [folder, data, passwordFile]) chownSync(path, user.uid, user.gid);
  // Not synchronously: tests that go on meanwhile have clocks.
  const run = async (program: string, ...args: string[]) => {
    const command = [join(bin, program), ...args];
    const asUser = user
      ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...command]
      : command;
    const env = { ...process.env, PGPASSWORD: password };
    await promisify(execFile)(asUser[0] as string, asUser.slice(1), { cwd: folder, env });
  };
  if (follows) {
    const from = ['-h', '127.0.0.1', '-p', `${follows.port}`, '-U', 'postgres'];
    await run('pg_basebackup', '-D', data, ...from, '-R', '-c', 'fast', '-N');
  } else {
    const access = ['-U', 'postgres', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'];
    await run('initdb', '-D', data, ...access, '-E', 'UTF8', '--no-locale', '-N');
  }
  const port = await freePort();
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, 'max_connections=200'],
    ...['shared_buffers=32MB', 'autovacuum=off', ...(isDurable ? [] : QUICK)],
    ...(follows ? [`primary_conninfo=${connectionTo(follows.port)}`] : []),
  ].map((setting) => setting.replace(/=(.*)/, " = '$1'"));
  const file = join(data, 'postgresql.auto.conf');
  writeFileSync(file, `${settings.join('\n')}\n`);
  // Its output goes to a file: it would keep the pipes of whoever starts it open.
  const start = () => run('pg_ctl', 'start', '-D', data, '-w', '-s', '-l', join(folder, 'log'));
  const stop = () => run('pg_ctl', 'stop', '-D', data, '-m', 'immediate', '-w', '-s');
  await start();
  return {
    port,
    folder,
    url: (parameters = {}, at = port) => {
      const query = new URLSearchParams(parameters).toString();
      return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${at}/postgres${query && `?${query}`}`;
    },
    start,
    stop,
    async configure(more) {
      writeFileSync(file, `${settings.join('\n')}\n${more}\n`);
      await run('pg_ctl', 'reload', '-D', data, '-s');
    },
    promote: () => run('pg_ctl', 'promote', '-D', data, '-w', '-s'),
    giveFile(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content, { mode: 0o600 });
      if (user) chownSync(path, user.uid, user.gid);
      return path;
    },
    async close() {
      try {
        await stop();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** As libpq has it. */
function connectionTo(port: number): string {
  return `host=127.0.0.1 port=${port} user=postgres application_name=standby password=${password}`;
}

/** PostgreSQL does not run as root. */
function userIds(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
