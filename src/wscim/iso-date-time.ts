import type { CimDateTime } from '../cim/model/cim-date-time.js';
import { cimDateTime, cimOffset, microseconds, parseXmlDateTime } from '../cim/model/parse-xml-date-time.js';

const DATE = /^(\d{4})-(\d\d)-(\d\d)(Z|[+-]\d\d:\d\d)?$/i;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:Z|[+-]\d\d:\d\d)?$/i;

/**
 * Reads what DSP0230 §9.2.2 writes for a datetime: xs:dateTime, xs:duration without years and months, xs:date
 * (a timestamp whose time is open), xs:time (an interval within a day), or the 25-character CIM form.
 *
 * @returns undefined when the text is none of these
 */
export function parseIsoDateTime(text: string): CimDateTime | undefined {
  const trimmed = text.trim();
  const date = DATE.exec(trimmed);
  if (date) return cimDateTime(`${date[1]}${date[2]}${date[3]}******.******${cimOffset(date[4])}`);
  const time = TIME.exec(trimmed);
  if (time) return cimDateTime(`00000000${time[1]}${time[2]}${time[3]}.${microseconds(time[4])}:000`);
  return parseXmlDateTime(trimmed);
}

/** The WS-CIM element and text for a datetime (MS-WSMV 2.2.4.1; DSP0230 §9.2.2 for values with wildcards). */
export function toIsoDateTime(value: CimDateTime): { readonly element: string; readonly text: string } {
  const { year, month, day, hour, minute, second, offset: minutesEast = 0 } = value.fields;
  if (value.hasWildcards) return { element: 'CIM_DateTime', text: value.toString() };
  const fraction = value.toString().slice(15, 21);
  if (value.isInterval) {
    return { element: 'Interval', text: `P${day}DT${hour}H${minute}M${second}.${fraction}S` };
  }
  const two = (part: number | undefined) => String(part).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}${fraction === '000000' ? '' : `.${fraction}`}`;
  return { element: 'Datetime', text: `${date}T${time}${zoneText(value.toString().charAt(21), minutesEast)}` };
}

/** `-000` is kept as `-00:00`: a key that holds it must be found again. */
function zoneText(sign: string, minutesEast: number): string {
  if (minutesEast === 0 && sign === '+') return 'Z';
  const minutes = Math.abs(minutesEast);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
