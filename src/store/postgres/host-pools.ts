import type { Pool, PoolClient } from 'pg';
import type { DatabaseAddress, DatabaseHost } from './database-address.js';
import { ServerNotWritable } from './database-trouble.js';
import { findPassword } from './find-password.js';

/**
 * Statements take one of the first; those who wait for something, and so hold a connection longer, one of the second; walks over
 * everything, which take as long as whoever goes through them, one of the third. None can take what another kind needs.
 */
export type PoolKind = 'short' | 'long' | 'walk';

export interface HostPools {
  /** A connection to the host that is in use, or else to the first that can be written to. @throws the error of the last host */
  connect(kind: PoolKind): Promise<PoolClient>;
  /** Leaves a host that takes no writes any more: with its connections, which may be to what it was before. */
  leave(client: PoolClient): void;
  close(): Promise<void>;
}

const CONNECTIONS: Readonly<Record<PoolKind, number>> = { short: 6, long: 8, walk: 4 };
const KINDS = ['short', 'long', 'walk'] as const;
const CONNECT_MS = 3000;

/**
 * All look-ups have an index, also in a table that has just been filled and has no statistics yet; a plan is made once. What is
 * acknowledged is on the disk, whatever the server has as its default. A server that lacks one of these settings goes without.
 */
const SETTINGS = [
  "SET application_name = 'cimulator'",
  'SET statement_timeout = 9000',
  'SET idle_in_transaction_session_timeout = 0',
  "SET default_transaction_isolation = 'read committed'",
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
  'SET enable_seqscan = off',
  'SET enable_hashjoin = off',
  'SET enable_mergejoin = off',
  'SET jit = off',
  'SET plan_cache_mode = force_generic_plan',
  // So that a client that is gone with its machine is noticed, and what it holds let go.
  'SET tcp_keepalives_idle = 10',
  'SET tcp_keepalives_interval = 5',
  'SET tcp_keepalives_count = 3',
];
const IS_FOLLOWER = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'";

/** @param onLost is told of connections that end while nobody uses them */
export async function openHostPools(address: DatabaseAddress, onLost: (error: Error) => void): Promise<HostPools> {
  const { default: pg } = await import('pg');
  const pools = new Map<string, Pool>();
  const hosts = new WeakMap<PoolClient, DatabaseHost>();
  let current = 0;
  let isClosed = false;

  function poolOf(at: DatabaseHost, kind: PoolKind): Pool {
    const name = nameOf(at, kind);
    const known = pools.get(name);
    if (known) return known;
    const { user, database, tls } = address;
    const pool = new pg.Pool({
      ...at,
      user,
      database,
      ssl: tls(at.host),
      // Anew for each connection: the file may have changed. A null keeps `pg` from looking by itself.
      password: async () => (await findPassword(address, at)) ?? '',
      max: CONNECTIONS[kind],
      // What follows on a lock is sent with it.
      pipeline: kind === 'long',
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      allowExitOnIdle: true,
      onConnect: (client) => prepare(client as PoolClient),
    });
    pool.on('error', onLost);
    // One that is lost while it is in use says so to whoever waits for its answer.
    pool.on('connect', (client) => client.on('error', () => undefined));
    pools.set(name, pool);
    return pool;
  }

  async function end(names: readonly string[]): Promise<void> {
    const ended = names.map((name) => pools.get(name));
    for (const name of names) pools.delete(name);
    await Promise.all(ended.map((pool) => pool?.end()));
  }

  return {
    async connect(kind) {
      let failure: unknown;
      for (let offset = 0; offset < address.hosts.length; offset += 1) {
        if (isClosed) throw new Error('the database was closed');
        const index = (current + offset) % address.hosts.length;
        const host = address.hosts[index] as DatabaseHost; // in range
        try {
          const client = await poolOf(host, kind).connect();
          hosts.set(client, host);
          current = index;
          return client;
        } catch (error) {
          // Of several, why the first cannot be used says more than that another only follows it.
          if (!(failure !== undefined && error instanceof ServerNotWritable)) failure = error;
        }
      }
      throw failure;
    },
    leave(client) {
      const host = hosts.get(client);
      if (!host) return;
      current = (address.hosts.indexOf(host) + 1) % address.hosts.length;
      void end(KINDS.map((kind) => nameOf(host, kind)));
    },
    async close() {
      isClosed = true;
      await end([...pools.keys()]);
    },
  };
}

function nameOf({ host, port }: DatabaseHost, kind: PoolKind): string {
  return `${kind} ${host} ${port}`;
}

async function prepare(client: PoolClient): Promise<void> {
  client.on('error', () => undefined);
  const [settings, followers] = [SETTINGS.join('; '), IS_FOLLOWER];
  let isFollower: unknown;
  try {
    const results = (await client.query({ text: `${settings}; ${followers}`, rowMode: 'array' })) as unknown;
    isFollower = (Array.isArray(results) ? results.at(-1) : results).rows[0]?.[0];
  } catch (error) {
    if (!isUnknownToServer(error)) throw error;
    for (const setting of SETTINGS) await client.query(setting).catch(ignoreUnknown);
    const result = await client.query({ text: followers, rowMode: 'array' }).catch(ignoreUnknown);
    isFollower = result?.rows[0]?.[0];
  }
  if (isFollower === true) throw new ServerNotWritable('the server only follows another one, or takes no writes');
}

/** SQLSTATE classes 42 (no such name), 0A (not supported), 22023 (not a value of it), 55P02 (cannot be set now). */
function isUnknownToServer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(42|0A|22023|55P02)/.test(String(error.code));
}

function ignoreUnknown(error: unknown): undefined {
  if (!isUnknownToServer(error)) throw error;
}
