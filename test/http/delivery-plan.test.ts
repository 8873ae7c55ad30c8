import { describe, expect, it } from 'vitest';
import { planDelivery } from '../../src/http/delivery-plan.js';
import type { Delivery } from '../../src/wsman/wsman-service.js';

const plan = (delivery: Delivery) => planDelivery(delivery, 200, 1000);
const JUST_SENT = {
  status: 200,
  delayMs: 0,
  bytesPerSecond: undefined,
  length: 1000,
  stalls: false,
  end: undefined,
  silent: false,
};

describe('the plan of a delivery', () => {
  it.each<readonly [string, Delivery]>([
    ['nothing wanted', {}],
    ['a status of another kind', { status: 100 }],
    ['a status that is none', { status: 1000 }],
    ['half a status', { status: 200.5 }],
    ['a delay that is no number', { delayMs: Number.NaN }],
    ['a delay into the past', { delayMs: -5 }],
    ['a rate that is no number', { bytesPerSecond: Number.NaN }],
    ['no rate at all', { bytesPerSecond: 0 }],
    ['a rate backwards', { bytesPerSecond: -1 }],
    ['a cut nowhere', { cutAfter: Number.NaN }],
    ['a stall nowhere', { stallAfter: Number.NaN }],
  ])('just sends with %s', (_what, delivery) => {
    expect(plan(delivery)).toEqual(JUST_SENT);
  });

  it.each<readonly [string, Delivery, object]>([
    ['after no byte, for less than none', { cutAfter: -3 }, { length: 0, end: 'close' }],
    ['between whole bytes', { cutAfter: 10.7 }, { length: 10, end: 'close' }],
    ['after all, where the body is shorter', { cutAfter: 5000 }, { length: 1000, end: 'close' }],
    ['in the middle, where it is not said', { end: { how: 'reset', when: 'within' } }, { length: 500, end: 'reset' }],
    ['where the cut is, rather than after all', { cutAfter: 1, end: { how: 'reset', when: 'after' } }, { length: 1 }],
  ])('cuts %s', (_what, delivery, expected) => {
    expect(plan(delivery)).toMatchObject(expected);
  });

  it('sends nothing where the connection ends before, whatever else is said', () => {
    expect(plan({ end: { how: 'close', when: 'before' }, cutAfter: 10 })).toMatchObject({ silent: true, end: 'close' });
  });

  it('stands still, and does not end the connection, whatever else is said', () => {
    const wanted = { stallAfter: 10, cutAfter: 5, end: { how: 'reset', when: 'before' } } as const;
    expect(plan(wanted)).toMatchObject({ stalls: true, length: 10, end: undefined, silent: false });
  });

  it('takes a rate below one byte in a second', () => {
    expect(plan({ bytesPerSecond: 0.5 }).bytesPerSecond).toBe(0.5);
  });
});
