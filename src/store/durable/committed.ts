import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { Answer, Backend, CommitsAfter, Present, Read, StoredCommit } from './backend.js';
import { ChangeSet, EVERYTHING } from './change-set.js';
import { InstanceCache } from './instance-cache.js';
import { type Found, keyOf, type LookUp, LookUps, NOTHING_FOUND } from './look-ups.js';

/** Commits that are asked for at once. */
const MANY = 256;
/** Changes of the last commits, for what was read before them. */
const MAX_CHANGES = 4096;
const MAX_COMMITS = 1024;
/** For a slow answer nobody waits longer than this before asking again. */
const LONGEST_LINE_MS = 20;

/** Look-ups take this part of the bytes of instances. */
const LOOK_UPS_PART = 4;
/** An instance takes so many times the bytes of its document, about. */
const BYTES_OF_DOCUMENT = 6;
const UNKNOWN: Present = { version: -1, sequence: 0, cleared: 0 };

/** Told of what becomes committed. */
export interface CommittedListener {
  /** One's own commit in its words, when this is one that was appended. */
  own(id: string): StoredCommit | undefined;
  /** Of a commit that is one's own. */
  landed(id: string): void;
  /** Others have changed this. */
  changed(changes: ChangeSet): void;
  /** Others have changed so much that it cannot be told what. */
  forgotten(): void;
  /** An append is under way: resolves when it has ended. */
  appending(): Promise<void> | undefined;
  /** One's own commits that are being appended clear everything. */
  isClearing(): boolean;
}

/** What is committed, as far as this process knows it: read from the backend once, and followed commit by commit. */
export class Committed {
  readonly backend: Backend;
  readonly instances: InstanceCache;
  readonly #lookUps: LookUps;
  #listener: CommittedListener | undefined;
  /** Told when others have cleared everything. */
  readonly #clearedListeners = new Set<() => void>();
  #present = UNKNOWN;
  /** Of the last versions, the last one at the end. */
  #recent: ChangeSet[] = [];
  #recentChanges = 0;
  #isCertain = false;
  #doubts = 0;
  #nextCheck: Promise<void> | undefined;
  /** The question that was asked last, until it is answered. */
  #checking: Promise<void> | undefined;
  #wanted: Map<string, Read> | undefined;
  #loading: Promise<ReadonlyMap<string, LookUp>> | undefined;

  constructor(backend: Backend, mostBytes: number) {
    this.backend = backend;
    this.instances = new InstanceCache(mostBytes);
    // They keep instances, too, most of them the same.
    this.#lookUps = new LookUps(mostBytes / LOOK_UPS_PART);
  }

  listen(listener: CommittedListener): void {
    this.#listener = listener;
  }

  onCleared(listener: () => void): () => void {
    this.#clearedListeners.add(listener);
    return () => this.#clearedListeners.delete(listener);
  }

  get present(): Present {
    return this.#present;
  }

  /** It was read from the backend what the present is: whoever goes by it hears of changes. */
  get isKnown(): boolean {
    return this.#present !== UNKNOWN;
  }

  /** What is known is the present, without waiting for an answer. */
  get isFresh(): boolean {
    return this.#isCertain && (this.backend.isExclusive || (this.backend.isPresent?.(this.#present.version) ?? false));
  }

  /** Whether asking what the present is takes a way to another machine. */
  get isFar(): boolean {
    return !this.backend.isExclusive && this.backend.isPresent === undefined;
  }

  /** What is known is the present once this resolves; undefined when it is so already. */
  fresh(): Promise<void> | undefined {
    if (this.isFresh) return undefined;
    this.#nextCheck ??= this.#checkSoon();
    return this.#nextCheck;
  }

  /** It may be that something was committed, or not. */
  doubt(): void {
    this.#isCertain = false;
    this.#doubts += 1;
  }

