import { CimDateTime } from '../cim/cim-date-time.js';

const CIM = /^[\d*]{14}\..{10}$/;
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s?(?:Z|([+-])(\d\d):?(\d\d))?$/i;
const DURATION = /^P(?:(\d{1,8})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?)?$/i;
const SHORT = /^(\d{8})(\d\d)?(\d\d)?(\d\d)?(?:\.(\d{1,6}))?(?:([+-])(\d{3}))?$/;

/**
 * Reads a datetime as queries write it: the 25 characters of DSP0004 §5.2.4; ISO 8601 date and time, or duration
 * without years and months; or the beginning of a timestamp from `yyyymmdd` on, as WMI takes it. What is left out is
 * zero, a missing offset is UTC.
 *
 * @returns undefined when the text is none of these
 */
export function parseDateTime(text: string): CimDateTime | undefined {
  const trimmed = text.trim();
  try {
    const duration = DURATION.exec(trimmed);
    return duration && /\d/.test(trimmed) ? fromDuration(duration) : CimDateTime.parse(toCimText(trimmed));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function toCimText(text: string): string {
  if (CIM.test(text)) return text;
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', sign = '+', east, rest] = iso;
    const offset = Number(east ?? 0) * 60 + Number(rest ?? 0);
    return `${year}${month}${day}${hour}${minute}${second}.${micro(fraction)}${sign}${String(offset).padStart(3, '0')}`;
  }
  const short = SHORT.exec(text);
  if (!short) return text;
  const [, date, hour = '00', minute = '00', second = '00', fraction = '', sign = '+', offset = '000'] = short;
  return `${date}${hour}${minute}${second}.${micro(fraction)}${sign}${offset}`;
}

function fromDuration([, days, hours, minutes, seconds, fraction]: RegExpExecArray): CimDateTime {
  const total =
    BigInt(days ?? 0) * 86_400n + BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  return CimDateTime.interval(total * 1_000_000n + BigInt(micro(fraction ?? '')));
}

function micro(fraction: string): string {
  return fraction.slice(0, 6).padEnd(6, '0');
}
