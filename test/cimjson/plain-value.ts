import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';

/** A value as plain data that vitest compares to the last digit: paths and datetimes equal too easily as objects. */
export function plainValue(value: CimValue): unknown {
  if (isCimArray(value)) return value.map(plainValue);
  if (value instanceof CimDateTime) return { dateTime: value.toString() };
  if (value instanceof InstancePath) {
    const { host, namespace, className, keys } = value;
    return { host, namespace, className, keys: [...keys].map(([name, key]) => [name, plainValue(key)]) };
  }
  if (value instanceof CimInstance) {
    const { className, properties, path } = value;
    const values = [...properties].map(([name, one]) => [name, plainValue(one)]);
    return { className, values, path: path && plainValue(path) };
  }
  return value;
}
