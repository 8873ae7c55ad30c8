import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Read } from './backend.js';

/** Instances with their sequences, in the order of these. */
export interface Found {
  readonly sequences: readonly number[];
  readonly instances: readonly CimInstance[];
  /** Of a page: there is more behind it. */
  readonly more: boolean;
}

export const NOTHING_FOUND: Found = { sequences: [], instances: [], more: false };

/** What a read gave. */
export interface LookUp {
  readonly read: Read;
  /** At which it is known to be right. */
  version: number;
  /** Undefined of `equal`: some value has no key. */
  readonly found: Found | undefined;
  /** Of `count`; of `isEmpty` 0 or 1. */
  count: number;
  isUsed: boolean;
  /** Of the instances that were found, about. */
  readonly bytes: number;
}

const MAX_LOOK_UPS = 8192;
const MAX_KEY_LENGTH = 4096;

/** One answer takes at most this part of all. */
const MAX_PART = 16;

/** Answers to reads, by what was asked. Those not asked for lately go when there are too many, and large ones are not kept. */
export class LookUps {
  readonly #byKey = new Map<string, LookUp>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get(key: string): LookUp | undefined {
    const found = this.#byKey.get(key);
    if (found) found.isUsed = true;
    return found;
  }

  set(key: string, lookUp: LookUp): void {
    this.delete(key);
    if (lookUp.bytes > this.#mostBytes / MAX_PART || key.length > MAX_KEY_LENGTH) return;
    this.#byKey.set(key, lookUp);
    this.#bytes += lookUp.bytes;
    for (const [oldest, one] of this.#byKey) {
      if (this.#bytes <= this.#mostBytes && this.#byKey.size <= MAX_LOOK_UPS) return;
      this.delete(oldest);
      if (!one.isUsed) continue;
      one.isUsed = false;
      this.#byKey.set(oldest, one);
      this.#bytes += one.bytes;
    }
  }

  delete(key: string): void {
    const old = this.#byKey.get(key);
    if (!old) return;
    this.#bytes -= old.bytes;
    this.#byKey.delete(key);
  }

  clear(): void {
    this.#byKey.clear();
    this.#bytes = 0;
  }
}

/** Equal for equal reads, but of a place in the order of the classes. */
export function keyOf(read: Read): string {
  switch (read.kind) {
    case 'get':
      return `g${read.path}`;
    case 'keys':
      return `k${read.namespace}\n${read.keys}`;
    case 'count':
      return `c${read.namespace}\n${read.className}`;
    case 'page':
      return `p${read.namespace}\n${read.className}\n${read.after}\n${read.last}\n${read.limit}`;
    case 'referencing':
      return `r${read.role ?? ''}\n${read.classNames?.join('\t') ?? '*'}\n${read.target}`;
    case 'equal':
      return `e${read.namespace}\n${read.className}\n${read.property}\n${typeof read.key}${read.key}`;
    case 'isEmpty':
      return `i${read.but ?? 0}`;
  }
}
