import type { CimDateTime } from '../cim/model/cim-date-time.js';
import { cimDateTime, cimOffset, microseconds, parseXmlDateTime } from '../cim/model/parse-xml-date-time.js';
import { parseDate } from './parse-date.js';

/** The forms that queries take, for those who wrote another. */
export const DATE_TIME_FORMS =
  'yyyy-mm-dd HH:MM:SS:mmm, mm/dd/yyyy, Jan 21 1932, 21 January 1932, yyyy[mm[dd]] (each alone or with a time: 15:23, 3:23:00 PM, 4 PM), ' +
  'yyyymmddHHMMSS.mmmmmm+UUU, or an interval ddddddddHHMMSS.mmmmmm:000';

/** More characters than any of the forms has: what is longer is not looked at. */
const LONGEST_FORM = 64;

/** The beginning of a timestamp from `yyyymmdd` on, with or without an offset. */
const SHORT = /^(\d{8})(\d\d)?(\d\d)?(\d\d)?(?:\.(\d{1,6}))?(?:([+-])(\d{3}))?$/;

/** A time with a colon or a half of the day, blanks or a T before it, an offset from UTC or a Z behind it. */
const TIME =
  /^(.*?\S)(?:\s+|T)(\d{1,2})(?::(\d\d)(?::(\d\d)(?::(\d{1,3})|\.(\d{1,9}))?)?)?\s?([AP]M)?\s?(Z|[+-]\d\d:?\d\d)?$/i;

/** An offset may also stand behind a date alone. */
const ZONE = /^(.*\d)\s?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Reads a datetime as queries write it:
 *
 * - the 25 characters of DSP0004 §5.2.4, or the beginning of a timestamp from `yyyymmdd` on, as WMI takes it;
 * - ISO 8601 date and time, or duration without years and months;
 * - a date, and behind it perhaps a time, in every form of Microsoft's pages on WQL's date and time formats: see
 *   {@link parseDate}; `HH:MM`, `HH:MM:SS`, `HH:MM:SS:mmm`, with or without AM or PM, and `4 PM`.
 *
 * What is left out is zero, of a date the first month and day; a missing offset is UTC. What follows the seconds behind a colon
 * is milliseconds, as CIM_DATETIME's page has it, behind a point a fraction.
 *
 * @returns undefined when the text is none of these
 */
export function parseDateTime(text: string): CimDateTime | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_FORM) return undefined;
  return parseXmlDateTime(trimmed) ?? parseShort(trimmed) ?? parseWritten(trimmed);
}

function parseShort(text: string): CimDateTime | undefined {
  const short = SHORT.exec(text);
  if (!short) return undefined;
  const [, date, hour = '00', minute = '00', second = '00', fraction, sign = '+', offset = '000'] = short;
  return cimDateTime(`${date}${hour}${minute}${second}.${microseconds(fraction)}${sign}${offset}`);
}

function parseWritten(text: string): CimDateTime | undefined {
  const [, dateText = text, hour = '0', minute = '00', second = '00', millis, fraction, half, zone] =
    splitTime(text) ?? [];
  const [, bare = dateText, dateZone] = (zone === undefined && ZONE.exec(dateText)) || [];
  const date = parseDate(bare);
  const hours = hoursOf(hour, half);
  if (date === undefined || hours === undefined) return undefined;
  const micros = microseconds(millis?.padStart(3, '0') ?? fraction);
  return cimDateTime(`${date}${hours}${minute}${second}.${micros}${cimOffset(withColon(zone ?? dateZone))}`);
}

/** A number behind a date is an hour when a colon or a half of the day says so. */
function splitTime(text: string): RegExpExecArray | undefined {
  const found = TIME.exec(text);
  return found && (found[3] !== undefined || found[7] !== undefined) ? found : undefined;
}

/** The hour of the day in two digits; undefined for one that no clock shows. */
function hoursOf(text: string, half: string | undefined): string | undefined {
  const hour = Number(text);
  if (half === undefined) return text.padStart(2, '0');
  if (hour < 1 || hour > 12) return undefined;
  return String((hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)).padStart(2, '0');
}

function withColon(zone: string | undefined): string | undefined {
  return zone?.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
}