  /** One question for all who ask in the same turn of the event loop, or until the one before is answered: the next one serves them all. */
  async #checkSoon(): Promise<void> {
    if (this.isFar) await setImmediate();
    else await undefined;
    if (this.#checking !== undefined) await Promise.race([this.#checking, delay(LONGEST_LINE_MS)]);
    this.#nextCheck = undefined;
    const checked = this.check();
    const checking = checked.catch(ignore).then(() => {
      if (this.#checking === checking) this.#checking = undefined;
    });
    this.#checking = checking;
    await checked;
  }

  /** Takes up all that was committed. @param since what the backend has told of it already */
  async check(since?: CommitsAfter): Promise<void> {
    const doubts = this.#doubts;
    if (this.#present === UNKNOWN) {
      const { present } = await this.backend.read([]);
      if (this.#present === UNKNOWN) this.#present = present;
    }
    // That others put the state back is found out by asking.
    for (let told = since?.kind === 'commits' ? since : undefined; ; told = undefined) {
      const asked = this.#present.version;
      const answer: CommitsAfter = told ?? (await this.backend.commitsAfter(asked, MANY));
      if (answer.kind === 'forgotten') {
        this.#lose(answer, asked);
        break;
      }
      for (const commit of answer.commits) this.takeUp(commit);
      if (answer.present.version <= this.#present.version) break;
    }
    // A question that was asked before the doubt does not remove it.
    if (doubts === this.#doubts) this.#isCertain = true;
  }

  /** A lower version, or another commit of the same: the state was put back, as by a standby that lacked the last commits. */
  #lose({ present, wasPutBack = false }: Extract<CommitsAfter, { kind: 'forgotten' }>, asked: number): void {
    const isPutBack = wasPutBack || present.version < asked;
    if (isPutBack) this.instances.clear();
    if (isPutBack || present.version > this.#present.version) this.#forget(present);
  }

  /** Takes up a commit, unless that was done before. */
  takeUp(commit: StoredCommit): void {
    if (commit.version <= this.#present.version) return;
    if (commit.version > this.#present.version + 1) {
      this.#forget(commit.present);
      return;
    }
    const own = this.#listener?.own(commit.id);
    const { isCleared, changes, present } = own ?? commit;
    this.#present = present;
    if (isCleared) {
      this.instances.clear();
      this.#lookUps.clear();
    }
    for (const change of changes) this.instances.apply(change, present.version);
    const set = isCleared ? EVERYTHING : new ChangeSet(changes);
    this.#remember(set);
    if (own) this.#listener?.landed(commit.id);
    else this.#listener?.changed(set);
    if (isCleared && !own) this.#tellCleared();
  }

  /** They are called when what is known is whole again. */
  #tellCleared(): void {
    for (const listener of this.#clearedListeners) queueMicrotask(listener);
  }

  #forget(present: Present): void {
    const isCleared = this.#present !== UNKNOWN && present.cleared !== this.#present.cleared;
    if (isCleared && !this.#listener?.isClearing()) this.#tellCleared();
    this.#present = present;
    this.instances.forgetPlaces();
    this.#lookUps.clear();
    this.#recent = [];
    this.#recentChanges = 0;
    this.#listener?.forgotten();
  }

  #remember(set: ChangeSet): void {
    this.#recent.push(set);
    this.#recentChanges += set.changes.length;
    if (this.#recent.length <= 2 * MAX_COMMITS && this.#recentChanges <= 2 * MAX_CHANGES) return;
    let from = 0;
    while (
      this.#recent.length - from > MAX_COMMITS ||
      (this.#recentChanges > MAX_CHANGES && from < this.#recent.length)
    ) {
      this.#recentChanges -= this.#recent[from]?.changes.length ?? 0;
      from += 1;
    }
    this.#recent = this.#recent.slice(from);
  }

  /** The answer to a read, when it is known at present. */
  peek(read: Read, held?: ReadonlyMap<string, LookUp>): LookUp | undefined {
    const asked = this.#normal(read);
    const key = keyOf(asked);
    const lookUp = held?.get(key) ?? this.#lookUps.get(key);
    if (lookUp && this.#isStill(lookUp)) return lookUp;
    if (lookUp) this.#lookUps.delete(key);
    return asked.kind === 'get' ? this.#peekPath(asked) : undefined;
  }

  #peekPath(read: Extract<Read, { kind: 'get' }>): LookUp | undefined {
    const known = this.instances.find(read.path);
    if (known === undefined) return undefined;
    const instance = known ? this.instances.instanceOf(known) : undefined;
    const found =
      known && instance ? { sequences: [known.sequence], instances: [instance], more: false } : NOTHING_FOUND;
    return { read, version: this.#present.version, found, count: 0, isUsed: false, bytes: 0 };
  }

  /** A page up to the last instance there is, is one without an end, as long as nothing is added. */
  #normal(read: Read): Read {
    if (read.kind !== 'page' || read.last < this.#present.sequence || read.last === Number.MAX_SAFE_INTEGER)
      return read;
    return { ...read, last: Number.MAX_SAFE_INTEGER };
  }

  /** Whether an answer is right at present; of counts it is made so. */
  #isStill(lookUp: LookUp): boolean {
    const { version } = this.#present;
    if (lookUp.version === version) return true;
    const from = this.#recent.length - (version - lookUp.version);
    if (from < 0 || lookUp.version > version) return false;
    const tracked = trackedOf(lookUp);
    for (let at = from; at < this.#recent.length; at += 1) {
      const set = this.#recent[at];
      if (!set?.touches(tracked)) continue;
      if (lookUp.read.kind !== 'count' || set.isEverything) return false;
      lookUp.count += set.countChange(lookUp.read);
      lookUp.version = version - (this.#recent.length - 1 - at);
    }
    lookUp.version = version;
    return true;
  }

  /** Reads into a map by key. It may be that what was read is another already when it resolves. */
  async load(reads: readonly Read[], held: Map<string, LookUp>): Promise<void> {
    this.#wanted ??= new Map();
    this.#loading ??= this.#loadSoon(this.#wanted);
    const [wanted, loading] = [this.#wanted, this.#loading];
    const keys = reads.map((read) => {
      const asked = this.#normal(read);
      const key = keyOf(asked);
      wanted.set(key, asked);
      return key;
    });
    const loaded = await loading;
    for (const key of keys) {
      const lookUp = loaded.get(key);
      if (lookUp) held.set(key, lookUp);
    }
  }

  /** One way for all that is asked for until then. */
  async #loadSoon(wanted: ReadonlyMap<string, Read>): Promise<ReadonlyMap<string, LookUp>> {
    await undefined;
    this.#wanted = undefined;
    this.#loading = undefined;
    const loaded = new Map<string, LookUp>();
    let reads: (readonly [string, Read])[] = [...wanted];
    while (reads.length > 0) {
      const { present, answers } = await this.backend.read(reads.map(([, read]) => read));
      await this.reach(present.version);
      for (const [at, [key, read]] of reads.entries()) {
        const answer = answers[at];
        if (answer) this.#learn(key, read, answer, present.version, loaded);
      }
      reads = reads.filter((_, at) => answers[at]?.kind === 'unindexed');
      await this.#index(reads.map(([, read]) => read));
    }
    return loaded;
  }

  async #index(reads: readonly Read[]): Promise<void> {
    const equal = reads.filter((read) => read.kind === 'equal');
    await Promise.all(equal.map((read) => this.backend.index(read.namespace, read.className, read.property)));
  }

  /** At once when nothing is being appended; else when that has come to its end, before the next begins. */
  async appended(): Promise<void> {
    for (let wait = this.#listener?.appending(); wait !== undefined; wait = this.#listener?.appending()) await wait;
  }

  /** Knows a version that the backend has shown, which may be one that is not acknowledged yet. */
  async reach(version: number): Promise<void> {
    if (version <= this.#present.version) return;
    if (this.backend.isExclusive) await this.#listener?.appending();
    if (version > this.#present.version) await this.check();
  }

  #learn(key: string, read: Read, answer: Answer, version: number, loaded: Map<string, LookUp>): void {
    if (answer.kind === 'unindexed') return;
    const more = answer.kind === 'rows' && answer.more === true;
    const rows = answer.kind === 'rows' ? answer.rows : [];
    const sequences = rows.map(({ sequence }) => sequence);
    const bytes = rows.reduce((sum, { document }) => sum + BYTES_OF_DOCUMENT * document.length, 0);
    const shell = { read, version, found: { sequences, instances: [], more }, count: 0, isUsed: false, bytes };
    if (!this.#isStill(shell)) return;
    const instances = rows.map((row) => this.instances.adopt(row.sequence, row.version, row.document));
    if (answer.kind === 'rows' && answer.ends && version === this.#present.version)
      for (const end of answer.ends) this.instances.adopt(end.sequence, end.version, end.document);
    if (read.kind === 'get' && rows.length === 0) this.instances.noteAbsent(read.path);
    const found: Found | undefined = answer.kind === 'unkeyed' ? undefined : { sequences, instances, more };
    const number = answer.kind === 'isEmpty' ? Number(answer.isEmpty) : answer.kind === 'count' ? answer.count : 0;
    // What was counted since was added to nothing.
    const lookUp: LookUp = { ...shell, found, count: number + shell.count };
    loaded.set(key, lookUp);
    if (read.kind !== 'get') this.#lookUps.set(key, lookUp);
  }
}

/** What is kept of a read, to be checked. */
export function trackedOf({ read, found }: LookUp) {
  if (read.kind !== 'page') return read;
  return { ...read, reached: found?.more ? (found.sequences.at(-1) ?? read.after) : read.last };
}

function ignore(): void {
  // Whoever has asked is told.
}
