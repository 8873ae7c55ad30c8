/** What a memory tells the budget that it is a part of. */
export interface Memory {
  /** Bytes that it has in use. */
  readonly used: number;
  /** Bytes that are held for it: what it had in use at most, and somewhat more. */
  readonly held: number;
  /**
   * Counts what is about to be kept. Where there is no room, memories forget first, this one perhaps among them: whoever asks must
   * look at what it has after the call, not before.
   *
   * @returns false when it cannot be kept: nothing is counted then
   */
  take(bytes: number): boolean;
  /** Counts what is not in use any more, but not what went when it was told to forget. */
  give(bytes: number): void;
  /** It keeps nothing any more, and is not asked to forget. */
  leave(): void;
}

/** How a memory takes part. */
export interface MemoryTerms {
  /** Lets go of all that it has; left out, it is never asked to, and nothing but what it has in use is held for it. */
  readonly forget?: (() => void) | undefined;
  /** Bytes that it has at most; left out, as many as there are. */
  readonly most?: number | undefined;
}

interface Part extends MemoryTerms {
  used: number;
  held: number;
}

/** How many memories could begin: each does with as much room. */
const FIRST_ROOMS = 256;

/**
 * Bytes that several memories share. Room that a memory once needed stays its own when it begins anew, since it will fill that again,
 * and one of them is full when another is empty: what is held is what all of them can come to together. It grows until each has the
 * room that what comes in needs, and then no more, however much of the like comes. When there is none left, the memory that has
 * most forgets all and loses half of its room, as often as it takes: who floods one memory mostly loses that one.
 */
export class MemoryBudget {
  readonly limit: number;
  readonly #firstRoom: number;
  readonly #parts = new Set<Part>();
  #used = 0;
  #held = 0;

  /** @param limit in bytes */
  constructor(limit: number) {
    this.limit = limit;
    this.#firstRoom = Math.max(1, Math.ceil(limit / FIRST_ROOMS));
  }

  /** Bytes that are held for all memories together; never more than the limit. */
  get held(): number {
    return this.#held;
  }

  /** Bytes that all memories have in use at the moment; never more than is held. */
  get used(): number {
    return this.#used;
  }

  join(terms: MemoryTerms = {}): Memory {
    const part: Part = { ...terms, used: 0, held: 0 };
    this.#parts.add(part);
    return new MemberMemory(part, {
      take: (bytes) => this.#take(part, bytes),
      give: (bytes) => this.#give(part, bytes),
      leave: () => {
        this.#use(part, -part.used);
        this.#hold(part, 0);
        this.#parts.delete(part);
      },
    });
  }

  #take(part: Part, bytes: number): boolean {
    if (part.used + bytes > part.held && !this.#makeRoom(part, bytes)) return false;
    this.#use(part, bytes);
    return true;
  }

  #give(part: Part, bytes: number): void {
    this.#use(part, -bytes);
    if (part.forget === undefined) this.#hold(part, part.used);
  }

  /** Room for so much more than it has in use, or for so much when it had to forget that. */
  #makeRoom(part: Part, bytes: number): boolean {
    const { most = this.limit } = part;
    if (bytes > most) return false;
    if (part.used + bytes <= most && this.#grow(part, part.used + bytes)) return true;
    if (part.forget === undefined) return false;
    this.#empty(part);
    return bytes <= part.held || this.#grow(part, bytes);
  }

  /** Holds at least so much for a memory, if others can make room for it. */
  #grow(part: Part, needed: number): boolean {
    const wanted = part.forget === undefined ? needed : this.#roomFor(part, needed);
    const least = part.forget === undefined ? 0 : wanted;
    while (needed > this.#mostFor(part)) if (!this.#halveLargest(least)) return false;
    this.#hold(part, Math.min(wanted, this.#mostFor(part)));
    return true;
  }

  #mostFor(part: Part): number {
    return this.limit - this.#held + part.held;
  }

  /** Twice the room that it has, as often as it takes: a memory that fills up asks for room a few times only. */
  #roomFor({ held, most = this.limit }: Part, needed: number): number {
    let room = Math.max(held, this.#firstRoom);
    while (room < needed) room *= 2;
    return Math.min(room, most);
  }

  /** Of those that have more than so much: who would lose what it needs itself takes it back the next time. */
  #halveLargest(least: number): boolean {
    let largest: Part | undefined;
    for (const part of this.#parts) if (part.forget && part.held > (largest?.held ?? least)) largest = part;
    if (largest === undefined) return false;
    this.#empty(largest);
    this.#hold(largest, largest.held > this.#firstRoom ? largest.held / 2 : 0);
    return true;
  }

  #empty(part: Part): void {
    part.forget?.();
    this.#use(part, -part.used);
  }

  #use(part: Part, bytes: number): void {
    part.used += bytes;
    this.#used += bytes;
  }

  #hold(part: Part, bytes: number): void {
    this.#held += bytes - part.held;
    part.held = bytes;
  }
}

/** A memory of a budget. A class, whose getters are its own: those of a literal would give every memory another shape. */
class MemberMemory implements Memory {
  readonly take: Memory['take'];
  readonly give: Memory['give'];
  readonly leave: Memory['leave'];
  readonly #part: Part;

  constructor(part: Part, { take, give, leave }: Pick<Memory, 'take' | 'give' | 'leave'>) {
    this.#part = part;
    this.take = take;
    this.give = give;
    this.leave = leave;
  }

  get used(): number {
    return this.#part.used;
  }

  get held(): number {
    return this.#part.held;
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
