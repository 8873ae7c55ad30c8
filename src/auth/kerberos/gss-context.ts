import type { ContextSlot, ContextStep, GssApi, InitiateRequest, UnwrappedMessage } from './gss-api.js';
import { GssError, GssStatus } from './gss-error.js';
import type { Pointer } from './gss-library.js';

/** Contexts that nobody released and nobody can reach any more. */
const forgotten = new FinalizationRegistry<{ readonly api: GssApi; readonly slot: ContextSlot }>(({ api, slot }) =>
  api.releaseContext(slot),
);

/**
 * One security context of GSSAPI. Calls follow each other, as the library demands of one context, and it is released behind the last of
 * them; when nobody does so, with the object.
 */
export class GssContext {
  readonly #api: GssApi;
  readonly #slot: ContextSlot = { pointer: null };
  #last: Promise<unknown> = Promise.resolve();
  #released = false;

  constructor(api: GssApi) {
    this.#api = api;
    forgotten.register(this, { api, slot: this.#slot }, this);
  }

  accept(credential: Pointer, token: Uint8Array, bindings: Uint8Array | undefined) {
    return this.#inTurn(async () => {
      const step = await this.#api.accept(this.#slot, credential, token, bindings);
      return { ...step, acceptor: step.done ? this.#api.acceptorName(this.#slot) : '' };
    });
  }

  initiate(target: Pointer, request: InitiateRequest): Promise<ContextStep> {
    return this.#inTurn(() => this.#api.initiate(this.#slot, target, request));
  }

  wrap(message: Uint8Array): Promise<Buffer> {
    return this.#inTurn(() => this.#api.wrap(this.#slot, message));
  }

  unwrap(token: Uint8Array): Promise<UnwrappedMessage> {
    return this.#inTurn(() => this.#api.unwrap(this.#slot, token));
  }

  sign(message: Uint8Array): Promise<Buffer> {
    return this.#inTurn(() => this.#api.sign(this.#slot, message));
  }

  verify(message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    return this.#inTurn(() => this.#api.verify(this.#slot, message, signature));
  }

  /** Gives the context back to the library once the running call is over; those that wait, and later ones, fail. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    forgotten.unregister(this);
    void this.#last.then(() => this.#api.releaseContext(this.#slot));
  }

  #inTurn<T>(call: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      if (this.#released) throw new GssError(GssStatus.failure, 'the connection is closed');
      return call();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
