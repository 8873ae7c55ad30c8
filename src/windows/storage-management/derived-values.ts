import type { DerivationContext, DerivedValue } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';

/** What is found of an object in root/cimv2; undefined for one of somebody's lab that has nothing there. */
type Find = (object: CimInstance, context: DerivationContext) => Promise<CimInstance | undefined>;

/** Makes values that are those of another instance, by the names that both have; without one they are as they are stored. */
export function valuesOf(find: Find, names: Readonly<Record<string, string>>): Record<string, DerivedValue> {
  return Object.fromEntries(
    Object.entries(names).map(([own, its]): [string, DerivedValue] => [own, madeOf(find, (one) => one.get(its), own)]),
  );
}

/** Makes a value of what is found. @param own its name, for where nothing is found */
export function madeOf(
  find: Find,
  make: (found: CimInstance, object: CimInstance, context: DerivationContext) => CimValue | Promise<CimValue>,
  own: string,
): DerivedValue {
  return async (object, context) => {
    const found = await find(object, context);
    return found ? make(found, object, context) : object.get(own);
  };
}
