import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StoreError } from '../../../src/cim/contracts/store-error.js';
import type { Backend, StoredCommit } from '../../../src/store/durable/backend.js';
import type { Database } from '../../../src/store/postgres/database.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { createPostgresBackend } from '../../../src/store/postgres/postgres-backend.js';
import { createPostgresContextStore } from '../../../src/store/postgres/postgres-context-store.js';
import { instance } from '../instance-builders.js';
import { findPostgres, type PostgresServer, startPostgres } from './start-postgres.js';
import { startWireProxy, type WireProxy } from './wire-proxy.js';

const bin = findPostgres();
/** Longer than a server on a busy machine takes to start again. */
const BOUND = 15_000;

interface Opened {
  readonly backend: Backend;
  readonly database: Database;
}

let schemas = 0;

function commit(version: number): StoredCommit {
  const after = instance('A', `${version}`);
  if (!after.path) throw new Error('no path');
  return {
    ...{ version, id: `commit ${version} ${Math.random()}`, origin: undefined, isCleared: false },
    changes: [{ path: after.path, sequence: version, before: undefined, after }],
    present: { version, sequence: version, cleared: 0 },
  };
}

describe.skipIf(bin === undefined)('a state in PostgreSQL', () => {
  let server: PostgresServer;
  let proxy: WireProxy;
  const opened: Opened[] = [];
  beforeAll(async () => {
    server = await startPostgres(bin ?? '', { isDurable: true });
    proxy = await startWireProxy(server.port);
  });
  afterEach(async () => {
    proxy.resume();
    proxy.accept();
    for (const { backend, database } of opened.splice(0)) {
      await backend.close();
      await database.close();
    }
  });
  afterAll(async () => {
    proxy?.close();
    await server?.close();
  });

  async function open(hosts: readonly number[] = [proxy.port], bound = BOUND): Promise<Opened> {
    schemas += 1;
    const at = hosts.map((port) => `127.0.0.1:${port}`).join(',');
    const url = server.url({ schema: `lab${schemas}` }).replace(/127\.0\.0\.1:\d+/, at);
    const database = await openPostgresDatabase(url, { bound });
    const one = { database, backend: await createPostgresBackend(database) };
    opened.push(one);
    return one;
  }

  async function versions(backend: Backend): Promise<number[]> {
    const after = await backend.commitsAfter(0, 1000);
    return after.kind === 'commits' ? after.commits.map(({ version }) => version) : [];
  }

  it('loses nothing that was acknowledged, and goes on, when the server crashes under load and comes again', async () => {
    const { backend } = await open();
    const acknowledged: number[] = [];
    let isOver = false;
    const writing = (async () => {
      for (let version = 1; !isOver; version += 1) {
        expect(await backend.append(version - 1, [commit(version)])).toEqual({ kind: 'done' });
        acknowledged.push(version);
      }
    })();
    await expect.poll(() => acknowledged.length).toBeGreaterThan(10);
    await server.stop();
    await server.start();
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 15_000 }).toBeGreaterThan(before + 5);
    isOver = true;
    await writing;
    expect(await versions(backend)).toEqual(acknowledged);
  });

  it('commits once, when the connection is lost after the commit and before its answer', async () => {
    const { backend } = await open();
    proxy.loseAnswerTo('logged AS');
    expect(await backend.append(0, [commit(1)])).toEqual({ kind: 'done' });
    expect(await versions(backend)).toEqual([1]);
  });

  it('deletes a context once, and says so, when the answer is lost', async () => {
    const { database } = await open();
    const contexts = createPostgresContextStore(database);
    const record = { kind: 'enumeration', owner: 'ann', state: '0' } as const;
    await contexts.add('a', record, { lifetime: 60_000, atMost: 9 });
    proxy.loseAnswerTo('traced AS');
    expect(await contexts.delete('a', '0')).toBe(true);
    expect(await contexts.get('a')).toBeUndefined();
    expect(await contexts.delete('a', '0')).toBe(false);
    expect(await contexts.count('enumeration')).toBe(0);
    await contexts.close();
  });

  it('says that it is not there, once its bound has passed, and why; and then that all is well', async () => {
    const { backend, database } = await open([proxy.port], 2000);
    proxy.cut(true);
    const lost = expect.objectContaining({ name: 'StoreError', kind: 'unavailable' });
    await expect(backend.read([{ kind: 'isEmpty' }])).rejects.toEqual(lost);
    await expect(backend.append(0, [commit(1)])).rejects.toEqual(lost);
    expect(database.problem()).toMatch(/Connection terminated|ECONNRESET/);
    proxy.accept();
    expect(await backend.append(0, [commit(1)])).toEqual({ kind: 'done' });
    await expect.poll(() => database.problem()).toBeUndefined();
  });

  it('is slow when the database is, and says so when that takes too long', async () => {
    const { backend } = await open([proxy.port], 2000);
    await backend.read([{ kind: 'isEmpty' }]);
    proxy.pause();
    const slow = backend.read([{ kind: 'isEmpty' }]);
    setTimeout(() => proxy.resume(), 200);
    expect((await slow).answers).toEqual([{ kind: 'isEmpty', isEmpty: true }]);
    proxy.pause();
    await expect(backend.read([{ kind: 'isEmpty' }])).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'unavailable',
    });
  });

  it('uses the host that can be written to, of several', async () => {
    const { backend } = await open([1, server.port]);
    expect(await backend.append(0, [commit(1)])).toEqual({ kind: 'done' });
  });

  it('leaves a host that takes no writes any more, and is there again when one does', async () => {
    const { backend, database } = await open([server.port], 2000);
    let version = 0;
    const append = async (): Promise<string> => {
      try {
        const { kind } = await backend.append(version, [commit(version + 1)]);
        version += 1;
        return kind;
      } catch (error) {
        return (error as StoreError).kind;
      }
    };
    expect(await append()).toBe('done');
    await server.configure("default_transaction_read_only = 'on'");
    await expect.poll(append, { timeout: 8000 }).toBe('unavailable');
    expect(database.problem()).toMatch(/takes no writes|read-only/);
    await server.configure('');
    await expect.poll(append, { timeout: 8000 }).toBe('done');
    expect(await versions(backend)).toEqual(Array.from({ length: version }, (_, index) => index + 1));
  });

  it('loses a claim with whoever had it', async () => {
    const { backend } = await open();
    const [first] = opened;
    const other = await openPostgresDatabase(server.url({ schema: `lab${schemas}` }));
    const dying = await createPostgresBackend(other);
    await dying.claim();
    const waiting = backend.append(0, [commit(1)]);
    // As when its process is killed: its connections end, and nobody releases anything.
    await first?.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relname = 'claims' AND l.granted AND l.mode = 'RowShareLock' AND l.pid <> pg_backend_pid() AND NOT EXISTS (SELECT 1 FROM pg_locks w WHERE w.pid = l.pid AND NOT w.granted)`,
    );
    expect(await waiting).toEqual({ kind: 'done' });
    await dying.close();
    await other.close();
  });

  it('hears of commits again after it was cut off, and of what it has missed', async () => {
    const { backend } = await open();
    const { backend: other, database } = await (async () => {
      const one = await openPostgresDatabase(server.url({ schema: `lab${schemas}` }));
      return { database: one, backend: await createPostgresBackend(one) };
    })();
    let told = 0;
    backend.onCommit?.(() => {
      told += 1;
    });
    proxy.cut();
    await other.append(0, [commit(1)]);
    await expect.poll(() => told, { timeout: 5000 }).toBeGreaterThan(0);
    const before = told;
    await other.append(1, [commit(2)]);
    await expect.poll(() => told, { timeout: 5000 }).toBeGreaterThan(before);
    await other.close();
    await database.close();
  });

  it('is asked once, whatever is asked together', async () => {
    const { backend } = await open();
    await backend.append(0, [commit(1)]);
    await backend.read([{ kind: 'isEmpty' }, { kind: 'get', path: 'x' }]);
    proxy.takeAnswers();
    await backend.read([{ kind: 'isEmpty' }, { kind: 'get', path: 'x' }]);
    expect(proxy.takeAnswers()).toBe(1);
    await Promise.all([backend.commitsAfter(0, 9), backend.commitsAfter(0, 9), backend.commitsAfter(0, 9)]);
    expect(proxy.takeAnswers()).toBe(1);
    await backend.append(1, [commit(2), commit(3)]);
    expect(proxy.takeAnswers()).toBe(1);
  });
});
