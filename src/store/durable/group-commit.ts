import { setImmediate } from 'node:timers/promises';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { Appended, CommitsAfter, Present, StoredChange, StoredCommit } from './backend.js';
import { ChangeSet, EVERYTHING } from './change-set.js';
import type { Committed } from './committed.js';
import { commitAfter, type Draft, movedDraft } from './draft.js';
import { Gathering } from './gathering.js';
import { Overlay } from './overlay.js';
import type { Tip } from './tip.js';
import type { TrackedReads } from './tracked-reads.js';

/** Commits that are appended together at most. */
const MANY = 1024;

/** `void`: what it had read is no longer so. */
export type Outcome = 'done' | 'void';

/** Commits that were appended together, until it is decided what came of them. */
interface Flight {
  readonly commits: readonly StoredCommit[];
  readonly start: number;
  readonly answer: Promise<Appended>;
  /** One in front of it has failed, and it has been decided of this one, too. */
  isOver: boolean;
}

interface Pending {
  draft: Draft;
  readonly reads: TrackedReads;
  commit: StoredCommit;
  readonly done: Promise<Outcome>;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits on their way into the backend. While some are being appended, others are drafted on top of them, and appended together next:
 * one wait for the disk serves all of them. Nobody is told of a commit before it is there; one that fails takes those with it that have
 * seen it.
 */
export class GroupCommit {
  readonly #committed: Committed;
  readonly #tip: Tip;
  readonly #gathering = new Gathering();
  #pending: Pending[] = [];
  #overlay: Overlay | undefined;
  /** Those that are being appended. */
  readonly #sent = new Map<string, StoredCommit>();
  readonly #flights: Flight[] = [];
  /** An append has failed: none follows until all have ended. */
  #isFailing = false;
  /** Found to be there while the answer to their append was awaited. */
  #landedEarly: Pending[] = [];
  /** Being appended while so much happened that it cannot be told whether they are there: the answer tells. */
  #undecided: Pending[] = [];
  #running: Promise<void> | undefined;
  /** Ends with the append that was begun last. */
  #appending: Promise<void> | undefined;
  /** Number of commits that are appended one by one, since all of them together were too much. */
  #single = 0;

