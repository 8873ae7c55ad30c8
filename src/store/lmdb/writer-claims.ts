import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, lockOwner } from '../../files/lock-owner.js';
import type { Environment, Table } from './load-lmdb.js';
import type { WriteTables } from './write-tables.js';

const CLAIM = Buffer.from('claim');
const RETRY_MS = 2;
/** Between two looks at whether the process that has the claim is still there. */
const OWNER_MS = 100;

/** Who of several processes lets nobody else write: kept where writing costs nothing, as long as the machine runs. */
export interface WriterClaims {
  /** Within a transaction of the tables. */
  isHeldByAnother(): boolean;
  /** Resolves when it may no longer be so. */
  waitForOther(): Promise<void>;
  /** Takes the claim, and gives it back. */
  take(): Promise<() => Promise<void>>;
}

/** @param environment that of the contexts */
export async function createWriterClaims(environment: Environment, table: Table<string>): Promise<WriterClaims> {
  const owner = await lockOwner();
  const own = new Set<string>();
  let lookedAt = 0;

  function held(): { readonly id: string; readonly owner: string } | undefined {
    environment.resetReadTxn();
    const text = table.get(CLAIM);
    const [id = '', holder = ''] = text?.split('\n') ?? [];
    return text === undefined ? undefined : { id, owner: holder };
  }

  function remove(id: string): void {
    environment.transactionSync(() => {
      if (table.get(CLAIM)?.startsWith(`${id}\n`)) table.remove(CLAIM);
    }, 0);
  }

  async function waitForOther(): Promise<void> {
    await sleep(RETRY_MS);
    if (performance.now() - lookedAt < OWNER_MS) return;
    lookedAt = performance.now();
    const holder = held();
    if (holder && (await hasEnded(holder.owner))) remove(holder.id);
  }

  return {
    isHeldByAnother() {
      const holder = held();
      return holder !== undefined && !own.has(holder.id);
    },
    waitForOther,
    async take() {
      const id = randomUUID();
      const tryTake = () =>
        environment.transactionSync(() => {
          if (table.get(CLAIM) !== undefined) return false;
          table.put(CLAIM, `${id}\n${owner}`);
          return true;
        }, 0);
      while (!tryTake()) await waitForOther();
      own.add(id);
      return async () => {
        remove(id);
        own.delete(id);
      };
    },
  };
}

/** From when it resolves nobody else appends: those who had begun are waited for. */
export async function claimWriter(claims: WriterClaims, write: WriteTables): Promise<{ release(): Promise<void> }> {
  const release = await claims.take();
  try {
    // Whoever comes after this has seen the claim.
    await write(() => undefined, { hasWritten: () => false });
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}
