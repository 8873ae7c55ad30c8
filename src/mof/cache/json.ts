/** What JSON.parse gives. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** JSON that is not of the expected form. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
}

/** @throws CodecError */
export function expectString(json: Json | undefined): string {
  if (typeof json !== 'string') throw new CodecError('a string is expected');
  return json;
}

/** A string, or undefined for null. @throws CodecError */
export function optionalString(json: Json | undefined): string | undefined {
  return json === null ? undefined : expectString(json);
}

/** @throws CodecError */
export function expectArray(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new CodecError('an array is expected');
  return json;
}

/** @throws CodecError */
export function expectObject(json: Json | undefined): { readonly [name: string]: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new CodecError('an object is expected');
  // Array.isArray does not narrow readonly arrays away.
  return json as { readonly [name: string]: Json };
}
