import { foldName } from '../../cim/model/name-map.js';
import type { Read, StoredChange } from './backend.js';
import { indexEntries, indexKey } from './index-entries.js';

/** A read as it is kept to be checked later. */
export type TrackedRead =
  | Exclude<Read, { kind: 'page' }>
  /** Of a page with more behind it, `reached` is the last sequence that it shows; of others, the last that it would show. */
  | (Extract<Read, { kind: 'page' }> & { readonly reached: number })
  /** The greatest sequence. */
  | { readonly kind: 'mark' };

/** Changes that are looked through one by one. */
const FEW = 8;

/** What was changed at once, to be asked which reads would give something else since. */
export class ChangeSet {
  readonly changes: readonly StoredChange[];
  /** Whatever was read before may be another now. */
  readonly isEverything: boolean;
  /**
   * It was to be and came to nothing, or came before what was on its way: whoever has seen that, and has read what is otherwise now, has
   * seen what never was.
   */
  readonly isUndone: boolean;
  #paths: Set<string> | undefined;
  #index: Map<string, StoredChange[]> | undefined;

  constructor(changes: readonly StoredChange[], { isEverything = false, isUndone = false } = {}) {
    this.changes = changes;
    this.isEverything = isEverything;
    this.isUndone = isUndone;
  }

  asUndone(): ChangeSet {
    return new ChangeSet(this.changes, { isEverything: this.isEverything, isUndone: true });
  }

  /** Whether it made, changed or removed the instance at a canonical path. */
  touchesPath(path: string): boolean {
    if (this.isEverything) return true;
    if (this.changes.length <= FEW) return this.changes.some((change) => change.path.canonical === path);
    this.#paths ??= new Set(this.changes.map((change) => change.path.canonical));
    return this.#paths.has(path);
  }

  /** Whether it has to do with any of some paths. */
  touchesAny(paths: ReadonlySet<string>): boolean {
    if (this.isEverything) return paths.size > 0;
    if (this.changes.length <= FEW || this.changes.length <= paths.size) {
      return this.changes.some((change) => paths.has(change.path.canonical));
    }
    for (const path of paths) if (this.touchesPath(path)) return true;
    return false;
  }

  touches(read: TrackedRead): boolean {
    if (this.isEverything) return true;
    switch (read.kind) {
      case 'get':
        return this.touchesPath(read.path);
      case 'mark':
        return this.changes.some(({ before, formerSequence }) => !before || formerSequence !== undefined);
      case 'isEmpty':
        return this.changes.some(isCount);
      case 'keys':
        return this.#among(`k${read.namespace}:${read.keys}`, ({ path }) => {
          return path.canonicalKeys === read.keys && foldName(path.namespace ?? '') === read.namespace;
        });
      case 'referencing':
        return this.#among(`t${read.target}`, ({ before, after }) =>
          [before, after].some((instance) => instance !== undefined && refers(instance, read)),
        );
      default:
        return this.#among(`c${read.namespace}:${read.className}`, (change) => {
          if (foldName(change.path.className) !== read.className) return false;
          return foldName(change.path.namespace ?? '') === read.namespace && touchesClassRead(change, read);
        });
    }
  }

  /** By how much it changed the number of instances of a class. */
  countChange({ namespace, className }: Extract<Read, { kind: 'count' }>): number {
    let by = 0;
    this.#among(`c${namespace}:${className}`, ({ path, before, after }) => {
      const isOfClass = foldName(path.className) === className && foldName(path.namespace ?? '') === namespace;
      if (isOfClass) by += (after ? 1 : 0) - (before ? 1 : 0);
      return false;
    });
    return by;
  }

  #among(key: string, test: (change: StoredChange) => boolean): boolean {
    if (this.changes.length <= FEW) return this.changes.some(test);
    this.#index ??= indexed(this.changes);
    return this.#index.get(key)?.some(test) ?? false;
  }
}

/** Nobody can tell what has changed. */
export const EVERYTHING = new ChangeSet([], { isEverything: true });

function isCount({ before, after }: StoredChange): boolean {
  return (before === undefined) !== (after === undefined);
}

function touchesClassRead(
  change: StoredChange,
  read: Extract<TrackedRead, { kind: 'count' | 'page' | 'equal' }>,
): boolean {
  if (read.kind === 'count') return isCount(change);
  const { sequence, formerSequence, before, after } = change;
  if (read.kind === 'equal') {
    return [before, after].some((instance) => {
      const key = instance && indexKey(instance, read.property);
      return instance !== undefined && (key === undefined || key === read.key);
    });
  }
  const isShown = (at: number) => at > read.after && at <= read.reached;
  if (isShown(sequence) || (formerSequence !== undefined && isShown(formerSequence))) return true;
  // Behind what a page shows it only counts whether there is anything left.
  const gone = after ? formerSequence : sequence;
  return gone !== undefined && gone > read.reached && gone <= read.last;
}

function refers(
  instance: NonNullable<StoredChange['after']>,
  { target, classNames, role }: Extract<Read, { kind: 'referencing' }>,
): boolean {
  const { className, references } = indexEntries(instance);
  if (classNames && !classNames.includes(className)) return false;
  return references.some((entry) => entry.target === target && (role === undefined || entry.role === role));
}

function indexed(changes: readonly StoredChange[]): Map<string, StoredChange[]> {
  const index = new Map<string, StoredChange[]>();
  for (const change of changes) {
    const keys = new Set<string>();
    for (const instance of [change.before, change.after]) {
      if (!instance) continue;
      const entries = indexEntries(instance);
      keys.add(`c${entries.namespace}:${entries.className}`).add(`k${entries.namespace}:${entries.keys}`);
      for (const { target } of entries.references) keys.add(`t${target}`);
    }
    for (const key of keys) {
      const list = index.get(key);
      if (list) list.push(change);
      else index.set(key, [change]);
    }
  }
  return index;
}
