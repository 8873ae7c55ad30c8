import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import type { Backend } from '../../../src/store/durable/backend.js';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { type ContextTables, openContextTables } from '../../../src/store/lmdb/context-tables.js';
import type { Pace } from '../../../src/store/lmdb/disk-pace.js';
import { loadLmdb } from '../../../src/store/lmdb/load-lmdb.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { type OpenTables, openStateTables } from '../../../src/store/lmdb/state-tables.js';
import { createWriterClaims, type WriterClaims } from '../../../src/store/lmdb/writer-claims.js';
import { fewRounds } from '../contract/rounds.js';
import { describeInstanceStore } from '../contract.js';
import { PACES } from './disk-paces.mjs';

/** In memory, where there is such a place: thousands of commits are made here, and each would wait for the disk. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const directory = mkdtempSync(join(parent, 'cimulator-lmdb-'));
let opened: Promise<Opened> | undefined;
let last: Backend | undefined;
/** That of the stores that are made now. */
let pace: Pace = PACES['this thread'];

interface Opened extends OpenTables {
  readonly contexts: ContextTables;
  readonly claims: WriterClaims;
}

async function openAll(): Promise<Opened> {
  const contexts = openContextTables(await loadLmdb(), join(directory, 'contexts.mdb'));
  const claims = await createWriterClaims(contexts.environment, contexts.claims);
  return {
    ...(await openStateTables(directory, {
      pace: {
        get isHere() {
          return pace.isHere;
        },
        here: (wait) => wait(),
        elsewhere: (wait) => wait(),
      },
    })),
    contexts,
    claims,
  };
}

afterAll(async () => {
  await last?.close();
  await (await opened)?.close();
  await (await opened)?.contexts.environment.close();
  rmSync(directory, { recursive: true });
});

/** Hundreds of stores are made here, one after another: each begins with empty tables, and to open others takes long. */
describe.each([
  ['on LMDB', PACES['this thread'], false],
  ['on LMDB whose disk another thread waits for', PACES['another thread'], false],
  ['on an LMDB that other processes may have, too', PACES['another thread'], true],
] as const)('a durable store %s', (_, which, isShared) => {
  describeInstanceStore(
    'keeps the contract',
    async () => {
      await last?.close();
      pace = which;
      opened ??= openAll();
      const { tables, write, claims } = await opened;
      await write(() => {
        for (const name of ['rows', 'paths', 'entries', 'counts', 'log', 'facts'] as const) tables[name].clearAsync();
      });
      last = openLmdbBackend({ tables, write, ...(isShared && { claims }) });
      return createDurableStore(last);
    },
    fewRounds,
  );
});
