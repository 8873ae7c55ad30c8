import { CimDateTime } from '../cim/model/cim-date-time.js';

/** A moment as Windows writes it: the time of day of a zone, to the microsecond, with its distance from UTC in minutes. */
export function timestampOf(milliseconds: number, zone: number): CimDateTime {
  const utc = CimDateTime.fromDate(new Date(milliseconds + zone * 60_000)).toString();
  const distance = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(3, '0')}`;
  return CimDateTime.parse(`${utc.slice(0, 21)}${distance}`);
}
