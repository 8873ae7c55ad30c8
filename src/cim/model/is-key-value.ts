import { CimDateTime } from './cim-date-time.js';
import type { CimValue } from './cim-value.js';
import { type CimKeyValue, InstancePath } from './instance-path.js';

/** True for what a key may hold: neither NULL nor an array nor anything embedded (DSP0004 §7.7.5). */
export function isKeyValue(value: CimValue): value is CimKeyValue {
  if (value === null || Array.isArray(value)) return false;
  return typeof value !== 'object' || value instanceof InstancePath || value instanceof CimDateTime;
}
