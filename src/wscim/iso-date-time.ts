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

/**
 * The WS-CIM element and text for a datetime (MS-WSMV 2.2.4.1; DSP0230 §9.2.2 for values with wildcards). Cut out of its 25
 * characters, since there may be tens of thousands of them in one array. Of the parts of a second zeros at the end are left out, as
 * recorded answers of Windows have it (`20:28:21.085Z`).
 */
export function toIsoDateTime(value: CimDateTime): { readonly element: string; readonly text: string } {
  const text = value.toString();
  if (value.hasWildcards) return { element: 'CIM_DateTime', text };
  const [hour, minute, second, fraction] = [
    text.slice(8, 10),
    text.slice(10, 12),
    text.slice(12, 14),
    text.slice(15, 21),
  ];
  if (value.isInterval) {
    const [days, hours, minutes, seconds] = [text.slice(0, 8), hour, minute, second].map(Number);
    return { element: 'Interval', text: `P${days}DT${hours}H${minutes}M${seconds}.${fraction}S` };
  }
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  const time = `${hour}:${minute}:${second}${fractionText(fraction)}`;
  return { element: 'Datetime', text: `${date}T${time}${zoneText(text.slice(21))}` };
}

function fractionText(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return end === 0 ? '' : `.${digits.slice(0, end)}`;
}

/** `-000` is kept as `-00:00`: a key that holds it must be found again. */
function zoneText(offset: string): string {
  if (offset === '+000') return 'Z';
  const minutes = Number(offset.slice(1));
  const two = (part: number) => String(part).padStart(2, '0');
  return `${offset.charAt(0)}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
