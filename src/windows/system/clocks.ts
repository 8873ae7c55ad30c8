import type { DerivationContext, DerivedValue, Provider } from '../../cim/contracts/provider.js';
import { onlyOne } from '../machine.js';
import { machineNow } from '../machine-time.js';

/** Parts of a moment of which the fields of UTC are the time of day that is meant. */
const PARTS: Readonly<Record<string, (time: Date) => number>> = {
  Year: (time) => time.getUTCFullYear(),
  Quarter: (time) => Math.floor(time.getUTCMonth() / 3) + 1,
  Month: (time) => time.getUTCMonth() + 1,
  WeekInMonth: (time) => Math.ceil((time.getUTCDate() + firstDayOf(time)) / 7),
  Day: (time) => time.getUTCDate(),
  DayOfWeek: (time) => time.getUTCDay(),
  Hour: (time) => time.getUTCHours(),
  Minute: (time) => time.getUTCMinutes(),
  Second: (time) => time.getUTCSeconds(),
};

/** The day of the week with which the month begins; weeks begin on Sunday, which is 0. */
function firstDayOf(time: Date): number {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), 1)).getUTCDay();
}

const inUtc = (context: DerivationContext) => machineNow(context);
const inZone = async (context: DerivationContext) => {
  const system = await onlyOne(context, 'Win32_OperatingSystem');
  return (await machineNow(context)) + Number(system?.get('CurrentTimeZone') ?? 0) * 60_000;
};

function clock(className: string, now: (context: DerivationContext) => Promise<number>): Provider {
  const derived = Object.entries(PARTS).map(([name, part]): [string, DerivedValue] => [
    name,
    async (_instance, context) => part(new Date(await now(context))),
  ]);
  return { className, methods: {}, derived: Object.fromEntries(derived) };
}

/** Win32_LocalTime and Win32_UTCTime: the machine's clock, in parts. Milliseconds are null, as with Windows. */
export const clocks: readonly Provider[] = [clock('Win32_LocalTime', inZone), clock('Win32_UTCTime', inUtc)];
