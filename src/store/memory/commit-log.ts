import type { Changes, Commit, InstanceChange, TransactionOrigin } from '../../cim/contracts/instance-store.js';

/** Commits that are remembered, and changes in all of them together. */
const MAX_COMMITS = 1024;
const MAX_CHANGES = 16_384;
/** Of the instances that changes have replaced or deleted, which live on in the log alone. */
const MAX_BYTES = 16_777_216;

type LoggedCommit = Omit<Commit, 'version'> & { readonly bytes: number };

const NOTHING: LoggedCommit = { origin: undefined, changes: [], bytes: 0 };

const VERSION = /^(?:0|[1-9]\d{0,15})$/;

/** The last commits, numbered from 1. Instances that were replaced live on in it, so it is bounded. */
export class CommitLog {
  /** Oldest first; those before `#first` are forgotten, and dropped when they are many. */
  #commits: LoggedCommit[] = [];
  #first = 0;
  #changes = 0;
  #bytes = 0;
  #version = 0;

  /** Number of the last commit. */
  get version(): number {
    return this.#version;
  }

  /**
   * Only what names the origin is kept.
   *
   * @param bytes that the instances take as they were before
   */
  add(changes: readonly InstanceChange[], origin: TransactionOrigin | undefined, bytes: number): void {
    this.#version += 1;
    const kept = origin && { id: origin.id, user: origin.user };
    this.#commits.push({ origin: kept, changes, bytes });
    this.#changes += changes.length;
    this.#bytes += bytes;
    while (this.#isTooMuch()) this.#forgetOldest();
  }

  /** Counts a commit that changed everything, and forgets what was before. */
  forget(): void {
    this.#version += 1;
    this.#commits = [];
    this.#first = 0;
    this.#changes = 0;
    this.#bytes = 0;
  }

  #isTooMuch(): boolean {
    const commits = this.#commits.length - this.#first;
    return commits > MAX_COMMITS || this.#changes > MAX_CHANGES || (this.#bytes > MAX_BYTES && commits > 0);
  }

  /** @throws RangeError when `after` is no version, or `limit` is less than 1 */
  after(after: string, limit: number): Changes {
    if (!VERSION.test(after)) throw new RangeError('not a version of an instance store');
    if (!(limit >= 1)) throw new RangeError('at least one commit is asked for');
    const skipped = Number(after) - (this.#version - (this.#commits.length - this.#first));
    // A version to come is one of another store, or of this one before its process ended.
    if (skipped < 0 || Number(after) > this.#version) return { kind: 'forgotten' };
    const from = this.#first + skipped;
    const commits = this.#commits.slice(from, from + limit).map(({ origin, changes }, at) => {
      return { version: (Number(after) + at + 1).toFixed(), origin, changes };
    });
    return { kind: 'commits', commits };
  }

  #forgetOldest(): void {
    const { changes, bytes } = this.#commits[this.#first] ?? NOTHING;
    this.#changes -= changes.length;
    this.#bytes -= bytes;
    // Its instances go now, its place with many others.
    this.#commits[this.#first] = NOTHING;
    this.#first += 1;
    if (this.#first < MAX_COMMITS) return;
    this.#commits = this.#commits.slice(this.#first);
    this.#first = 0;
  }
}
