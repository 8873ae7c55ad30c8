import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { timestampOf } from './timestamp.js';

/**
 * An instance of a lab of Windows at the time when it is loaded: a moment that the lab writes as an interval is so long ago then, in UTC.
 *
 * @param now milliseconds since 1970
 */
export function placeInTime(instance: CimInstance, now: number): CimInstance {
  const changes: Record<string, CimValue> = {};
  let isChanged = false;
  for (const [name, value] of instance.properties) {
    if (!(value instanceof CimDateTime) || !value.isInterval || value.microseconds === undefined) continue;
    changes[name] = timestampOf(now - Number(value.microseconds / 1000n), 0);
    isChanged = true;
  }
  return isChanged ? instance.with(changes) : instance;
}
