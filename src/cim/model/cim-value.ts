import type { CimClass } from './cim-class.js';
import type { CimDateTime } from './cim-date-time.js';
import type { CimInstance } from './cim-instance.js';
import type { InstancePath } from './instance-path.js';

/**
 * One CIM value that is neither NULL nor an array.
 *
 * boolean → boolean; 8- to 32-bit integers and reals → number; 64-bit integers → bigint; string and char16 (one
 * UTF-16 code unit) → string; datetime → CimDateTime; reference → InstancePath; embedded instance → CimInstance;
 * embedded object → CimInstance or CimClass.
 */
export type CimScalar = boolean | number | bigint | string | CimDateTime | InstancePath | CimInstance | CimClass;

/** A CIM value; `null` is NULL, which differs from a property that is absent. Array elements may be NULL. */
export type CimValue = CimScalar | readonly (CimScalar | null)[] | null;

export function isCimArray(value: CimValue): value is readonly (CimScalar | null)[] {
  return Array.isArray(value);
}
