import { CimInstance } from '../../cim/model/cim-instance.js';
import { NameMap, sameName } from '../../cim/model/name-map.js';
import { DAY, durationOf, momentOf } from './task-time.js';

/** What triggers depend on besides what they say. All in milliseconds since 1970. */
export interface TriggerClock {
  /** Minutes east of UTC. */
  readonly zone: number;
  readonly booted: number | undefined;
  readonly registered: number | undefined;
}

/** When a trigger fires. */
export interface Times {
  /** The last time at or before a moment. */
  before(moment: number): number | undefined;
  /** The first time after a moment. */
  after(moment: number): number | undefined;
}

/** How far it is looked for a day that fits: a leap day comes again after eight years at most. */
const FARTHEST_DAYS = 8 * 366;

/** No trigger fires later: a datetime has four digits for its year, in whatever zone. */
const LAST = Date.UTC(9999, 11, 30);

/** When a trigger fires; undefined for one that is disabled, or waits for what a model does not have: events, logons, idleness. */
export function timesOf(trigger: CimInstance, clock: TriggerClock): Times | undefined {
  if (!isClockTrigger(trigger)) return undefined;
  const first = firstTimes(trigger, clock);
  if (!first) return undefined;
  const start = boundary(trigger, 'StartBoundary', clock) ?? Number.NEGATIVE_INFINITY;
  const end = Math.min(boundary(trigger, 'EndBoundary', clock) ?? LAST, LAST);
  return within(repeated(within(first, start, Number.POSITIVE_INFINITY), trigger.get('Repetition')), start, end);
}

/** Whether the clock alone says when a trigger fires. */
export function isClockTrigger(trigger: CimInstance): boolean {
  return trigger.get('Enabled') !== false && CLOCK_TRIGGERS.has(trigger.className);
}

const CLOCK_TRIGGERS = new NameMap(
  ['', 'Boot', 'Registration', 'Time', 'Daily', 'Weekly', 'Monthly', 'MonthlyDOW'].map(
    (kind) => [`MSFT_Task${kind}Trigger`, true] as const,
  ),
);

function firstTimes(trigger: CimInstance, clock: TriggerClock): Times | undefined {
  const is = (name: string) => sameName(trigger.className, `MSFT_Task${name}Trigger`);
  if (is('Boot')) return once(delayed(clock.booted, trigger));
  if (is('Registration')) return once(delayed(clock.registered, trigger));
  const start = boundary(trigger, 'StartBoundary', clock);
  if (start === undefined) return undefined;
  if (is('Time') || sameName(trigger.className, 'MSFT_TaskTrigger')) return once(start);
  const fits = dayRule(trigger, start + clock.zone * 60_000);
  return fits && onDays(start, clock.zone * 60_000, fits);
}

function boundary(trigger: CimInstance, name: string, { zone }: TriggerClock): number | undefined {
  return momentOf(trigger.getString(name) ?? '', zone);
}

function delayed(moment: number | undefined, trigger: CimInstance): number | undefined {
  return moment === undefined ? undefined : moment + (durationOf(trigger.getString('Delay') ?? '') ?? 0);
}

function once(moment: number | undefined): Times {
  return {
    before: (at) => (moment !== undefined && moment <= at ? moment : undefined),
    after: (at) => (moment !== undefined && moment > at ? moment : undefined),
  };
}

/** Whether a trigger fires on a day, which is counted in days since 1970 of the computer's zone. */
type DayRule = (day: number) => boolean;

