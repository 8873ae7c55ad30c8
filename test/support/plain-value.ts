import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';

/**
 * A value as plain data, to be compared by what it holds. Keys of references keep their types and names their case;
 * of an instance only what is neither NULL nor absent counts, as the two are written alike.
 */
export function plain(value: CimValue): unknown {
  if (isCimArray(value)) return value.map(plain);
  if (value instanceof CimDateTime) return { datetime: value.toString() };
  if (value instanceof InstancePath) {
    const keys = Object.fromEntries([...value.keys].map(([name, key]) => [name, plain(key)]));
    return { namespace: value.namespace, className: value.className, keys };
  }
  if (value instanceof CimInstance) {
    const set = [...value.properties].filter(([, held]) => held !== null && !(isCimArray(held) && held.length === 0));
    return {
      className: value.className,
      properties: Object.fromEntries(set.map(([name, held]) => [name, plain(held)])),
    };
  }
  return value;
}
