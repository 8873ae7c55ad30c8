import { CimDateTime } from '../../cim/model/cim-date-time.js';

/** The elements of the WS-CIM common namespace that hold a datetime (DSP0230 §9.2.2). */
export type DateTimeElement = 'Datetime' | 'Interval' | 'CIM_DateTime';

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:Z|([+-])(\d\d):(\d\d))?$/;
const INTERVAL = /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(?:\.(\d{1,12}))?S)?)?$/;
/** xs:dateTime allows offsets up to fourteen hours; CIM up to 999 minutes. */
const MAX_XSD_OFFSET = 840;

/** How a datetime is written: XML Schema where it can hold the value, else the 25 characters of CIM. */
export function formatDateTime(value: CimDateTime): { readonly element: DateTimeElement; readonly text: string } {
  const { year, month, day, hour, minute, second, microsecond = 0, offset = 0 } = value.fields;
  const fitsXmlSchema = !value.hasWildcards && (value.isInterval || (year !== 0 && month !== 0 && day !== 0));
  if (!fitsXmlSchema || Math.abs(offset) > MAX_XSD_OFFSET) return { element: 'CIM_DateTime', text: value.toString() };
  const fraction = microsecond === 0 ? '' : `.${pad(microsecond, 6)}`;
  if (value.isInterval) return { element: 'Interval', text: `P${day}DT${hour}H${minute}M${second}${fraction}S` };
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fraction}`;
  return { element: 'Datetime', text: `${date}T${time}${zone(offset)}` };
}

/** Reads a datetime in any of the three forms; undefined when the text is none that CIM can hold. */
export function parseDateTime(text: string): CimDateTime | undefined {
  const trimmed = text.trim();
  try {
    return parseTimestamp(trimmed) ?? parseInterval(trimmed) ?? CimDateTime.parse(trimmed);
  } catch {
    return undefined;
  }
}

function parseTimestamp(text: string): CimDateTime | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign = '+', hours = '0', minutes = '0'] = match;
  const offset = pad(Number(hours) * 60 + Number(minutes), 3);
  return CimDateTime.parse(`${year}${month}${day}${hour}${minute}${second}.${micro(fraction)}${sign}${offset}`);
}

function parseInterval(text: string): CimDateTime | undefined {
  const match = INTERVAL.exec(text);
  if (!match || /[PT]$/.test(text)) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const total = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return CimDateTime.interval(total * 1_000_000n + BigInt(micro(fraction)));
}

function micro(fraction: string): string {
  return fraction.slice(0, 6).padEnd(6, '0');
}

function zone(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

function pad(value: number | undefined, width: number): string {
  return String(value ?? 0).padStart(width, '0');
}
