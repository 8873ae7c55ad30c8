import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { MachineReader } from './machine.js';
import { clockOffset } from './notes.js';

type Clock = { now(): number; readonly store: Pick<MachineReader['store'], 'get'> };

/** A moment as Windows writes it: the time of day of a zone, to the microsecond, with its distance from UTC in minutes. */
export function timestampOf(milliseconds: number, zone: number): CimDateTime {
  const utc = CimDateTime.fromDate(new Date(milliseconds + zone * 60_000)).toString();
  const distance = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(3, '0')}`;
  return CimDateTime.parse(`${utc.slice(0, 21)}${distance}`);
}

/** The time of day on the machine, in milliseconds since 1970: the endpoint's, unless somebody has set it. */
export async function machineNow(clock: Clock): Promise<number> {
  return clock.now() + (await clockOffset(clock));
}

/** The machine's time of day as a value. @param zone minutes east of UTC */
export async function machineTimestamp(clock: Clock, zone: number): Promise<CimDateTime> {
  return timestampOf(await machineNow(clock), zone);
}
