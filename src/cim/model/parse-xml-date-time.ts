import { CimDateTime } from './cim-date-time.js';

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)?$/i;
const DURATION = /^P(?:(\d{1,8})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,12}))?S)?)?$/i;

/**
 * Reads an xs:dateTime, an xs:duration without years and months, or the 25 characters of DSP0004 §5.2.4, with white space
 * around it. A missing offset is UTC; digits of a second beyond the sixth are dropped.
 *
 * @returns undefined when the text is none of these
 */
export function parseXmlDateTime(text: string): CimDateTime | undefined {
  const trimmed = text.trim();
  const dateTime = DATE_TIME.exec(trimmed);
  if (dateTime) {
    const [, year, month, day, hour, minute, second, fraction, zone] = dateTime;
    return cimDateTime(`${year}${month}${day}${hour}${minute}${second}.${microseconds(fraction)}${cimOffset(zone)}`);
  }
  const duration = /\d[DHMS]$/i.test(trimmed) ? DURATION.exec(trimmed) : null;
  return duration ? fromDuration(duration) : cimDateTime(trimmed);
}

/** The value of 25 characters; undefined when they are none. */
export function cimDateTime(text: string): CimDateTime | undefined {
  try {
    return CimDateTime.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The six digits of a fraction of a second. */
export function microseconds(fraction = ''): string {
  return fraction.slice(0, 6).padEnd(6, '0');
}

/** The four characters of an offset `Z`, `+hh:mm` or `-hh:mm`. */
export function cimOffset(zone = 'Z'): string {
  if (zone.toUpperCase() === 'Z') return '+000';
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return `${zone[0]}${String(minutes).padStart(3, '0')}`;
}

function fromDuration([, days, hours, minutes, seconds, fraction]: RegExpExecArray): CimDateTime | undefined {
  const total =
    BigInt(days ?? 0) * 86_400n + BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  try {
    return CimDateTime.interval(total * 1_000_000n + BigInt(microseconds(fraction)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