/** @param start when it begins to count, on the computer's clock */
function dayRule(trigger: CimInstance, start: number): DayRule | undefined {
  const is = (name: string) => sameName(trigger.className, `MSFT_Task${name}Trigger`);
  const firstDay = Math.floor(start / DAY);
  const number = (name: string, usual: number) => Number(trigger.get(name) ?? usual);
  if (is('Daily')) return (day) => (day - firstDay) % Math.max(1, number('DaysInterval', 1)) === 0;
  if (is('Weekly')) {
    const firstWeek = weekOf(firstDay);
    return (day) =>
      hasBit(number('DaysOfWeek', 0), dayOfWeek(day)) &&
      (weekOf(day) - firstWeek) % Math.max(1, number('WeeksInterval', 1)) === 0;
  }
  if (is('Monthly'))
    return (day) => {
      const { month, dayOfMonth, isLast } = dateOf(day);
      const isDay = hasBit(number('DaysOfMonth', 0), dayOfMonth - 1);
      return (
        hasBit(number('MonthOfYear', 0), month) && (isDay || (isLast && trigger.get('RunOnLastDayOfMonth') === true))
      );
    };
  if (is('MonthlyDOW'))
    return (day) => {
      const { month, dayOfMonth, daysLeft } = dateOf(day);
      const isWeek = hasBit(number('WeeksOfMonth', 0), Math.floor((dayOfMonth - 1) / 7));
      const isLastWeek = daysLeft < 7 && trigger.get('RunOnLastWeekOfMonth') === true;
      return (
        hasBit(number('MonthOfYear', 0), month) &&
        hasBit(number('DaysOfWeek', 0), dayOfWeek(day)) &&
        (isWeek || isLastWeek)
      );
    };
  return undefined;
}

function hasBit(mask: number, bit: number): boolean {
  return Math.floor(mask / 2 ** bit) % 2 === 1;
}

/** From Sunday, which is 0. The first of January 1970 was a Thursday. */
function dayOfWeek(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Weeks begin on Sunday. */
function weekOf(day: number): number {
  return Math.floor((day + 4) / 7);
}

function dateOf(day: number) {
  const date = new Date(day * DAY);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const dayOfMonth = date.getUTCDate();
  return { month: date.getUTCMonth(), dayOfMonth, daysLeft: length - dayOfMonth, isLast: length === dayOfMonth };
}

/** On each day that fits, at the time of day of its start. @param zone in milliseconds */
function onDays(start: number, zone: number, fits: DayRule): Times {
  const timeOfDay = (((start + zone) % DAY) + DAY) % DAY;
  const [last, next] = [nearest(fits, -1), nearest(fits, 1)];
  const dayOf = (moment: number) => Math.floor((moment + zone - timeOfDay) / DAY);
  const onDay = (day: number | undefined) => (day === undefined ? undefined : day * DAY + timeOfDay - zone);
  return {
    before: (at) => (at < start ? undefined : onDay(last(dayOf(at)))),
    after: (at) => onDay(next(dayOf(Math.max(at, start - 1)) + 1)),
  };
}

/**
 * The nearest day that fits, from a day on, forwards or backwards. The last one is remembered, and is the nearest of all days on the way to it:
 * what repeats within a day asks a thousand times.
 */
function nearest(fits: DayRule, step: 1 | -1): (from: number) => number | undefined {
  let known: { readonly from: number; readonly day: number } | undefined;
  return (from) => {
    if (known && (from - known.from) * step >= 0 && (known.day - from) * step >= 0) return known.day;
    for (let day = from, left = FARTHEST_DAYS; left > 0; day += step, left--)
      if (fits(day)) {
        known = { from, day };
        return day;
      }
    return undefined;
  };
}

/** What fires again and again after each time, for as long as it says. */
function repeated(times: Times, repetition: unknown): Times {
  const text = (name: string) => (repetition instanceof CimInstance ? (repetition.getString(name) ?? '') : '');
  const interval = durationOf(text('Interval')) ?? 0;
  if (interval <= 0) return times;
  const duration = durationOf(text('Duration')) || Number.POSITIVE_INFINITY;
  const last = (from: number, upTo: number) => from + Math.floor(Math.min(upTo - from, duration) / interval) * interval;
  return {
    before(at) {
      const from = times.before(at);
      return from === undefined ? undefined : last(from, at);
    },
    after(at) {
      const [from, next] = [times.before(at), times.after(at)];
      const again = from === undefined ? undefined : last(from, at) + interval;
      const isOn = from !== undefined && again !== undefined && again - from <= duration;
      if (!isOn) return next;
      return next === undefined ? again : Math.min(again, next);
    },
  };
}

function within({ before, after }: Times, start: number, end: number): Times {
  const inside = (moment: number | undefined) =>
    moment !== undefined && moment >= start && moment <= end ? moment : undefined;
  return {
    before: (at) => inside(before(Math.min(at, end))),
    after: (at) => inside(after(at)),
  };
}
