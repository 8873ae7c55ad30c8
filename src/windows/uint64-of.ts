import type { CimInstance } from '../cim/model/cim-instance.js';

/** A number of 64 bits, as sizes in bytes are; 0 where it is NULL. */
export function uint64Of(instance: CimInstance, property: string): bigint {
  const value = instance.get(property);
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : 0n;
}
