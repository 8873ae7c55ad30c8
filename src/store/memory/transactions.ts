import type { InstanceTransaction, TransactionOrigin } from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { Turn } from '../parts/turns.js';
import { type Committed, MemoryTransaction } from './memory-transaction.js';

/** How often the work of one transaction runs before it is given up. */
const MAX_ATTEMPTS = 3;

type Work<T> = (transaction: InstanceTransaction, attempt: number) => Promise<T>;

/** Runs the transactions of a store, each as often as it takes. */
export class Transactions {
  readonly #committed: Committed;
  /** Number of transactions that have not ended. */
  #running = 0;
  /** Told when the last transaction has ended. */
  readonly #waiting: (() => void)[] = [];

  constructor(committed: Committed) {
    this.#committed = committed;
  }

  /** @throws what `work` throws; StoreError conflict when every attempt was in vain */
  run<T>(work: Work<T>, origin: TransactionOrigin | undefined): Promise<T> {
    this.#running += 1;
    return this.#attempt(work, origin, new Turn(), 1);
  }

  /** Waits until no transaction runs. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async #attempt<T>(work: Work<T>, origin: TransactionOrigin | undefined, turn: Turn, attempt: number): Promise<T> {
    const { turns } = this.#committed;
    if (!turns.tryTake(turn)) await turns.take(turn);
    const transaction = new MemoryTransaction(this.#committed, turn);
    try {
      const result = await work(transaction, attempt);
      transaction.end();
      if (!transaction.hasWrites && !transaction.isVoid) return result;
      if (!turns.tryTake(turn)) await turns.take(turn);
      origin?.cancellation?.throwIfAborted();
      if (transaction.commit(origin)) return result;
    } catch (error) {
      transaction.end();
      // What a void attempt threw may come from reads that never were so together.
      if (!transaction.isVoid) throw error;
    } finally {
      if (!transaction.isVoid) this.#end(turn);
    }
    if (attempt < MAX_ATTEMPTS) return this.#attempt(work, origin, turn, attempt + 1);
    this.#end(turn);
    throw new StoreError('conflict', `others changed what was read in each of ${MAX_ATTEMPTS} attempts`);
  }

  #end(turn: Turn): void {
    this.#committed.turns.end(turn);
    this.#running -= 1;
    if (this.#running === 0) for (const tell of this.#waiting) tell();
  }
}
