import type {
  InstancePage,
  InstanceTransaction,
  PageOptions,
  ReferencingFilter,
} from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import type { Turn } from '../parts/turns.js';
import { answerCounts, answerEqual, answerKeys, answerPage, answerReferencing, answerScan } from './answers.js';
import type { DurableLayers } from './durable-layers.js';
import { DurableView } from './durable-view.js';
import { inTime } from './in-time.js';
import type { Laid } from './overlay.js';
import { Overlay } from './overlay.js';

/** How often something is read anew because others changed it meanwhile. */
const MAX_READS = 100;

/**
 * One attempt of a transaction. What is at hand is answered at once; for what has to come from the backend first everything asked for later
 * waits in line, so that all takes effect in the order in which it was asked for, and comes in one way.
 */
export class DurableTransaction implements InstanceTransaction {
  readonly view: DurableView;
  readonly #layers: DurableLayers;
  readonly #turn: Turn;
  readonly #attempt: number;
  /** How much had changed when it began. */
  readonly begun: number;
  /** How much had changed when all reads were last known to be right. */
  #seen: number;
  #isOpen = true;
  #isVoid = false;
  #keepsWrites = true;
  /** Ends with what was asked for last, when that has to wait. */
  #line: Promise<void> | undefined;
  #release: (() => Promise<void>) | undefined;
  /** A write that nobody may have waited for has failed. */
  #failure: { readonly error: unknown } | undefined;

  constructor(layers: DurableLayers, turn: Turn, attempt: number) {
    this.#layers = layers;
    this.#turn = turn;
    this.#attempt = attempt;
    this.view = new DurableView(layers.committed, layers.group);
    this.begun = layers.tip.count;
    this.#seen = this.begun;
  }

  /** Others changed what it had read: whatever came of it counts for nothing. */
  get isVoid(): boolean {
    return this.#isVoid;
  }

  get hasWrites(): boolean {
    return this.#keepsWrites && this.view.hasWrites;
  }

  get(path: InstancePath): Promise<CimInstance | undefined> {
    return this.#ask(() => this.view.at(path)?.after);
  }

  getMany(paths: readonly InstancePath[]): Promise<readonly (CimInstance | undefined)[]> {
    return this.#ask(() => paths.map((path) => this.view.at(path)?.after));
  }

  findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]> {
    return this.#ask(() => answerKeys(this.view, namespace, canonicalKeys));
  }

  count(namespace: string, classNames: readonly string[]): Promise<readonly number[]> {
    return this.#ask(() => answerCounts(this.view, namespace, classNames));
  }

  scan(namespace: string, className: string): AsyncIterable<CimInstance> {
    const found = this.#ask(() => answerScan(this.view, namespace, className));
    found.catch(ignore);
    return each(found);
  }

  referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]> {
    return this.#ask(() => answerReferencing(this.view, path, filter));
  }

  isEmpty(): Promise<boolean> {
    return this.#ask(() => this.view.isEmpty());
  }

  mark(): Promise<string> {
    return this.#ask(() => this.view.mark().toFixed());
  }

  page(namespace: string, classNames: readonly string[], options: PageOptions): Promise<InstancePage> {
    return this.#ask(() => answerPage(this.view, namespace, classNames, options));
  }

  findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined> {
    return this.#ask(() => answerEqual(this.view, namespace, classNames, property, value));
  }

  put(instance: CimInstance): Promise<void> {
    return this.putMany([instance]);
  }

  putMany(instances: readonly CimInstance[]): Promise<void> {
    return this.#write(
      () => instances.map((instance) => this.view.below(pathOf(instance))),
      (below) => {
        for (const [at, instance] of instances.entries()) this.#put(instance, below[at]);
      },
    );
  }

  delete(path: InstancePath): Promise<boolean> {
    return this.#write(
      () => this.view.below(path),
      (below) => this.#remove(path, below),
    );
  }

  deleteMany(paths: readonly InstancePath[]): Promise<void> {
    return this.#write(
      () => paths.map((path) => this.view.below(path)),
      (below) => {
        for (const [at, path] of paths.entries()) this.#remove(path, below[at]);
      },
    );
  }

  clear(): Promise<void> {
    return this.#write(ignore, () => this.view.clear());
  }

  discard(): void {
    this.#enter();
    this.#keepsWrites = false;
    const drop = () => {
      this.view.own = undefined;
    };
    // What waits in line was asked for before.
    if (this.#line === undefined) drop();
    else this.#askInLine(ignore, drop, []).catch(ignore);
  }

  async claim(): Promise<void> {
    const { turns, group, committed, claimMs } = this.#layers;
    this.#enter();
    await turns.take(this.#turn);
    this.#enter();
    this.#turn.isKept = true;
    // Nobody in this process commits meanwhile: it must not be for ever.
    const claiming = group.idle().then(() => committed.backend.claim());
    const claim = await inTime(claiming, claimMs, (late) => late.release());
    this.#release = () => claim.release();
    if (!this.#isOpen) await this.release();
    else if (committed.backend.isExclusive) await committed.fresh();
    else await committed.check();
    this.#enter();
    this.view.isClaimed = true;
  }

  /** Others may commit again. */
  async release(): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await release?.();
  }

  /** Waits for all that was asked for, and refuses to be used from there on. @throws what a write has failed with */
  async finish(): Promise<void> {
    while (this.#line !== undefined) await this.#line;
    this.end();
    if (this.#failure && !this.#isVoid) throw this.#failure.error;
  }

  end(): void {
    this.#isOpen = false;
  }

  /** Moves on to the present, unless what was read is no longer so. */
  isCurrent(): boolean {
    const { tip } = this.#layers;
    if (this.#seen === tip.count || this.#isVoid) return !this.#isVoid;
    if (tip.isTouched(this.view.reads, this.#seen)) this.#isVoid = true;
    else this.#seen = tip.count;
    return !this.#isVoid;
  }

  /** Something that it has seen came to nothing, or came to be later than it looked. */
  hasSeenUndone(): boolean {
    return this.#isVoid || (this.view.hasSeenMore && this.#layers.tip.isUndone(this.view.reads, this.#seen));
  }

  #put(instance: CimInstance, below: Laid['below']): void {
    const path = pathOf(instance);
    this.view.own ??= new Overlay();
    const old = this.view.own.get(path.canonical);
    // An instance deleted and written again is a new one, and goes to the end of its class.
    const sequence = old?.after ? old.sequence : !old && below ? below.sequence : this.view.nextSequence();
    this.view.own.set({ path, sequence, below: old ? old.below : below, after: instance });
  }

  #remove(path: InstancePath, below: Laid['below']): boolean {
    const { own } = this.view;
    const old = own?.get(path.canonical);
    const was = old ? old.below : below;
    if (was) {
      this.view.own ??= new Overlay();
      this.view.own.set({ path, sequence: was.sequence, below: was, after: undefined });
    } else own?.delete(path.canonical);
    return old ? old.after !== undefined : was !== undefined;
  }

  #write<S, T>(look: () => S, act: (seen: S) => T): Promise<T> {
    const written = this.#ask(look, act);
    if (this.#line !== undefined) {
      written.catch((error: unknown) => {
        this.#failure ??= { error };
      });
    }
    return written;
  }

  /**
   * @param look what is to be answered, or to be known before it is done; without effect
   * @param act what is done with it
   */
  #ask<T>(look: () => T): Promise<T>;
  #ask<S, T>(look: () => S, act: (seen: S) => T): Promise<T>;
  #ask(look: () => unknown, act?: (seen: unknown) => unknown): Promise<unknown> {
    try {
      this.#enter();
      this.view.begin();
      const seen = look();
      if (this.#line === undefined && this.view.end()) return Promise.resolve(act ? act(seen) : seen);
      return this.#askInLine(look, act, this.view.missing);
    } catch (error) {
      const failed = Promise.reject<unknown>(error);
      // Of several that were asked for together only the first is waited for then.
      if (this.#isVoid || !this.#isOpen) failed.catch(ignore);
      return failed;
    }
  }

  #askInLine(look: () => unknown, act: ((seen: unknown) => unknown) | undefined, missing: DurableView['missing']) {
    const loading = missing.length > 0 ? this.#load(missing) : undefined;
    loading?.catch(ignore);
    const asked = this.#answerInLine(look, act, loading, this.#line);
    const line = asked.then(ignore, ignore).then(() => {
      if (this.#line !== line) return;
      this.#line = undefined;
      this.view.held.clear();
    });
    this.#line = line;
    return asked;
  }

  async #answerInLine(
    look: () => unknown,
    act: ((seen: unknown) => unknown) | undefined,
    loading: Promise<void> | undefined,
    before: Promise<void> | undefined,
  ): Promise<unknown> {
    if (before !== undefined) await before;
    if (loading !== undefined) await loading;
    for (let round = 0; round < MAX_READS; round += 1) {
      this.#enter();
      this.view.begin();
      const seen = look();
      if (this.view.end()) return act ? act(seen) : seen;
      await this.#load(this.view.missing);
    }
    throw new StoreError('unavailable', 'what is read changes faster than it can be read');
  }

  /** Whoever has run in vain before keeps the turn meanwhile. */
  async #load(missing: DurableView['missing']): Promise<void> {
    const { committed, turns } = this.#layers;
    const keeps = this.#attempt > 1 && !this.#turn.isKept && turns.tryTake(this.#turn);
    if (!keeps) return committed.load(missing, this.view.held);
    this.#turn.isKept = true;
    try {
      await committed.load(missing, this.view.held);
    } finally {
      turns.loosen(this.#turn);
    }
  }

  /** @throws TypeError when the transaction has ended; StoreError conflict when it is void */
  #enter(): void {
    if (!this.#isOpen) throw new TypeError('the transaction has ended');
    if (!this.isCurrent()) throw new StoreError('conflict', 'others have changed what the transaction had read');
  }
}

function pathOf(instance: CimInstance): InstancePath {
  if (!instance.path) throw new TypeError(`an instance of ${instance.className} without a path cannot be stored`);
  return instance.path;
}

async function* each(found: Promise<{ readonly instances: readonly CimInstance[] }>): AsyncGenerator<CimInstance> {
  yield* (await found).instances;
}

function ignore(): void {
  // Whoever waits for it is told.
}
