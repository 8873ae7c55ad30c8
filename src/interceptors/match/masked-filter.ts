import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import type { Json } from '../../cimjson/cim-json-types.js';
import { plainValue } from '../../cimjson/plain-values.js';
import { MASK } from '../../secrets/mask-assignments.js';
import type { SecretNames } from '../../secrets/secret-names.js';
import type { ExchangeFilter, PlainValues } from './exchange-match.js';

type IsSecret = SecretNames['isSecret'];

/**
 * A filter as messages may tell it, which go to the logs of test runs: among the values that are wanted secrets are masked, as they are in
 * what came.
 *
 * @param classNames of what its values may be parameters or properties
 */
export function maskedFilter(
  filter: ExchangeFilter,
  isSecret: IsSecret,
  classNames: readonly string[] = [],
): ExchangeFilter {
  const { input, selectors } = filter;
  return {
    ...filter,
    ...(selectors && { selectors: maskedValues(selectors, isSecret, classNames) }),
    ...(input && { input: maskedValues(input, isSecret, classNames) }),
  };
}

function maskedValues(values: PlainValues, isSecret: IsSecret, classNames: readonly string[]): PlainValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isSecret(name, classNames) && !hidesNothing(value) ? MASK : maskedWithin(value, isSecret, classNames),
    ]),
  );
}

/** Also in paths and instances, whose forms say their class. */
function maskedWithin(value: Json, isSecret: IsSecret, classNames: readonly string[]): Json {
  const plain: Json = isOfModel(value) ? plainValue(value) : value;
  if (Array.isArray(plain)) return plain.map((one) => maskedWithin(one, isSecret, classNames));
  if (!isPlainObject(plain)) return plain;
  const own = typeof plain.class === 'string' ? [...classNames, plain.class] : classNames;
  return maskedValues(plain, isSecret, own) as Json;
}

/** As of what came. */
function hidesNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || typeof value === 'boolean';
}

function isOfModel(value: unknown): value is InstancePath | CimInstance | CimDateTime {
  return value instanceof InstancePath || value instanceof CimInstance || value instanceof CimDateTime;
}

/** None that a test runner compares by (`expect.any(String)`). */
function isPlainObject(value: unknown): value is Readonly<Record<string, Json>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
