import type { KeptExchange } from './kept-exchange.js';

const LARGEST_SLAB = 1024 * 1024;
const SMALLEST_SLAB = 4096;
/** Bytes of a character of UTF-16 in UTF-8, at most. */
const WIDEST = 3;

/**
 * Memory for bodies, a large piece at a time: one object for each body would be ten thousand more that the garbage collector moves about,
 * and a text that was put together would keep all its pieces. A slab goes with the last exchange that lies in it.
 */
export class BodySlabs {
  readonly #size: number;
  #slab: Buffer | undefined;
  #used = 0;

  /** @param bytes of all bodies that are ever kept at once */
  constructor(bytes: number) {
    this.#size = Math.max(SMALLEST_SLAB, Math.min(LARGEST_SLAB, Math.floor(bytes / 8)));
  }

  /** Copies the bodies; the exchange has the copies from then on. @returns bytes that they take */
  keep(exchange: KeptExchange, request: Uint8Array, answer: string | Uint8Array): number {
    const room = request.byteLength + (typeof answer === 'string' ? answer.length * WIDEST : answer.byteLength);
    const slab = this.#slabWith(room);
    const from = this.#used;
    slab.set(request, from);
    const behind = from + request.byteLength;
    const answerBytes = typeof answer === 'string' ? slab.write(answer, behind, 'utf8') : answer.byteLength;
    if (typeof answer !== 'string') slab.set(answer, behind);
    this.#used = behind + answerBytes;
    exchange.slab = slab;
    exchange.from = from;
    exchange.requestBytes = request.byteLength;
    exchange.answerBytes = answerBytes;
    return request.byteLength + answerBytes;
  }

  /** What is kept goes by itself; the next begins anew. */
  clear(): void {
    this.#slab = undefined;
  }

  #slabWith(room: number): Buffer {
    if (this.#slab === undefined || this.#used + room > this.#slab.byteLength) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(this.#size, room));
      this.#used = 0;
    }
    return this.#slab;
  }
}