  constructor(committed: Committed, tip: Tip) {
    this.#committed = committed;
    this.#tip = tip;
    committed.listen({
      own: (id) => this.#sent.get(id),
      landed: (id) => this.#landed(id),
      changed: (changes) => this.#rebase(changes),
      forgotten: () => this.#forgotten(),
      appending: () => this.#appending,
      isClearing: () => [...this.#sent.values()].some(({ isCleared }) => isCleared),
    });
  }

  /** The point in time after all that is on its way. */
  get present(): Present {
    return this.#pending.at(-1)?.commit.present ?? this.#committed.present;
  }

  /** All that is on its way, over what is committed; undefined when nothing is. */
  get overlay(): Overlay | undefined {
    if (this.#pending.length === 0) return undefined;
    if (this.#overlay) return this.#overlay;
    for (const { commit } of this.#pending) this.#lay(commit);
    return this.#overlay;
  }

  #lay({ isCleared, changes }: StoredCommit): void {
    if (!this.#overlay || isCleared) this.#overlay = new Overlay(isCleared);
    for (const change of changes) this.#overlay.lay(change);
  }

  /** Commits a draft after all others. For whoever knows that what it has read is so. */
  commit(draft: Draft, reads: TrackedReads): Promise<Outcome> {
    const { overlay } = this;
    const commit = commitAfter(this.present, draft);
    const pending = pendingOf(draft, reads, commit);
    this.#pending.push(pending);
    if (overlay || this.#pending.length === 1) this.#lay(commit);
    this.#tip.add(setOf(commit));
    this.#gathering.arrived(this.#pending.length);
    this.#running ??= this.#run();
    return pending.done;
  }

  /**
   * Waits until all that these reads have seen of what is on its way is committed.
   *
   * @returns false when some of it has come to nothing
   */
  async settled(reads: TrackedReads): Promise<boolean> {
    if (this.#running === undefined || reads.isEmpty) return true;
    const open = [...this.#landedEarly, ...this.#undecided, ...this.#pending];
    const seen = open.filter(({ commit }) => reads.isTouchedBy(setOf(commit)));
    const outcomes = await Promise.allSettled(seen.map(({ done }) => done));
    return outcomes.every((one) => one.status === 'fulfilled' && one.value === 'done');
  }

  /** Waits until nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // Those of the same turn of the event loop go together.
    await setImmediate();
    try {
      while (this.#pending.length > 0) {
        const wait = this.#single === 0 ? this.#gathering.wait(() => this.#pending.length) : undefined;
        if (wait !== undefined) await wait;
        await this.#append();
      }
    } finally {
      this.#running = undefined;
    }
  }

  /** Appends what waits, and while that is on its way what comes after. */
  async #append(): Promise<void> {
    if (this.#committed.backend.isExclusive) {
      // After an error it is not known what is there.
      try {
        await this.#committed.fresh();
      } catch (error) {
        this.#failAll(error);
        return;
      }
    }
    this.#send();
    for (let last = this.#appending; last !== undefined; ) {
      await last;
      if (last === this.#appending) this.#appending = undefined;
      last = this.#appending;
    }
  }

  #send(): void {
    const first = this.#sent.size;
    const many = this.#single > 0 ? 1 : MANY;
    const commits = this.#pending.slice(first, first + many).map(({ commit }) => commit);
    const [oldest] = commits;
    if (oldest === undefined) return;
    if (this.#single > 0) this.#single -= 1;
    for (const commit of commits) this.#sent.set(commit.id, commit);
    const start = performance.now();
    const answer = this.#committed.backend.append(oldest.version - 1, commits, () => this.#sendNext());
    const flight = { commits, start, answer, isOver: false };
    this.#flights.push(flight);
    this.#appending = this.#land(flight, this.#appending);
  }

  /** What is in flight only waits for the disk. */
  #sendNext(): void {
    if (!this.#committed.backend.isExclusive || this.#single > 0 || this.#isFailing) return;
    if (this.#gathering.isWorthIt(this.#pending.length - this.#sent.size)) this.#send();
  }

  async #land(flight: Flight, before: Promise<void> | undefined): Promise<void> {
    const { commits, answer, start } = flight;
    const came = await answer.then(
      (appended) => appended,
      (error: unknown) => ({ kind: 'failed', error }) as const,
    );
    await before;
    if (flight.isOver) return;
    if (came.kind === 'done') {
      this.#flights.shift();
      for (const commit of commits) this.#committed.takeUp(commit);
      this.#decide(commits, (pending) => pending.settle('done'), { isDone: true });
      for (const { id } of commits) this.#sent.delete(id);
      this.#gathering.appended(commits.length + this.#pending.length, start);
      return;
    }
    await (came.kind === 'moved' ? this.#crash(undefined, came.since) : this.#crash(came.error));
    // What was not written is pending still, or comes again.
    this.#gathering.appended(Math.max(commits.length, this.#pending.length), start);
  }

  /**
   * What follows on commits that are not there comes to nothing; before it is decided what is there, all have to be answered.
   *
   * @param error undefined: others were first
   * @param since what they did, when that is known
   */
  async #crash(error: unknown, since?: CommitsAfter): Promise<void> {
    this.#isFailing = true;
    const flights = this.#flights.splice(0);
    await Promise.allSettled(flights.map(({ answer }) => answer));
    for (const flight of flights) flight.isOver = true;
    const commits = flights.flatMap((flight) => flight.commits);
    try {
      if (error !== undefined) throw error;
      await this.#committed.backend.certain?.();
      await this.#committed.check(since);
      this.#decide(commits, (pending) => pending.settle('void'));
    } catch (reason) {
      await this.#fail(reason, commits);
    } finally {
      this.#sent.clear();
      this.#isFailing = false;
    }
  }

  /** The answer to an append has come: now those are told that did not wait among the others. */
  #decide(
    commits: readonly StoredCommit[],
    tell: (pending: Pending) => void,
    { isDone = false, isCertain = true } = {},
  ) {
    const ids = new Set(commits.map(({ id }) => id));
    const [landed, undecided] = [this.#landedEarly, this.#undecided];
    this.#landedEarly = landed.filter(({ commit }) => !ids.has(commit.id));
    this.#undecided = [];
    for (const pending of landed) {
      if (!ids.has(pending.commit.id)) continue;
      if (isCertain) pending.settle('done');
      else tell(pending);
    }
    if (!isDone) this.#undo(undecided);
    for (const pending of undecided) tell(pending);
  }

  async #fail(error: unknown, commits: readonly StoredCommit[]): Promise<void> {
    this.#committed.doubt();
    const isFull = error instanceof StoreError && error.kind === 'full';
    let isCertain = false;
    try {
      await this.#committed.backend.certain?.();
      isCertain = true;
      // Perhaps it was done, and only the answer is lost.
      await this.#committed.check();
    } catch {
      this.#decide(commits, ({ fail }) => fail(error), { isCertain });
      this.#failAll(error);
      return;
    }
    this.#decide(commits, ({ fail }) => fail(error));
    if (!isFull) this.#failAll(error);
    else if (commits.length > 1) this.#single = commits.length;
    else this.#failOne(error, commits[0]?.id);
  }

  #failAll(error: unknown): void {
    const failed = this.#pending;
    this.#pending = [];
    this.#overlay = undefined;
    this.#single = 0;
    this.#undo(failed);
    for (const { fail } of failed) fail(error);
  }

  #failOne(error: unknown, id: string | undefined): void {
    const failed = this.#pending.filter(({ commit }) => commit.id === id);
    this.#pending = this.#pending.filter((pending) => !failed.includes(pending));
    for (const { fail } of failed) fail(error);
    this.#undo(failed);
    this.#revise(failed.map(({ commit }) => setOf(commit)));
  }

  #landed(id: string): void {
    const [first] = this.#pending;
    if (first?.commit.id !== id) return;
    this.#pending.shift();
    this.#sent.delete(id);
    this.#overlay = undefined;
    this.#landedEarly.push(first);
  }

  /** Others have committed, and it cannot be told what. What is being appended may be there among it. */
  #forgotten(): void {
    this.#undecided.push(...this.#pending.filter(({ commit }) => this.#sent.has(commit.id)));
    this.#pending = this.#pending.filter(({ commit }) => !this.#sent.has(commit.id));
    this.#rebase(EVERYTHING);
  }

  /** Others have committed before those that are on their way. */
  #rebase(changes: ChangeSet): void {
    const comesBefore = this.#pending.length > 0 || this.#undecided.length > 0 || this.#landedEarly.length > 0;
    this.#tip.add(comesBefore ? changes.asUndone() : changes);
    this.#revise([changes]);
  }

  /** Takes out what has read something that is otherwise, and those that have read it, and counts the others anew. */
  #revise(changed: ChangeSet[]): void {
    this.#overlay = undefined;
    if (this.#pending.length === 0) return;
    const [kept, gone]: [Pending[], Pending[]] = [[], []];
    for (const pending of this.#pending) {
      const isVoid = changed.some((set) => pending.reads.isTouchedBy(set));
      if (isVoid) changed.push(setOf(pending.commit));
      (isVoid ? gone : kept).push(pending);
    }
    this.#pending = kept;
    this.#renumber();
    this.#undo(gone);
    for (const { settle } of gone) settle('void');
  }

  #renumber(): void {
    const moved = new Map<number, number>();
    const changes: StoredChange[] = [];
    let { present } = this.#committed;
    for (const pending of this.#pending) {
      const before = pending.commit;
      pending.draft = movedDraft(pending.draft, moved);
      pending.commit = commitAfter(present, pending.draft);
      present = pending.commit.present;
      for (const [at, change] of pending.commit.changes.entries()) {
        const drafted = before.changes[at]?.sequence;
        if (drafted === undefined || drafted === change.sequence || !change.after) continue;
        moved.set(drafted, change.sequence);
        changes.push({ ...change, before: change.after, formerSequence: drafted });
      }
    }
    // Whoever has seen where they were must look again.
    if (changes.length > 0) this.#tip.add(new ChangeSet(changes));
  }

  #undo(gone: readonly Pending[]): void {
    for (const { commit } of gone) {
      this.#tip.add(new ChangeSet(commit.changes, { isEverything: commit.isCleared, isUndone: true }));
    }
  }
}

function pendingOf(draft: Draft, reads: TrackedReads, commit: StoredCommit): Pending {
  let settle: (outcome: Outcome) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const done = new Promise<Outcome>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  return { draft, reads, commit, done, settle, fail };
}

function setOf(commit: StoredCommit): ChangeSet {
  return new ChangeSet(commit.changes, { isEverything: commit.isCleared });
}
