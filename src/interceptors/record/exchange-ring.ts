import { BodySlabs } from './body-slabs.js';
import type { KeptExchange } from './kept-exchange.js';

/** How much is kept. */
export interface RecordBounds {
  /** Exchanges. */
  readonly keep: number;
  /** Of the bodies of all of them, those of requests and answers. */
  readonly bytes: number;
}

/** Of one exchange, as a part of all bytes: a message of the largest size must not make all others go. */
const LARGEST_PART = 8;

/** Places that are empty before the list is made shorter. */
const SLACK = 1024;

/** The exchanges that ended last; the oldest go when there are too many, or too many bytes. */
export class ExchangeRing {
  readonly #bounds: RecordBounds;
  readonly #slabs: BodySlabs;
  #kept: KeptExchange[] = [];
  #first = 0;
  #bytes = 0;

  constructor(bounds: RecordBounds) {
    this.#bounds = bounds;
    this.#slabs = new BodySlabs(bounds.bytes);
  }

  get size(): number {
    return this.#kept.length - this.#first;
  }

  /** Bytes of all bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * @param request undefined, and the answer with it: they were too large for another one with the same bounds
   * @returns how many went for it
   */
  add(exchange: KeptExchange, request: Uint8Array | undefined, answer: string | Uint8Array = ''): number {
    this.#kept.push(exchange);
    if (request !== undefined && request.byteLength + answer.length <= this.#bounds.bytes / LARGEST_PART)
      this.#bytes += this.#slabs.keep(exchange, request, answer);
    let gone = 0;
    while (this.size > this.#bounds.keep || this.#bytes > this.#bounds.bytes) {
      this.#forgetFirst();
      gone += 1;
    }
    return gone;
  }

  /** The oldest. */
  get first(): KeptExchange | undefined {
    return this.size === 0 ? undefined : this.#kept[this.#first];
  }

  /** Takes the oldest away. */
  shift(): KeptExchange | undefined {
    const { first } = this;
    if (first !== undefined) this.#forgetFirst();
    return first;
  }

  /** Forgets some of them; bodies that lie beside others are given back with these. */
  forget(isMeant: (exchange: KeptExchange) => boolean): void {
    const left = [...this].filter((one) => !isMeant(one));
    if (left.length === 0) this.#slabs.clear();
    this.#kept = left;
    this.#first = 0;
    this.#bytes = left.reduce((sum, { requestBytes, answerBytes }) => sum + requestBytes + answerBytes, 0);
  }

  clear(): void {
    this.#kept = [];
    this.#first = 0;
    this.#bytes = 0;
    this.#slabs.clear();
  }

  /** Oldest first. */
  *[Symbol.iterator](): IterableIterator<KeptExchange> {
    for (let at = this.#first; at < this.#kept.length; at++) yield this.#kept[at] as KeptExchange; // in range
  }

  #forgetFirst(): void {
    const { requestBytes = 0, answerBytes = 0 } = this.#kept[this.#first] ?? {};
    this.#bytes -= requestBytes + answerBytes;
    // A hole would keep the array slow for good, so the last of the gone stands in its place.
    this.#kept[this.#first] = GONE as KeptExchange;
    this.#first += 1;
    if (this.#first <= SLACK || this.#first * 2 <= this.#kept.length) return;
    this.#kept = this.#kept.slice(this.#first);
    this.#first = 0;
  }
}

const GONE: Partial<KeptExchange> = {};
