import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import type { Json } from '../../cimjson/cim-json-types.js';
import { plainValue } from '../../cimjson/plain-values.js';

/** How texts compare: those of keys as WinRM compares selectors (MS-WSMV 3.1.4.1.2), others to the letter. */
export type TextComparison = 'exact' | 'any case';

/**
 * Whether a value is the one that is wanted, both in the plain forms of docs/json.md. Numbers and texts of the same number are the
 * same (64-bit integers are texts, and selectors have no types), NULL and absent too; datetimes when they are one moment. Arrays
 * match element by element, objects when each member that is wanted is there: `{ keys: { Name: 'a' } }` is any path with that key. A
 * wanted value of vitest or jest (`expect.any(String)`) is asked itself; a path, an instance or a datetime of the model is taken in its
 * plain form.
 */
export function matchesValue(wanted: unknown, value: Json | undefined, texts: TextComparison = 'exact'): boolean {
  if (isAsymmetric(wanted)) return wanted.asymmetricMatch(value);
  if (isOfModel(wanted)) return matchesValue(plainValue(wanted), value, texts);
  if (wanted === null || wanted === undefined) return value === null || value === undefined;
  if (value === null || value === undefined) return false;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(value) || wanted.length !== value.length) return false;
    return wanted.every((one, index) => matchesValue(one, value[index], texts));
  }
  if (typeof wanted === 'object') return matchesObject(wanted, value, texts);
  if (typeof value === 'object') return false;
  return sameScalar(wanted, value, texts);
}

/** Whether it is a text that agrees with no other text, but for the case of its letters: none that can be a moment. */
export function isTelling(wanted: unknown): wanted is string {
  return typeof wanted === 'string' && wanted.length !== DATE_TIME_LENGTH;
}

/** The value of a member, whatever the case of its name. */
export function memberNamed(values: object | undefined, name: string): Json | undefined {
  if (values === undefined) return undefined;
  const members = values as Readonly<Record<string, Json>>;
  if (Object.hasOwn(members, name)) return members[name];
  const found = Object.keys(members).find((other) => sameName(other, name));
  return found === undefined ? undefined : members[found];
}

/** Names of CIM things among the members of paths and instances. */
const NAMES = new Set(['class', 'namespace', 'kind']);

function matchesObject(wanted: object, value: Json, texts: TextComparison): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(wanted).every(([name, member]) => {
    const found = memberNamed(value, name);
    return matchesValue(member, found, NAMES.has(name) || name === 'keys' ? 'any case' : texts);
  });
}

function sameScalar(wanted: unknown, value: string | number | boolean, texts: TextComparison): boolean {
  const [one, other] = [String(wanted), String(value)];
  if (one === other) return true;
  // `true` and `1` are texts of one boolean, but `1` is a number, too: only the words are compared.
  if (typeof wanted === 'boolean' || typeof value === 'boolean' || texts === 'any case')
    return one.toLowerCase() === other.toLowerCase();
  if (typeof wanted === 'number' || typeof value === 'number') return sameNumber(one, other);
  return sameMoment(one, other);
}

function sameNumber(one: string, other: string): boolean {
  return one.trim() !== '' && other.trim() !== '' && Number(one) === Number(other);
}

const DATE_TIME_LENGTH = 25;

function sameMoment(one: string, other: string): boolean {
  if (one.length !== DATE_TIME_LENGTH || other.length !== DATE_TIME_LENGTH) return false;
  try {
    return CimDateTime.parse(one).equals(CimDateTime.parse(other));
  } catch {
    return false;
  }
}

function isOfModel(wanted: unknown): wanted is InstancePath | CimInstance | CimDateTime {
  return wanted instanceof InstancePath || wanted instanceof CimInstance || wanted instanceof CimDateTime;
}

function isAsymmetric(wanted: unknown): wanted is { asymmetricMatch(value: unknown): boolean } {
  return (
    typeof wanted === 'object' &&
    wanted !== null &&
    'asymmetricMatch' in wanted &&
    typeof wanted.asymmetricMatch === 'function'
  );
}
