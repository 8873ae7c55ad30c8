/** A commit that is not known to be on the disk. */
interface Waiting {
  /** Otherwise it may have come to nothing, and says nothing of others. */
  readonly hasWritten: boolean;
  /** How much had failed when it began. */
  readonly doubts: number;
  /** Among all that have begun. */
  readonly number: number;
  readonly kept: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A commit under way, to be told how it ends. */
export interface BegunCommit {
  /**
   * It is committed, and has written something. Resolves when it is on the disk.
   *
   * @param next called at once: a commit that it begins saves a wait for the disk
   * @throws what the wait has failed with
   */
  committed(next?: () => void): Promise<void>;
  /** It may have written nothing. Resolves when all that is committed is on the disk. */
  ended(): Promise<void>;
  /** It has written nothing. */
  nothing(): void;
  /** @param isRefused nothing was waited for: there was no room to begin with */
  failed(error: unknown, isRefused: boolean): void;
}

export interface DiskWaitsOptions {
  /** Waits until all that is committed is on the disk. */
  sync(): Promise<void>;
  /** Commits something, whatever it is. */
  commitAnything(): Promise<unknown>;
}

/**
 * When commits of an environment with `noMetaSync` are on the disk. LMDB writes the pages of a commit, waits for the disk, and writes the page that
 * says that the commit is there (its meta page). The next wait for the disk takes that along: the one of the next commit, where one follows at
 * once, or one that is asked for. Until then the disk has the commit before, whose pages nobody has written over.
 *
 * After a wait that failed the system may hold for written what is not, and the next wait ends well without it. Then something is committed
 * anew, on the other meta page, before anything is said to be on the disk.
 */
export class DiskWaits {
  readonly #options: DiskWaitsOptions;
  /** In the order in which they were committed. */
  readonly #waiting = new Set<Waiting>();
  /** Commits that have begun. */
  #begun = 0;
  /** Waits and commits that have failed, and how many of them are made good. */
  #doubts = 0;
  #healed = 0;
  #healing: Promise<unknown> | undefined;
  /** Commits that had begun before the one that makes good. */
  #healedFrom = 0;
  readonly #syncs = new Set<Promise<void>>();

  constructor(options: DiskWaitsOptions) {
    this.#options = options;
  }

  /** A commit begins after all that are committed so far. */
  begin(): BegunCommit {
    this.#begun += 1;
    const [earlier, doubts, number] = [[...this.#waiting], this.#doubts, this.#begun];
    return {
      committed: (next) => {
        this.#keep(earlier);
        return this.#wait({ hasWritten: true, doubts, number }, next);
      },
      ended: () => this.#wait({ hasWritten: false, doubts, number }),
      nothing: () => {
        // Others may have relied on it.
        if (this.#waiting.size > 0) this.#sync();
      },
      failed: (error, isRefused) => {
        const left = [...this.#waiting];
        if (!isRefused) this.#doubts += 1;
        if (left.length === 0) return;
        if (isRefused) this.#sync();
        else void this.#heal(left, error);
      },
    };
  }

  /** Resolves when what is committed and waits for nothing is on the disk: also what has failed, and is seen. @throws what committing failed with */
  async certain(): Promise<void> {
    if (this.#healed === this.#doubts) return;
    if (this.#healing === undefined) {
      this.#healedFrom = this.#begun;
      this.#healing = this.#options.commitAnything().finally(() => {
        this.#healing = undefined;
      });
    }
    await this.#healing;
  }

  /** Resolves when nobody waits for the disk. */
  async idle(): Promise<void> {
    while (this.#syncs.size > 0) await Promise.all(this.#syncs);
  }

  async #wait(commit: Pick<Waiting, 'hasWritten' | 'doubts' | 'number'>, next?: () => void): Promise<void> {
    const waiting = waitingOne(commit);
    this.#waiting.add(waiting);
    const begun = this.#begun;
    next?.();
    if (this.#begun === begun) this.#sync();
    await waiting.kept;
  }

  /** @param error what those fail with that are to make good what has failed */
  async #heal(left: readonly Waiting[], error: unknown): Promise<void> {
    const isOwn = (one: Waiting) => this.#healing !== undefined && one.number > this.#healedFrom;
    const own = left.filter(isOwn);
    this.#fail(own, error);
    const others = left.filter((one) => !own.includes(one));
    if (others.length > 0) await this.certain().catch((reason) => this.#fail(others, reason));
  }

  #sync(): void {
    const syncing = this.#syncNow([...this.#waiting]).finally(() => this.#syncs.delete(syncing));
    this.#syncs.add(syncing);
  }

  async #syncNow(waiting: readonly Waiting[]): Promise<void> {
    try {
      await this.#options.sync();
    } catch (error) {
      this.#doubts += 1;
      this.#fail(waiting, error);
      return;
    }
    this.#keep(waiting);
    // Something has failed since they began: their own pages may be among what is lost.
    const left = waiting.filter((one) => this.#waiting.has(one));
    if (left.length > 0) void this.#heal(left, new Error('the disk has failed meanwhile'));
  }

  /** The disk was waited for since: those that began after all that has failed are there, and with them all that came before them. */
  #keep(some: readonly Waiting[]): void {
    const isSure = (one: Waiting) => one.doubts === this.#doubts;
    const last = some.findLastIndex((one) => one.hasWritten && isSure(one));
    if (last >= 0) this.#healed = this.#doubts;
    for (const [at, one] of some.entries()) {
      if (at > last && !isSure(one)) continue;
      this.#waiting.delete(one);
      one.resolve();
    }
  }

  #fail(some: readonly Waiting[], error: unknown): void {
    for (const one of some) {
      this.#waiting.delete(one);
      one.reject(error);
    }
  }
}

function waitingOne(commit: Pick<Waiting, 'hasWritten' | 'doubts' | 'number'>): Waiting {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const kept = new Promise<void>((...both) => {
    [resolve, reject] = both;
  });
  return { ...commit, kept, resolve, reject };
}
