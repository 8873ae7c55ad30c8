import type { CimDateTime } from '../cim/model/cim-date-time.js';
import { cimDateTime, cimOffset, microseconds, parseXmlDateTime } from '../cim/model/parse-xml-date-time.js';

const LOOSE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s?(?:Z|([+-]\d\d):?(\d\d))?$/i;
const SHORT = /^(\d{8})(\d\d)?(\d\d)?(\d\d)?(?:\.(\d{1,6}))?(?:([+-])(\d{3}))?$/;

/**
 * Reads a datetime as queries write it: the 25 characters of DSP0004 §5.2.4; ISO 8601 date and time, or duration
 * without years and months; or the beginning of a timestamp from `yyyymmdd` on, as WMI takes it. What is left out is
 * zero, a missing offset is UTC.
 *
 * @returns undefined when the text is none of these
 */
export function parseDateTime(text: string): CimDateTime | undefined {
  return parseXmlDateTime(text) ?? cimDateTime(toCimText(text.trim()));
}

function toCimText(text: string): string {
  const loose = LOOSE.exec(text);
  if (loose) {
    const [, year, month, day, hour = '00', minute = '00', second = '00', fraction, east, rest] = loose;
    const offset = cimOffset(east === undefined ? undefined : `${east}:${rest}`);
    return `${year}${month}${day}${hour}${minute}${second}.${microseconds(fraction)}${offset}`;
  }
  const short = SHORT.exec(text);
  if (!short) return text;
  const [, date, hour = '00', minute = '00', second = '00', fraction, sign = '+', offset = '000'] = short;
  return `${date}${hour}${minute}${second}.${microseconds(fraction)}${sign}${offset}`;
}
