import { StoreError } from '../../cim/contracts/store-error.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { Read } from './backend.js';
import type { TrackedRead } from './change-set.js';
import type { Committed } from './committed.js';
import type { GroupCommit } from './group-commit.js';
import { type Found, type LookUp, NOTHING_FOUND } from './look-ups.js';
import { type Laid, Overlay } from './overlay.js';
import { TrackedReads } from './tracked-reads.js';

/** New instances of a transaction are numbered from here on: no committed one comes to that. */
export const OWN_BASE = 2 ** 52;

/** What is to be committed. */
export type OnItsWay = Pick<GroupCommit, 'overlay' | 'present'>;

type ListRead = Extract<Read, { kind: 'keys' | 'referencing' | 'equal' }>;
type PageRead = Extract<Read, { kind: 'page' }>;

/**
 * What a transaction sees: the committed instances, over them what is on its way to be committed, over both its own writes. It notes what
 * it was asked, and what it would have to know from the backend first; answers are of no use then.
 */
export class DurableView {
  readonly #committed: Committed;
  readonly #group: OnItsWay;
  /** All that was read, but of its own writes. */
  readonly reads = new TrackedReads();
  /** To be loaded before it is asked again. */
  missing: Read[] = [];
  readonly held = new Map<string, LookUp>();
  own: Overlay | undefined;
  #ownSequence = 0;
  /** Marks up to this one are of instances that it has cleared away. */
  #ownCleared = 0;
  /** Reads are not noted any more: nobody changes anything. */
  isClaimed = false;
  #noted: TrackedRead[] = [];
  /** Something was on its way when it was read. */
  hasSeenMore = false;

  constructor(committed: Committed, group: OnItsWay) {
    this.#committed = committed;
    this.#group = group;
  }

  get hasWrites(): boolean {
    return this.own !== undefined && (this.own.isCleared || this.own.size > 0);
  }

