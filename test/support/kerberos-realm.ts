import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A realm with a KDC of MIT Kerberos, on a free port of this machine, in a folder of its own. */
export interface KerberosRealm {
  readonly folder: string;
  /** Makes a service, with random keys, and gives a new keytab that has them. */
  addService(...principals: readonly string[]): Promise<string>;
  /** Makes a user, signs in, and gives the cache with the ticket, for `KRB5CCNAME`. */
  addUser(name: string): Promise<string>;
  stop(): Promise<void>;
}

export const REALM = 'LAB.EXAMPLE';

// Debian has the server's programs where only root looks for them.
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const PASSWORD = 'a password';

/** Starts a realm and makes it the one of this process: the system's library reads its environment. */
export async function startKerberosRealm(): Promise<KerberosRealm> {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-realm-'));
  const port = await freePort();
  await writeFile(join(folder, 'krb5.conf'), clientConfiguration(port));
  await writeFile(join(folder, 'kdc.conf'), serverConfiguration(folder, port));
  Object.assign(process.env, {
    KRB5_CONFIG: join(folder, 'krb5.conf'),
    KRB5_KDC_PROFILE: join(folder, 'kdc.conf'),
    KRB5RCACHENAME: `file2:${join(folder, 'replays')}`,
    KRB5CCNAME: `FILE:${join(folder, 'no-tickets')}`,
  });
  await run('kdb5_util', ['-r', REALM, 'create', '-s', '-P', 'master']);
  const kdc = spawn('krb5kdc', ['-n', '-r', REALM], { env: { ...process.env, PATH }, stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) => {
    kdc.once('error', reject);
    kdc.once('exit', (code) => reject(new Error(`krb5kdc ended with ${code}`)));
  });
  await Promise.race([listens(port), failed]);
  let keytabs = 0;

  return {
    folder,

    async addService(...principals) {
      const keytab = join(folder, `service-${++keytabs}.keytab`);
      for (const principal of principals) await administer(`addprinc -randkey ${principal}`);
      await administer(`ktadd -k ${keytab} ${principals.join(' ')}`);
      return keytab;
    },

    async addUser(name) {
      await administer(`addprinc -pw "${PASSWORD}" ${name}`);
      const cache = `FILE:${join(folder, `tickets-${name.replaceAll('/', '-')}`)}`;
      await run('kinit', ['-c', cache, name], `${PASSWORD}\n`);
      return cache;
    },

    async stop() {
      kdc.removeAllListeners('exit');
      const ended = new Promise((resolve) => kdc.once('exit', resolve));
      kdc.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function administer(query: string): Promise<string> {
  return run('kadmin.local', ['-r', REALM, '-q', query]);
}

async function run(command: string, arguments_: readonly string[], input = ''): Promise<string> {
  const running = promisify(execFile)(command, [...arguments_], { env: { ...process.env, PATH } });
  // Most do not read it, and may have ended before it is written.
  running.child.stdin?.on('error', () => undefined).end(input);
  return (await running).stdout;
}

/** The KDC says nothing when it listens. */
async function listens(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const answered = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (answered) return;
    await setTimeout(10);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function clientConfiguration(port: number): string {
  return `[libdefaults]
  default_realm = ${REALM}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  ${REALM} = {
    kdc = 127.0.0.1:${port}
  }
[domain_realm]
  localhost = ${REALM}
`;
}

function serverConfiguration(folder: string, port: number): string {
  return `[kdcdefaults]
  kdc_listen = ""
  kdc_tcp_listen = 127.0.0.1:${port}
[realms]
  ${REALM} = {
    database_name = ${join(folder, 'principal')}
    key_stash_file = ${join(folder, 'stash')}
    max_life = 1d
  }
[dbmodules]
  ${REALM} = {
    db_library = db2
    database_name = ${join(folder, 'principal')}
  }
`;
}
