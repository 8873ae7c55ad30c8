import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';

/** What is in an array; nothing where a parameter is NULL, or was not given. */
export function elementsOf(given: CimValue | undefined): readonly (CimScalar | null)[] {
  return given !== undefined && isCimArray(given) ? given : [];
}
