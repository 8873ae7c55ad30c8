import { describe, expect, it } from 'vitest';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { part } from '../../../src/windows/tasks/task-parts.js';
import { timesOf } from '../../../src/windows/tasks/trigger-times.js';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const clock = { zone: 0, booted: NOW - 3_600_000, registered: NOW - 60_000 };

function times(kind: string, values: Readonly<Record<string, CimValue>>, now = NOW, zone = 0) {
  const found = timesOf(part(`MSFT_Task${kind}Trigger`, values), { ...clock, zone });
  const text = (moment: number | undefined) =>
    moment === undefined ? undefined : new Date(moment).toISOString().slice(0, 16);
  return found && [text(found.before(now)), text(found.after(now))];
}

const repeated = (Interval: string, Duration: string | null = null) => ({
  Repetition: part('MSFT_TaskRepetitionPattern', { Interval, Duration }),
});

describe('a trigger', () => {
  it('fires once, at its moment, in the zone that it names or in the computer’s', () => {
    expect(times('Time', { StartBoundary: '2026-11-30T07:59:00' })).toEqual(['2026-11-30T07:59', undefined]);
    expect(times('Time', { StartBoundary: '2026-11-30T09:30:00+01:00' })).toEqual([undefined, '2026-11-30T08:30']);
    expect(times('Time', { StartBoundary: '2026-11-30T09:30:00' }, NOW, 60)).toEqual([undefined, '2026-11-30T08:30']);
  });

  it('says the same, whatever it was asked before', () => {
    const trigger = part('MSFT_TaskMonthlyTrigger', {
      ...{ StartBoundary: '2026-01-05T12:00:00', MonthOfYear: 0b0101_0101_0101, DaysOfMonth: 2 ** 0 + 2 ** 16 },
      ...repeated('PT7H', 'P3D'),
    });
    const asked = timesOf(trigger, clock);
    const both = (times: typeof asked, at: number) => [times?.before(at), times?.after(at)];
    const moments = Array.from({ length: 500 }, (_, at) => NOW + (((at * 263) % 500) - 250) * 20 * 3_600_000);
    for (const at of [...moments, ...moments.toSorted((a, b) => a - b)])
      expect(both(asked, at), new Date(at).toISOString()).toEqual(both(timesOf(trigger, clock), at));
  });

  it('does not fire in years that no datetime has', () => {
    expect(times('Registration', { Delay: 'P9999Y' })).toEqual([undefined, undefined]);
    expect(times('Time', { StartBoundary: '9999-12-31T23:00:00-05:00' }, NOW, 60)).toEqual([undefined, undefined]);
  });

  it('fires each so many days from its first on', () => {
    expect(times('Daily', { StartBoundary: '2026-11-01T03:00:00', DaysInterval: 1 })).toEqual([
      '2026-11-30T03:00',
      '2026-12-01T03:00',
    ]);
    expect(times('Daily', { StartBoundary: '2026-11-28T10:00:00', DaysInterval: 3 })).toEqual([
      '2026-11-28T10:00',
      '2026-12-01T10:00',
    ]);
    expect(times('Daily', { StartBoundary: '2027-01-01T10:00:00', DaysInterval: 3 })).toEqual([
      undefined,
      '2027-01-01T10:00',
    ]);
  });

  it('fires on days of the week, each so many weeks', () => {
    // The 30th is a Monday.
    const weekends = { StartBoundary: '2026-11-01T06:00:00', DaysOfWeek: 65 };
    expect(times('Weekly', { ...weekends, WeeksInterval: 1 })).toEqual(['2026-11-29T06:00', '2026-12-05T06:00']);
    expect(times('Weekly', { ...weekends, WeeksInterval: 2 })).toEqual(['2026-11-29T06:00', '2026-12-05T06:00']);
    const next = Date.parse('2026-12-06T08:00:00Z');
    expect(times('Weekly', { ...weekends, WeeksInterval: 2 }, next)).toEqual(['2026-12-05T06:00', '2026-12-13T06:00']);
    expect(times('Weekly', { ...weekends, DaysOfWeek: 0, WeeksInterval: 1 })).toEqual([undefined, undefined]);
  });

  it('fires on days of months, the last one among them', () => {
    const start = { StartBoundary: '2026-01-01T12:00:00', MonthOfYear: 4095 };
    expect(times('Monthly', { ...start, DaysOfMonth: 2 ** 30 })).toEqual(['2026-10-31T12:00', '2026-12-31T12:00']);
    expect(times('Monthly', { ...start, DaysOfMonth: 0, RunOnLastDayOfMonth: true })).toEqual([
      '2026-10-31T12:00',
      '2026-11-30T12:00',
    ]);
    const leap = { StartBoundary: '2026-01-01T12:00:00', MonthOfYear: 2, DaysOfMonth: 2 ** 28 };
    expect(times('Monthly', leap)).toEqual([undefined, '2028-02-29T12:00']);
  });

  it('fires on the first or last of a day of the week in a month', () => {
    const sundays = { StartBoundary: '2026-01-01T04:00:00', MonthOfYear: 4095, DaysOfWeek: 1 };
    expect(times('MonthlyDOW', { ...sundays, WeeksOfMonth: 1 })).toEqual(['2026-11-01T04:00', '2026-12-06T04:00']);
    expect(times('MonthlyDOW', { ...sundays, WeeksOfMonth: 0, RunOnLastWeekOfMonth: true })).toEqual([
      '2026-11-29T04:00',
      '2026-12-27T04:00',
    ]);
  });

  it('fires again and again, for as long as it says', () => {
    const daily = { StartBoundary: '2026-11-01T03:00:00', DaysInterval: 1 };
    expect(times('Daily', { ...daily, ...repeated('PT45M') })).toEqual(['2026-11-30T07:30', '2026-11-30T08:15']);
    expect(times('Daily', { ...daily, ...repeated('PT1H', 'PT2H') })).toEqual(['2026-11-30T05:00', '2026-12-01T03:00']);
    const once = { StartBoundary: '2026-11-29T00:00:00', ...repeated('PT30M') };
    expect(times('Time', once)).toEqual(['2026-11-30T08:00', '2026-11-30T08:30']);
    expect(times('Time', { ...once, EndBoundary: '2026-11-30T08:10:00' })).toEqual(['2026-11-30T08:00', undefined]);
  });

  it('fires after the start of the computer, and after it was registered', () => {
    expect(times('Boot', { Delay: 'PT10M' })).toEqual(['2026-11-30T07:10', undefined]);
    expect(times('Registration', { Delay: 'PT5M' })).toEqual([undefined, '2026-11-30T08:04']);
  });

  it('does not fire when it is disabled, or waits for what nobody does', () => {
    expect(times('Boot', { Enabled: false })).toBeUndefined();
    expect(times('Logon', {})).toBeUndefined();
    expect(times('Event', { Subscription: '<QueryList/>' })).toBeUndefined();
    expect(times('Daily', { DaysInterval: 1 })).toBeUndefined();
  });
});
