/**
 * What a store may be unable to do: `unavailable`: it cannot be reached at present; `full`: there is no room for what is
 * to be written; `failed`: its disk takes no writes at present, because it is broken or has become read-only; `conflict`: others kept
 * changing what a transaction had read, until its attempts were used up.
 */
export type StoreErrorKind = 'unavailable' | 'full' | 'failed' | 'conflict';

/** A store failed in a way that a client may be told of. Whatever else a store throws is a mistake in the program. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
