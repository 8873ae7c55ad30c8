import type { Schema } from '../schema/schema.js';
import type { CimClass, CimMethod } from './cim-class.js';

/** A name in a request that nobody declared, and where one would have looked for it. */
export type UnknownName =
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'class'; readonly name: string; readonly schema: Schema }
  | { readonly kind: 'property' | 'key' | 'method'; readonly name: string; readonly cimClass: CimClass }
  | { readonly kind: 'parameter'; readonly name: string; readonly method: CimMethod }
  | { readonly kind: 'word' | 'option'; readonly name: string; readonly known: readonly string[] };

const unknownNames = new WeakMap<object, UnknownName>();

/**
 * Keeps beside an error which name it is about. What names are near is not looked for here: it takes time, and is for those only
 * who look into the endpoint, never for the wire.
 *
 * @returns the error
 */
export function aboutName<E extends Error>(error: E, unknown: UnknownName): E {
  unknownNames.set(error, unknown);
  return error;
}

/** Of an error, or of what caused it. */
export function unknownNameOf(error: unknown): UnknownName | undefined {
  if (!(error instanceof Error)) return undefined;
  return unknownNames.get(error) ?? (error.cause instanceof Error ? unknownNames.get(error.cause) : undefined);
}
