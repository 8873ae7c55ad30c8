import { CimError } from '../../../cim/model/cim-error.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { sameValue } from '../../../cim/model/same-value.js';
import { STANDARD } from './rows.js';

/** @throws CimError InvalidParameter when a client changes something else of an instance than may be */
export function checkChanges(changed: CimInstance, before: CimInstance, allowed: readonly string[]): void {
  for (const [name, value] of changed.properties) {
    if (allowed.includes(name) || sameValue(value, before.get(name), STANDARD)) continue;
    throw new CimError('InvalidParameter', `${name} of ${before.className} cannot be changed.`);
  }
}
