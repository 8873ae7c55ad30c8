import { CimDateTime } from '../../cim/model/cim-date-time.js';
import type { CimValue } from '../../cim/model/cim-value.js';

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/;
const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?$/;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * A moment of a definition, `2026-11-30T03:00:00`, in milliseconds since 1970; undefined for what is none. One that names no zone is of the
 * computer's.
 *
 * @param zone of the computer, in minutes east of UTC
 */
export function momentOf(text: string, zone: number): number | undefined {
  const [, year, month, day, hour, minute, second, offset] = MOMENT.exec(text) ?? [];
  if (year === undefined) return undefined;
  const fields = [Number(month) - 1, day, hour, minute, second].map(Number) as [number, number, number, number, number];
  const [monthIndex, dayOfMonth, hours, minutes, seconds] = fields;
  const date = new Date(Date.UTC(Number(year), monthIndex, dayOfMonth, hours, minutes, seconds));
  const isReal = date.getUTCMonth() === monthIndex && date.getUTCDate() === dayOfMonth;
  if (!isReal || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return date.getTime() - minutesOf(offset, zone) * MINUTE;
}

function minutesOf(offset: string | undefined, zone: number): number {
  if (offset === undefined) return zone;
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** A duration of a definition, `PT5M`, in milliseconds, with years of 365 and months of 30 days; undefined for what is none. */
export function durationOf(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (!found) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((one) => Number(one ?? 0));
  return (years * 365 + months * 30 + days) * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
}

/** An interval that a method was given, as a definition has it: `PT5M`; null where nothing was given. */
export function durationText(given: CimValue | undefined): string | null {
  if (!(given instanceof CimDateTime) || !given.isInterval || given.microseconds === undefined) return null;
  const total = Number(given.microseconds / 1_000_000n);
  const [days, hours, minutes, seconds] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  const part = (value: number, unit: string) => (value === 0 ? '' : `${value}${unit}`);
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
  if (days === 0 && time === '') return 'PT0S';
  return `P${part(days, 'D')}${time === '' ? '' : `T${time}`}`;
}

/** A moment that a method was given, as a definition has it, with its distance from UTC: `2026-11-30T03:00:00+01:00`. */
export function momentText(given: CimDateTime): string | null {
  const { offset } = given.fields;
  if (given.isInterval || given.hasWildcards || offset === undefined) return null;
  const text = given.toString();
  const date = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)].join('-');
  const time = [text.slice(8, 10), text.slice(10, 12), text.slice(12, 14)].join(':');
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((one) =>
    String(one).padStart(2, '0'),
  );
  return `${date}T${time}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
