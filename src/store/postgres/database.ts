import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { DatabaseAddress } from './database-address.js';
import { TookTooLong, troubleOf } from './database-trouble.js';
import { openHostPools, type PoolKind } from './host-pools.js';
import { safeReason } from './safe-reason.js';

/** A row, each value as PostgreSQL writes it. */
export type Row = readonly (string | null)[];

export interface Statement {
  readonly text: string;
  /** Of a statement that is prepared once per connection: the same name for the same text. */
  readonly name?: string;
  readonly values?: readonly unknown[];
}

/** One connection, to ask one thing after the other. */
export interface Session {
  query(statement: Statement | string): Promise<readonly Row[]>;
}

/** A connection that is kept. */
export interface Held {
  readonly session: Session;
  /** Whether the connection was lost, as far as that was noticed. */
  readonly isLost: boolean;
  /** Told of it, also while nothing is asked. */
  onLost(listener: () => void): void;
  onNotification(listener: (payload: string) => void): void;
  /** @param isBroken it is not to be used again */
  release(isBroken?: boolean): void;
}

export interface Database {
  readonly address: DatabaseAddress;
  /**
   * Does some work with a connection, and all of it again with another one when that is lost, when a lock is not got or the database
   * says so; it has to find out by itself what was done before.
   *
   * @throws StoreError unavailable, once its bound has passed; full
   */
  run<T>(work: (session: Session) => Promise<T>): Promise<T>;
  query(statement: Statement | string): Promise<readonly Row[]>;
  /** The same for work that brings its own connections. */
  insist<T>(work: () => Promise<T>): Promise<T>;
  /** A connection to keep, beside those for statements. @throws StoreError unavailable */
  hold(kind?: 'long' | 'walk'): Promise<Held>;
  /** What is wrong at present. */
  problem(): string | undefined;
  /** Tells that the database cannot be reached, and why; undefined: it can. */
  report(problem: string | undefined): void;
  /** Tells that there is room for what was written. */
  wrote(): void;
  readonly isClosed: boolean;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Milliseconds after which a call that gets no answer fails. */
  readonly bound?: number;
}

const BOUND_MS = 10_000;
const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 1000;

/** @throws what the first connection meets */
export async function openDatabase(
  address: DatabaseAddress,
  { bound = BOUND_MS }: DatabaseOptions = {},
): Promise<Database> {
  let lost: string | undefined;
  let full: string | undefined;
  let isClosed = false;
  /** What is kept: the pool waits for it when it ends. */
  const held = new Set<Held>();
  const pools = await openHostPools(address, (error) => {
    lost = safeReason(error);
  });

  async function attempt<T>(
    kind: PoolKind,
    deadline: number,
    work: (session: Session, client: PoolClient) => Promise<T>,
  ): Promise<T> {
    if (isClosed) throw new Error('the database was closed');
    const client = await pools.connect(kind);
    let isBroken = true;
    try {
      const result = await work(
        sessionOf(client, () => deadline - performance.now()),
        client,
      );
      isBroken = false;
      return result;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === 'readOnly') pools.leave(client);
      throw error;
    } finally {
      // After an error a transaction may be open, or an answer under way: the next connection costs little.
      client.release(isBroken);
    }
  }

  /** Waits before the next attempt. @throws when there is to be none */
  async function recover(error: unknown, attempts: number, deadline: number): Promise<void> {
    const trouble = isClosed ? undefined : troubleOf(error);
    if (trouble === undefined) throw error;
    const reason = safeReason(error);
    if (trouble === 'full') {
      full = reason;
      throw new StoreError('full', `the database has no room: ${reason}`, { cause: error });
    }
    const isBusy = trouble === 'again' || trouble === 'locked';
    if (!isBusy) lost = reason;
    const pause = pauseAfter(attempts);
    if (trouble === 'denied' || trouble === 'slow' || performance.now() + pause > deadline) {
      throw new StoreError('unavailable', `the database cannot be used: ${reason}`, { cause: error });
    }
    await delay(pause);
  }

  async function again<T>(once: (deadline: number) => Promise<T>): Promise<T> {
    const deadline = performance.now() + bound;
    for (let attempts = 0; ; attempts += 1) {
      try {
        const result = await once(deadline);
        lost = undefined;
        return result;
      } catch (error) {
        await recover(error, attempts, deadline);
      }
    }
  }

  const run: Database['run'] = (work) => again((deadline) => attempt('short', deadline, work));
  return {
    address,
    run,
    query: (statement) => run((session) => session.query(statement)),
    insist: again,
    hold: (kind = 'long') =>
      again(async () => {
        const client = await pools.connect(kind);
        const one: Held = heldBy(
          client,
          sessionOf(client, () => bound),
          () => held.delete(one),
        );
        held.add(one);
        return one;
      }),
    problem: () => lost ?? full,
    report(problem) {
      lost = problem;
    },
    wrote() {
      full = undefined;
    },
    get isClosed() {
      return isClosed;
    },
    async close() {
      isClosed = true;
      for (const one of held) one.release(true);
      await pools.close();
    },
  };
}

/** Twice as long after each, and never the same for two who lost the same server. */
function pauseAfter(attempts: number): number {
  const most = Math.min(FIRST_DELAY_MS * 2 ** attempts, LONGEST_DELAY_MS);
  return randomInt(Math.ceil(most / 2), most + 1);
}

const RAW = { getTypeParser: () => (value: string) => value };

/** @param left milliseconds for which an answer is waited for */
function sessionOf(client: PoolClient, left: () => number): Session {
  return {
    async query(statement) {
      const config = typeof statement === 'string' ? { text: statement } : statement;
      const answer = client.query({ ...config, rowMode: 'array', types: RAW } as never) as Promise<unknown>;
      const results = (await within(answer, left())) as { rows: Row[] } | { rows: Row[] }[];
      // Several statements in one text: the last is the one that answers.
      return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? [];
    },
  };
}

function heldBy(client: PoolClient, session: Session, onRelease: () => void): Held {
  let isLost = false;
  let isReleased = false;
  const listeners: (() => void)[] = [];
  const onNotifications: ((payload: string) => void)[] = [];
  const onLost = () => {
    if (isLost) return;
    isLost = true;
    for (const listener of listeners) listener();
  };
  const onNotification = ({ payload = '' }: { payload?: string | undefined }) => {
    for (const listener of onNotifications) listener(payload);
  };
  client.on('error', onLost).on('end', onLost).on('notification', onNotification);
  return {
    session,
    get isLost() {
      return isLost;
    },
    onLost(listener) {
      if (isLost) listener();
      else listeners.push(listener);
    },
    onNotification: (listener) => void onNotifications.push(listener),
    release(isBroken = false) {
      if (isReleased) return;
      isReleased = true;
      onRelease();
      client.off('error', onLost).off('end', onLost).off('notification', onNotification);
      client.release(isBroken || isLost);
    },
  };
}

async function within<T>(answer: Promise<T>, time: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong('it does not answer in time')), Math.max(time, 1));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}
