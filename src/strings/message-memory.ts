/** What a memory tells the budget that it is a part of. */
export interface Memory {
  /** Bytes that it holds. */
  readonly held: number;
  /**
   * Counts what is about to be kept. Where there is no room, memories forget first, this one perhaps among them: whoever asks must
   * look at what it holds after the call, not before.
   *
   * @returns false when it can never be kept: nothing is counted then
   */
  take(bytes: number): boolean;
  /** Counts what is no longer held, but not what went when it was told to forget. */
  give(bytes: number): void;
  /** It holds nothing any more, and is not asked to forget. */
  leave(): void;
}

/** How a memory takes part. */
export interface MemoryTerms {
  /** Lets go of all that it holds; left out, it is never asked to. */
  readonly forget?: (() => void) | undefined;
  /** Bytes that it holds at most; left out, as many as there are. */
  readonly most?: number | undefined;
}

interface Part extends MemoryTerms {
  held: number;
}

/**
 * Bytes that several memories share. When something is to be kept that does not fit any more, the memory that holds most forgets all
 * it has, as often as it takes: the sum never passes the limit, and who floods one memory mostly loses that one.
 */
export class MemoryBudget {
  readonly limit: number;
  readonly #parts = new Set<Part>();
  #held = 0;

  /** @param limit in bytes */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that all memories hold together. */
  get held(): number {
    return this.#held;
  }

  join(terms: MemoryTerms = {}): Memory {
    const part: Part = { ...terms, held: 0 };
    this.#parts.add(part);
    return {
      get held() {
        return part.held;
      },
      take: (bytes) => this.#take(part, bytes),
      give: (bytes) => this.#change(part, -bytes),
      leave: () => {
        this.#change(part, -part.held);
        this.#parts.delete(part);
      },
    };
  }

  #take(part: Part, bytes: number): boolean {
    const { most = this.limit } = part;
    if (bytes > most) return false;
    if (part.held + bytes > most) this.#empty(part);
    while (this.#held + bytes > this.limit) if (!this.#emptyLargest()) return false;
    if (part.held + bytes > most) return false;
    this.#change(part, bytes);
    return true;
  }

  #emptyLargest(): boolean {
    let largest: Part | undefined;
    for (const part of this.#parts) if (part.forget && part.held > (largest?.held ?? 0)) largest = part;
    if (largest === undefined) return false;
    this.#empty(largest);
    return true;
  }

  #empty(part: Part): void {
    if (part.forget === undefined) return;
    part.forget();
    this.#change(part, -part.held);
  }

  #change(part: Part, bytes: number): void {
    part.held += bytes;
    this.#held += bytes;
  }
}

/** Of all that this process remembers between messages. Peers choose what they send. */
const MAX_BYTES = 32 * 1024 * 1024;

/** All that is remembered between messages to save time. */
export const messageMemory = new MemoryBudget(MAX_BYTES);

/**
 * Lets a memory leave when `owner`, whose it is, is no more: memories of an endpoint go with it. What the memory does to forget must not
 * hold the owner.
 */
export function leaveWith(owner: object, memory: Memory): void {
  gone.register(owner, memory);
}

const gone = new FinalizationRegistry<Memory>((memory) => memory.leave());

/** Bytes that a string takes: a character takes two where one of them is beyond U+00FF. */
export function bytesOfText(text: string): number {
  const width = ONE_BYTE.test(text) ? 1 : 2;
  return 24 + width * text.length;
}

const ONE_BYTE = /^[\0-\xff]*$/;

/** Bytes of an entry in a map, without its key and its value. */
export const ENTRY_BYTES = 64;
