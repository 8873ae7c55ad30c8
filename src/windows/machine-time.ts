import type { CimDateTime } from '../cim/model/cim-date-time.js';
import type { MachineReader } from './machine.js';
import { clockOffset } from './notes.js';
import { timestampOf } from './timestamp.js';

type Clock = { now(): number; readonly store: Pick<MachineReader['store'], 'get'> };

/** The time of day on the machine, in milliseconds since 1970: the endpoint's, unless somebody has set it. */
export async function machineNow(clock: Clock): Promise<number> {
  return clock.now() + (await clockOffset(clock));
}

/** The machine's time of day as a value. @param zone minutes east of UTC */
export async function machineTimestamp(clock: Clock, zone: number): Promise<CimDateTime> {
  return timestampOf(await machineNow(clock), zone);
}
