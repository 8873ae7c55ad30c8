import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath, normalizeNamespace } from '../cim/model/instance-path.js';
import { foldName } from '../cim/model/name-map.js';

/** Whether a value equals one of some constants; undefined when it compares with none of them, or it is open whether it equals one. */
export type CompareWithConstants = (value: CimValue) => boolean | undefined;

/**
 * Compares values with all of some constants at once, in the time that one takes: as `compareWith` for each, which says 0 for
 * one of them (true), another order for all of them (false), or nothing for some (undefined).
 *
 * @param constants of one type; numbers may be of both kinds
 * @param namespace what a reference without a namespace means
 */
export function compareWithAny(
  constants: readonly CimKeyValue[],
  caseSensitive: boolean,
  namespace: string | undefined,
): CompareWithConstants {
  const [first] = constants;
  if (typeof first === 'string') return textsAmong(constants, caseSensitive ? (text) => text : foldName);
  if (typeof first === 'number' || typeof first === 'bigint') return numbersAmong(constants);
  if (first instanceof CimDateTime) return timesAmong(constants.filter((each) => each instanceof CimDateTime));
  if (first instanceof InstancePath) return pathsAmong(constants, namespace ?? '');
  if (first === undefined) return () => undefined;
  const booleans = new Set(constants);
  return (value) => (typeof value === 'boolean' ? booleans.has(value) : undefined);
}

function textsAmong(constants: readonly CimKeyValue[], form: (text: string) => string): CompareWithConstants {
  const texts = new Set(constants.map((each) => form(String(each))));
  return (value) => (typeof value === 'string' ? texts.has(form(value)) : undefined);
}

function numbersAmong(constants: readonly CimKeyValue[]): CompareWithConstants {
  const amounts = new Set(constants.map(amountOf));
  const isOpen = amounts.has(undefined);
  return (value) => {
    const amount = amountOf(value);
    if (amount === undefined) return undefined;
    return amounts.has(amount) || (isOpen ? undefined : false);
  };
}

/** The same for the same amount, be it a number or a bigint; undefined for what has none. */
function amountOf(value: CimValue): number | bigint | undefined {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** A time with wildcards equals its own text only; beside any other it is open, as a timestamp is beside an interval. */
function timesAmong(constants: readonly CimDateTime[]): CompareWithConstants {
  const texts = new Set(constants.map(String));
  const timestamps = new Set<bigint | undefined>();
  const intervals = new Set<bigint | undefined>();
  for (const time of constants) (time.isInterval ? intervals : timestamps).add(time.microseconds);
  const isOpen = timestamps.has(undefined) || intervals.has(undefined) || (timestamps.size > 0 && intervals.size > 0);
  return (value) => {
    if (!(value instanceof CimDateTime)) return undefined;
    if (texts.has(value.toString())) return true;
    if (value.hasWildcards) return undefined;
    const ofKind = value.isInterval ? intervals : timestamps;
    if (ofKind.has(value.microseconds)) return true;
    return isOpen || ofKind.size === 0 ? undefined : false;
  };
}

function pathsAmong(constants: readonly CimKeyValue[], namespace: string): CompareWithConstants {
  const objects = new Set(constants.map((each) => (each instanceof InstancePath ? objectOf(each, namespace) : '')));
  return (value) => (value instanceof InstancePath ? objects.has(objectOf(value, namespace)) : undefined);
}

/** The same for paths that name the same object. U+0000 parts what it is made of, which no name has. */
function objectOf(path: InstancePath, namespace: string): string {
  const place = foldName(normalizeNamespace(path.namespace ?? namespace));
  return `${place}\0${foldName(path.className)}\0${path.canonicalKeys}`;
}
