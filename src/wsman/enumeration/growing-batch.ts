import type { WsmanFault } from '../../soap/wsman-fault.js';
import type { EnumerationState } from './enumeration-state.js';
import type { WrittenItem } from './remembered-items.js';

/** How much one answer may hold. */
export interface BatchLimits {
  readonly maxElements: number;
  /** Characters of all items together (`n:MaxCharacters`). */
  readonly maxCharacters?: number | undefined;
  /** The moment (`performance.now()`) after which what has been found is sent. */
  readonly deadline?: number | undefined;
}

export interface Batch {
  readonly items: string;
  readonly count: number;
  /** Where the enumeration stands behind the items; undefined at its end. */
  readonly rest: EnumerationState | undefined;
  /** An item behind the others was passed over, since it could never be sent: this says so in their place, of which there are none. */
  readonly passedOver?: WsmanFault | undefined;
}

/** The items of one answer while they are put together. */
export class GrowingBatch {
  readonly #limits: BatchLimits;
  readonly #maxBytes: number;
  readonly #charset: string;
  #items = '';
  #bytes = 0;
  #count = 0;

  /** @param maxBytes of all items together */
  constructor(limits: BatchLimits, maxBytes: number, charset: string) {
    this.#limits = limits;
    this.#maxBytes = maxBytes;
    this.#charset = charset;
  }

  /** False once there are as many as were asked for, or it is time to send those there are. */
  wantsMore(): boolean {
    const { maxElements, deadline } = this.#limits;
    if (this.#count >= maxElements) return false;
    return deadline === undefined || this.#count === 0 || performance.now() < deadline;
  }

  isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Takes an item; false when there is no room for it. */
  add(item: WrittenItem): boolean {
    const size = this.sizeOf(item);
    if (this.#bytes + size > this.#maxBytes) return false;
    this.#items += item.xml;
    this.#bytes += size;
    this.#count += 1;
    return true;
  }

  /** Bytes that an item takes in the answer, which is in UTF-8 or UTF-16. */
  sizeOf({ xml, bytes }: WrittenItem): number {
    return this.#charset === 'utf-8' ? bytes : xml.length * 2;
  }

  /** @param rest where the enumeration stands now */
  end(rest: EnumerationState | undefined): Batch {
    return { items: this.#items, count: this.#count, rest };
  }
}
