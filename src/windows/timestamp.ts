import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { CimValue } from '../cim/model/cim-value.js';

/** A moment as Windows writes it: the time of day of a zone, to the microsecond, with its distance from UTC in minutes. */
export function timestampOf(milliseconds: number, zone: number): CimDateTime {
  const utc = CimDateTime.fromDate(new Date(milliseconds + zone * 60_000)).toString();
  const distance = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(3, '0')}`;
  return CimDateTime.parse(`${utc.slice(0, 21)}${distance}`);
}

/** What a datetime says, in milliseconds since 1970; undefined for what is no moment. */
export function millisecondsOf(value: CimValue | undefined): number | undefined {
  if (!(value instanceof CimDateTime) || value.isInterval || value.microseconds === undefined) return undefined;
  return Number(value.microseconds / 1000n);
}
