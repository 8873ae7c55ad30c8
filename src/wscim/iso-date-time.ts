import { CimDateTime } from '../cim/cim-date-time.js';

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)?$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(Z|[+-]\d\d:\d\d)?$/i;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:Z|[+-]\d\d:\d\d)?$/i;
const DURATION = /^P(?:(\d{1,8})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,12}))?S)?)?$/i;

/**
 * Reads what DSP0230 §9.2.2 writes for a datetime: xs:dateTime, xs:duration without years and months, xs:date
 * (a timestamp whose time is open), xs:time (an interval within a day), or the 25-character CIM form.
 *
 * @returns undefined when the text is none of these
 */
export function parseIsoDateTime(text: string): CimDateTime | undefined {
  const cim = toCimText(text.trim());
  if (cim === undefined) return undefined;
  try {
    return CimDateTime.parse(cim);
  } catch {
    return undefined;
  }
}

function toCimText(text: string): string | undefined {
  const dateTime = DATE_TIME.exec(text);
  if (dateTime) {
    const [, year, month, day, hour, minute, second, fraction, zone] = dateTime;
    return `${year}${month}${day}${hour}${minute}${second}.${micro(fraction)}${offset(zone)}`;
  }
  const date = DATE.exec(text);
  if (date) return `${date[1]}${date[2]}${date[3]}******.******${offset(date[4])}`;
  const time = TIME.exec(text);
  if (time) return `00000000${time[1]}${time[2]}${time[3]}.${micro(time[4])}:000`;
  if (text.length > 1 && !/T$/i.test(text)) {
    const duration = DURATION.exec(text);
    if (duration) return fromDuration(duration);
  }
  return text.length === 25 ? text : undefined;
}

function fromDuration([, days, hours, minutes, seconds, fraction]: RegExpExecArray): string | undefined {
  const total =
    BigInt(days ?? 0) * 86_400n + BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  try {
    return CimDateTime.interval(total * 1_000_000n + BigInt(micro(fraction))).toString();
  } catch {
    return undefined;
  }
}

function micro(fraction: string | undefined): string {
  return (fraction ?? '').slice(0, 6).padEnd(6, '0');
}

function offset(zone: string | undefined): string {
  if (zone === undefined || zone.toUpperCase() === 'Z') return '+000';
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return `${zone[0]}${String(minutes).padStart(3, '0')}`;
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
