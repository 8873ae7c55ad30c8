import { randomUUID } from 'node:crypto';
import type { InstanceTransaction, TransactionOrigin } from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { Turn } from '../parts/turns.js';
import { draftOf } from './draft.js';
import type { DurableLayers } from './durable-layers.js';
import { DurableTransaction } from './durable-transaction.js';
import { Overlay } from './overlay.js';

/** How often the work of one transaction runs before it is given up. */
const MAX_ATTEMPTS = 3;

type Work<T> = (transaction: InstanceTransaction, attempt: number) => Promise<T>;

/** What came of an attempt; undefined: it was in vain. */
type Result<T> = { readonly value: T } | { readonly error: unknown } | undefined;

/** Runs the transactions of a durable store, each as often as it takes. */
export class DurableTransactions {
  readonly #layers: DurableLayers;
  readonly #process = randomUUID();
  /** Attempts under way, the oldest first. */
  readonly #open = new Set<DurableTransaction>();
  #count = 0;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(layers: DurableLayers) {
    this.#layers = layers;
  }

  /** @throws what `work` throws; StoreError conflict when every attempt was in vain, full, failed, unavailable */
  async run<T>(work: Work<T>, origin: TransactionOrigin | undefined): Promise<T> {
    this.#running += 1;
    try {
      const fresh = this.#layers.committed.fresh();
      const meanwhile = this.#mayBeginBefore() ? fresh : undefined;
      if (meanwhile !== fresh) await fresh;
      meanwhile?.catch(ignore);
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const leave = attempt === MAX_ATTEMPTS ? await this.#goAhead() : undefined;
        const result = await this.#attempt(work, origin, attempt, meanwhile).finally(leave);
        if (result && 'error' in result) throw result.error;
        if (result) return result.value;
      }
      throw new StoreError('conflict', `others changed what was read in each of ${MAX_ATTEMPTS} attempts`);
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const tell of this.#waiting) tell();
    }
  }

  /**
   * What is known is most often the present. Where asking takes a way to another machine, the work begins with it meanwhile: what it has to read
   * goes the same way at the same time.
   */
  #mayBeginBefore(): boolean {
    const { committed } = this.#layers;
    return committed.isFar && committed.isKnown;
  }

  /** The last attempt runs while no other process commits, so that it is not in vain as well. */
  async #goAhead(): Promise<(() => void) | undefined> {
    const { precedence, committed } = this.#layers;
    const leave = await precedence?.take();
    // What the others did before.
    if (leave) await committed.check();
    return leave;
  }

  /** Waits until no transaction runs. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** @param fresh it has begun with what was known before; once this resolves it is known whether that was the present */
  async #attempt<T>(
    work: Work<T>,
    origin: TransactionOrigin | undefined,
    attempt: number,
    fresh: Promise<void> | undefined,
  ): Promise<Result<T>> {
    const { turns } = this.#layers;
    const turn = new Turn();
    if (!turns.tryTake(turn)) await turns.take(turn);
    const transaction = new DurableTransaction(this.#layers, turn, attempt);
    this.#open.add(transaction);
    // Of what others have committed before it began it has to know, whether or not it writes.
    const checked = fresh?.then(() => void transaction.isCurrent());
    checked?.catch(ignore);
    try {
      const result = await settle(work, transaction, attempt);
      if (checked !== undefined) await this.#inTurn(checked, transaction, turn);
      if (await this.#isGood(result, transaction, turn, origin)) return result;
      // The work of one who claimed does not run again.
      if (transaction.view.isClaimed) throw new StoreError('unavailable', 'the claim of the store was lost');
      return undefined;
    } finally {
      try {
        await transaction.release();
      } finally {
        turns.end(turn);
        this.#close(transaction);
      }
    }
  }

  /** Those behind it go by what it writes: they would otherwise do the same with what was there before, in vain. */
  async #inTurn(checked: Promise<void>, transaction: DurableTransaction, turn: Turn): Promise<void> {
    const { turns } = this.#layers;
    const keeps = transaction.hasWrites && !turn.isKept && turns.tryTake(turn);
    if (keeps) turn.isKept = true;
    try {
      await checked;
    } finally {
      if (keeps) turns.loosen(turn);
    }
  }

  #close(transaction: DurableTransaction): void {
    this.#open.delete(transaction);
    const [oldest] = this.#open;
    const { tip } = this.#layers;
    tip.trim(oldest?.begun ?? tip.count);
  }

  /** Whether what the work came to counts, and is committed. */
  async #isGood(
    result: { readonly value: unknown } | { readonly error: unknown },
    transaction: DurableTransaction,
    turn: Turn,
    origin: TransactionOrigin | undefined,
  ): Promise<boolean> {
    const { turns } = this.#layers;
    if (transaction.isVoid) return false;
    if ('error' in result || !transaction.hasWrites) {
      turns.end(turn);
      return this.#isSettled(transaction);
    }
    if (!turns.tryTake(turn)) await turns.take(turn);
    return this.#commit(transaction, turn, origin);
  }

  /** Whether all that was seen came to be. */
  async #isSettled(transaction: DurableTransaction): Promise<boolean> {
    return (await this.#layers.group.settled(transaction.view.reads)) && !transaction.hasSeenUndone();
  }

  /** For whoever has the turn. */
  async #commit(transaction: DurableTransaction, turn: Turn, origin: TransactionOrigin | undefined): Promise<boolean> {
    const { turns, group } = this.#layers;
    origin?.cancellation?.throwIfAborted();
    if (!transaction.isCurrent()) return false;
    this.#count += 1;
    const { view } = transaction;
    const draft = draftOf(`${this.#process}-${this.#count}`, origin, view.own ?? new Overlay());
    if (draft.writes.length === 0 && !draft.isCleared) return this.#isSettled(transaction);
    const done = group.commit(draft, view.reads);
    // Others go on, on top of it; with a claim they wait.
    if (!view.isClaimed) turns.end(turn);
    return (await done) === 'done';
  }
}

async function settle<T>(
  work: Work<T>,
  transaction: DurableTransaction,
  attempt: number,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    const value = await work(transaction, attempt);
    await transaction.finish();
    return { value };
  } catch (error) {
    return { error };
  } finally {
    transaction.end();
  }
}

function ignore(): void {
  // Whoever waits for it is told.
}
