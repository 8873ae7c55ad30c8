import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { MASK } from './mask-assignments.js';

/** What masking values needs to know. */
export interface ValueMasks {
  isSecret(name: string, className: string | undefined): boolean;
  /** Masks what a string carries. */
  maskString(text: string, className: string | undefined): string;
  /** Is given each text that was masked. */
  found(value: string): void;
}

/**
 * The values with `***` in the place of those that are secrets, in embedded instances and keys of paths, too. NULL, empty texts,
 * booleans and datetimes stay: they hide nothing.
 *
 * @param className what the names are parameters or properties of
 */
export function maskValues(
  values: Iterable<readonly [string, CimValue]>,
  className: string | undefined,
  masks: ValueMasks,
): NameMap<CimValue> {
  const masked = new NameMap<CimValue>();
  for (const [name, value] of values) masked.set(name, maskNamed(name, value, className, masks));
  return masked;
}

function maskNamed(name: string, value: CimValue, className: string | undefined, masks: ValueMasks): CimValue {
  if (!masks.isSecret(name, className) || hidesNothing(value)) return maskWithin(value, className, masks);
  for (const one of isCimArray(value) ? value : [value]) if (typeof one === 'string') masks.found(one);
  return MASK;
}

function hidesNothing(value: CimValue): boolean {
  if (isCimArray(value)) return value.every(hidesNothing);
  return value === null || value === '' || typeof value === 'boolean' || value instanceof CimDateTime;
}

function maskWithin(value: CimValue, className: string | undefined, masks: ValueMasks): CimValue {
  if (value === null) return null;
  if (!isCimArray(value)) return maskScalar(value, className, masks);
  return value.map((one) => (one === null ? null : maskScalar(one, className, masks)));
}

function maskScalar(value: CimScalar, className: string | undefined, masks: ValueMasks): CimScalar {
  if (typeof value === 'string') return masks.maskString(value, className);
  if (value instanceof InstancePath) return maskPath(value, masks);
  if (!(value instanceof CimInstance)) return value;
  const path = value.path && maskPath(value.path, masks);
  return new CimInstance(value.className, maskValues(value.properties, value.className, masks), path);
}

/** A path whose keys that are secrets are masked. */
export function maskPath(path: InstancePath, masks: ValueMasks): InstancePath {
  const { host, namespace, className, isSingleton } = path;
  const keys = [...maskValues(path.keys, className, masks)].map(
    ([name, value]) => [name, isKeyValue(value) ? value : MASK] as const,
  );
  return new InstancePath({ host, namespace, className, keys, isSingleton });
}
