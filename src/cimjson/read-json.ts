import { CimJsonError } from './cim-json-error.js';

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The place of a member: `properties.Size`. */
export function placeOf(place: string, member: string): string {
  return place === '' ? member : `${place}.${member}`;
}

/**
 * An object with these members alone.
 *
 * @param known names of members; undefined lets all in
 * @throws CimJsonError
 */
export function readObject(json: unknown, place: string, known?: ReadonlySet<string>): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong(json, place, 'an object');
  if (known)
    for (const name of Object.keys(json)) {
      if (!known.has(name)) throw new CimJsonError(placeOf(place, name), `no such member: ${[...known].join(', ')}`);
    }
  return json as JsonObject;
}

/** @throws CimJsonError when the member is missing or no text */
export function readText(object: JsonObject, member: string, place: string): string {
  const text = object[member];
  if (typeof text !== 'string') throw wrong(text, placeOf(place, member), 'a text');
  return text;
}

/** A name of CIM: never empty. @throws CimJsonError */
export function readName(object: JsonObject, member: string, place: string): string {
  const name = readText(object, member, place);
  if (name === '') throw new CimJsonError(placeOf(place, member), 'it is empty');
  return name;
}

export function readOptional<T>(
  read: (object: JsonObject, member: string, place: string) => T,
  object: JsonObject,
  member: string,
  place: string,
): T | undefined {
  return object[member] === undefined ? undefined : read(object, member, place);
}

/** A member that is there only to be true. @throws CimJsonError */
export function readFlag(object: JsonObject, member: string, place: string): boolean {
  const flag = object[member];
  if (flag !== undefined && typeof flag !== 'boolean') throw wrong(flag, placeOf(place, member), 'true or false');
  return flag === true;
}

/** @throws CimJsonError */
export function readList(json: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(json)) throw wrong(json, place, 'an array');
  return json;
}

/** What a member should have been, and what it is: values are shown, but no long ones. */
export function wrong(found: unknown, place: string, wanted: string): CimJsonError {
  return new CimJsonError(place, `${describe(found)} where ${wanted} is wanted`);
}

function describe(json: unknown): string {
  if (json === undefined) return 'nothing';
  if (Array.isArray(json)) return 'an array';
  if (typeof json === 'object' && json !== null) return 'an object';
  const text = typeof json === 'string' ? `'${json}'` : String(json);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
