import type { Backend } from './backend.js';
import { inTime } from './in-time.js';

/** For how long other processes are kept waiting at most, in milliseconds: what runs may wait for something outside. */
const MOST_MS = 1_000;

/** One claim of the backend, for all transactions that asked for it before the first of them was done. */
interface Claimed {
  readonly claim: Promise<{ release(): Promise<void> }>;
  users: number;
  /** Whoever comes now waits for the next one: otherwise other processes would never have their turn. */
  isFull: boolean;
  readonly over: Promise<void>;
  readonly end: () => void;
}

/**
 * Lets transactions that other processes have often been ahead of go before those: nobody else appends meanwhile. Those of this process
 * share a claim, and so go into one group.
 */
export class Precedence {
  readonly #backend: Backend;
  readonly #claimMs: number;
  #claimed: Claimed | undefined;

  /** @param claimMs for how long others are waited for */
  constructor(backend: Backend, claimMs: number) {
    this.#backend = backend;
    this.#claimMs = claimMs;
  }

  /** @returns what gives it back @throws StoreError unavailable */
  async take(): Promise<() => void> {
    while (this.#claimed?.isFull) await this.#claimed.over;
    this.#claimed ??= this.#begin();
    const claimed = this.#claimed;
    claimed.users += 1;
    try {
      await claimed.claim;
    } catch (error) {
      this.#leave(claimed);
      throw error;
    }
    return () => this.#leave(claimed);
  }

  #begin(): Claimed {
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const claim = inTime(this.#backend.claim(), this.#claimMs, (late) => late.release());
    const claimed: Claimed = { claim, users: 0, isFull: false, over, end };
    const limit = () => setTimeout(() => void this.#release(claimed), MOST_MS).unref();
    claim.then(limit, () => undefined);
    return claimed;
  }

  #leave(claimed: Claimed): void {
    claimed.isFull = true;
    claimed.users -= 1;
    if (claimed.users === 0) void this.#release(claimed);
  }

  async #release(claimed: Claimed): Promise<void> {
    if (this.#claimed !== claimed) return;
    claimed.isFull = true;
    try {
      await (await claimed.claim).release();
    } catch {
      // What could not be claimed is not held, and what could not be given back is lost with its connection.
    }
    if (this.#claimed === claimed) this.#claimed = undefined;
    claimed.end();
  }
}