  /** Begins to answer something. */
  begin(): void {
    if (this.missing.length > 0) this.missing = [];
    if (this.#noted.length > 0) this.#noted = [];
  }

  /** What was answered is used: false when something has to be loaded first. */
  end(): boolean {
    if (this.missing.length > 0) return false;
    if (this.isClaimed || this.#noted.length === 0) return true;
    for (const read of this.#noted) this.reads.add(read);
    if (this.#group.overlay) this.hasSeenMore = true;
    return true;
  }

  /** What is at a path: below its own writes, and with them. */
  at(path: InstancePath): Laid | undefined {
    const own = this.own?.get(path.canonical);
    if (own || this.own?.isCleared) return own;
    const below = this.below(path);
    return below && { path, sequence: below.sequence, below, after: below.instance };
  }

  below(path: InstancePath): Laid['below'] {
    if (this.own?.isCleared) return undefined;
    const key = path.canonical;
    const read = { kind: 'get', path: key } as const;
    this.#noted.push(read);
    const { overlay } = this.#group;
    const laid = overlay?.get(key);
    if (laid) return laid.after && { sequence: laid.sequence, instance: laid.after };
    if (overlay?.isCleared) return undefined;
    const known = this.#committed.instances.find(key);
    if (known === null) return undefined;
    const instance = known && this.#committed.instances.instanceOf(known);
    if (known && instance) return { sequence: known.sequence, instance };
    const found = this.#look(read)?.found;
    const [sequence, only] = [found?.sequences[0], found?.instances[0]];
    return sequence === undefined || only === undefined ? undefined : { sequence, instance: only };
  }

  /** Undefined: some value that is compared has no key. */
  list(read: ListRead): Found | undefined {
    let found = NOTHING_FOUND;
    if (!this.own?.isCleared) {
      this.#noted.push(read);
      const { overlay } = this.#group;
      if (!overlay?.isCleared) {
        const lookUp = this.#look(read);
        if (lookUp && !lookUp.found) return undefined;
        found = lookUp?.found ?? NOTHING_FOUND;
      }
      if (isUnkeyed(read, overlay)) return undefined;
      found = joined(read, found, overlay);
    }
    return isUnkeyed(read, this.own) ? undefined : joined(read, found, this.own);
  }

  count(namespace: string, className: string): number {
    const read = { kind: 'count', namespace, className } as const;
    let count = this.own?.countChange(namespace, className) ?? 0;
    if (this.own?.isCleared) return count;
    this.#noted.push(read);
    const { overlay } = this.#group;
    count += overlay?.countChange(namespace, className) ?? 0;
    return overlay?.isCleared ? count : count + (this.#look(read)?.count ?? 0);
  }

  isEmpty(): boolean {
    if (hasAny(this.own)) return false;
    if (this.own?.isCleared) return true;
    this.#noted.push({ kind: 'isEmpty' });
    const { overlay } = this.#group;
    // Committed ones that are gone for this view.
    let but = 0;
    for (const { path, after, below } of overlay?.all() ?? []) {
      if (after && !this.own?.get(path.canonical)) return false;
      if (below) but += 1;
    }
    if (overlay?.isCleared) return true;
    for (const { path } of this.own?.all() ?? []) if (!overlay?.get(path.canonical)) but += 1;
    return this.#look(but === 0 ? { kind: 'isEmpty' } : { kind: 'isEmpty', but })?.count === 1;
  }

  mark(): number {
    if (this.own?.isCleared) return OWN_BASE + this.#ownSequence;
    this.#noted.push({ kind: 'mark' });
    return this.own ? OWN_BASE + this.#ownSequence : this.#group.present.sequence;
  }

  /** A new number for what it creates. */
  nextSequence(): number {
    this.#ownSequence += 1;
    return OWN_BASE + this.#ownSequence;
  }

  clear(): void {
    this.#ownSequence += 1;
    this.#ownCleared = OWN_BASE + this.#ownSequence - 1;
    this.own = new Overlay(true);
  }

  /** How many committed instances of a class there are, if that is known: to judge what is worth asking for, not to answer with. */
  knownCount(namespace: string, className: string): number | undefined {
    return this.#committed.peek({ kind: 'count', namespace, className })?.count;
  }

  /** To be known the next time, together with what is missing. */
  want(read: Read): void {
    this.missing.push(read);
  }

  /**
   * @param room for so many of the page: less than its limit when others come first
   * @param isBare no committed instance is of this class
   * @throws StoreError conflict when all that had been created at `last` is gone
   */
  page(read: PageRead, room = read.limit, isBare = false): Found {
    const { cleared } = this.#group.present;
    const gone = this.own?.isCleared ? this.#ownCleared : cleared;
    if (gone > 0 && read.last <= gone) {
      throw new StoreError('conflict', 'all instances have been cleared away since the mark');
    }
    const layers = [this.#group.overlay, this.own].filter((one) => one?.concerns(read.namespace, read.className));
    if (this.own?.isCleared) return cut(room, joined(read, NOTHING_FOUND, this.own));
    return layers.length === 0 ? this.#pageBelow(read, room, isBare) : this.#joinPages(read, room, isBare, layers);
  }

  /** Pages of what is below are read on until there is one page of what is seen. */
  #joinPages(read: PageRead, room: number, isBare: boolean, layers: readonly (Overlay | undefined)[]): Found {
    let below: Found = NOTHING_FOUND;
    for (let { after } = read; ; ) {
      const found = this.#pageBelow({ ...read, after }, read.limit, isBare);
      below = behind(below, found);
      after = found.more ? (found.sequences.at(-1) ?? after) : read.last;
      let seen = below;
      for (const layer of layers) seen = joined({ ...read, last: after }, seen, layer);
      if (!found.more || seen.sequences.length >= read.limit) return cut(room, seen);
    }
  }

  #pageBelow(read: PageRead, room: number, isBare: boolean): Found {
    const isNothing = isBare || this.#group.overlay?.isCleared;
    const found = cut(room, (isNothing ? undefined : this.#look(read)?.found) ?? NOTHING_FOUND);
    this.#noted.push({ ...read, reached: found.more ? (found.sequences.at(-1) ?? read.after) : read.last });
    return found;
  }

  #look(read: Read): LookUp | undefined {
    const found = this.#committed.peek(read, this.held);
    if (!found) this.missing.push(read);
    return found;
  }
}

function joined(read: ListRead | PageRead, below: Found, layer: Overlay | undefined): Found {
  return layer ? layer.join(read, below) : below;
}

function hasAny(layer: Overlay | undefined): boolean {
  for (const { after } of layer?.all() ?? []) if (after) return true;
  return false;
}

function isUnkeyed(read: ListRead, layer: Overlay | undefined): boolean {
  return read.kind === 'equal' && (layer?.isUnkeyed(read.namespace, read.className, read.property) ?? false);
}

function behind(first: Found, { sequences, instances, more }: Found): Found {
  if (first.sequences.length === 0) return { sequences, instances, more };
  return { sequences: [...first.sequences, ...sequences], instances: [...first.instances, ...instances], more };
}

function cut(room: number, found: Found): Found {
  if (found.instances.length <= room) return found;
  return { sequences: found.sequences.slice(0, room), instances: found.instances.slice(0, room), more: true };
}
