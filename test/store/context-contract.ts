import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ContextKind, ContextRecord, ContextStore } from '../../src/cim/contracts/context-store.js';

/** A store of its own for one test, and the way to let time pass on its clock. */
export interface TimedContextStore {
  readonly store: ContextStore;
  /** Milliseconds. */
  readonly pass: (time: number) => void | Promise<void>;
}

const HOUR = 3_600_000;
const LONG = { lifetime: HOUR, atMost: 1000 };

const record = (owner: string, state = '{}', kind: ContextKind = 'enumeration'): ContextRecord => ({
  kind,
  owner,
  state,
});

const lasting = (lifetime: number) => ({ ...LONG, lifetime });
const atMost = (count: number) => ({ ...LONG, atMost: count });

/** What every {@link ContextStore} does: its tests hand in how one is made. */
export function describeContextStore(name: string, create: () => TimedContextStore | Promise<TimedContextStore>): void {
  describe(name, () => {
    let store: ContextStore;
    let pass: TimedContextStore['pass'];
    beforeEach(async () => {
      ({ store, pass } = await create());
    });
    afterEach(() => store.close());
    const given = () => ({ store, pass });
    describe('keeps a context, which', () => describeLife(given));
    describe('lets those who go on with a context at the same time', () => describeTurns(given));
    describe('bounds what an owner has, and', () => describeBound(given));
    describe('has a clock that', () => describeClock(given));
    describe('once cleared', () => describeClear(given));
    describe('once closed', () => describeClose(given));
  });
}

function describeLife(given: () => TimedContextStore): void {
  it('is found as it was added, until its time is over', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann', '{"n":1}'), lasting(1500));
    await pass(1400);
    expect(await store.get('a')).toMatchObject(record('ann', '{"n":1}'));
    await pass(100);
    expect(await store.get('a')).toBeUndefined();
  });

  it('tells how much of its time is left', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann'), lasting(60_000));
    await pass(20_000);
    const { remaining = 0 } = (await store.get('a')) ?? {};
    expect(remaining).toBeGreaterThan(35_000);
    expect(remaining).toBeLessThanOrEqual(40_000);
  });

  it('gets a new time with a new state', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann', '0'), lasting(1000));
    expect(await store.replace('a', '0', '1', 9000)).toBe(true);
    await pass(5000);
    expect(await store.get('a')).toMatchObject(record('ann', '1'));
  });

  it('ends when it would have, if the new state brings no time', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann', '0'), lasting(2000));
    await pass(1500);
    expect(await store.replace('a', '0', '1')).toBe(true);
    expect(await store.get('a')).toMatchObject(record('ann', '1'));
    await pass(500);
    expect(await store.get('a')).toBeUndefined();
  });

  it('is over at once without a lifetime', async () => {
    const { store } = given();
    expect(await store.add('a', record('ann'), lasting(0))).toBe(true);
    expect(await store.get('a')).toBeUndefined();
  });

  it('keeps its parts as long as it lives', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann', '0'), { ...lasting(1000), parts: ['p', 'q'] });
    await store.replace('a', '0', '1', 9000);
    await pass(5000);
    expect([await store.getPart('a', 0), await store.getPart('a', 1)]).toEqual(['p', 'q']);
    expect([await store.getPart('a', 2), await store.getPart('b', 0)]).toEqual([undefined, undefined]);
    await pass(4000);
    expect(await store.getPart('a', 0)).toBeUndefined();
  });

  it('loses its parts when it is deleted', async () => {
    const { store } = given();
    await store.add('a', record('ann', '0'), { ...LONG, parts: ['p'] });
    await store.delete('a', '0');
    expect(await store.getPart('a', 0)).toBeUndefined();
  });

  it('gives its identifier to no other, as long as it lives', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann'), lasting(1000));
    await expect(store.add('a', record('ben'), LONG)).rejects.toThrow(RangeError);
    expect(await store.get('a')).toMatchObject({ owner: 'ann' });
    await pass(1000);
    expect(await store.add('a', record('ben'), LONG)).toBe(true);
  });
}

function describeTurns(given: () => TimedContextStore): void {
  it('replace it once', async () => {
    const { store } = given();
    await store.add('a', record('ann', '0'), LONG);
    const replaced = await Promise.all(['1', '2', '3'].map((next) => store.replace('a', '0', next, HOUR)));
    expect(replaced.filter(Boolean)).toHaveLength(1);
    expect((await store.get('a'))?.state).toBe(['1', '2', '3'][replaced.indexOf(true)]);
  });

  it('delete it once', async () => {
    const { store } = given();
    await store.add('a', record('ann', '0'), LONG);
    const deleted = await Promise.all([store.delete('a', '0'), store.delete('a', '0')]);
    expect(deleted.filter(Boolean)).toHaveLength(1);
    expect(await store.get('a')).toBeUndefined();
  });

  it('not delete what has moved on', async () => {
    const { store } = given();
    await store.add('a', record('ann', '0'), LONG);
    await store.replace('a', '0', '1', HOUR);
    expect(await store.delete('a', '0')).toBe(false);
    expect((await store.get('a'))?.state).toBe('1');
  });

  it('neither delete nor replace one whose time is over', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann', '0'), lasting(300));
    await pass(400);
    expect(await store.delete('a', '0')).toBe(false);
    expect(await store.replace('a', '0', '1', HOUR)).toBe(false);
  });
}

function describeBound(given: () => TimedContextStore): void {
  const addMany = (store: ContextStore, count: number, bound: number, one = record('ann')) =>
    Promise.all(Array.from({ length: count }, (_, index) => store.add(`${one.owner}${index}`, one, atMost(bound))));

  it('refuses the next', async () => {
    const { store } = given();
    expect(await addMany(store, 2, 2)).toEqual([true, true]);
    expect(await store.add('c', record('ann'), atMost(2))).toBe(false);
    expect(await store.get('c')).toBeUndefined();
  });

  it('is not passed by many that are added at once', async () => {
    const { store } = given();
    const added = await addMany(store, 50, 2);
    expect(added.filter(Boolean)).toHaveLength(2);
    expect(await store.count('enumeration', 'ann')).toBe(2);
  });

  it('has room again for each that is deleted', async () => {
    const { store } = given();
    await addMany(store, 2, 2);
    await store.delete('ann0', '{}');
    expect(await store.add('c', record('ann'), atMost(2))).toBe(true);
    expect(await store.add('d', record('ann'), atMost(2))).toBe(false);
  });

  it('has room again a second after the time of one is over', async () => {
    const { store, pass } = given();
    await store.add('a', record('ann'), { lifetime: 500, atMost: 1 });
    await pass(1500);
    expect(await store.add('b', record('ann'), atMost(1))).toBe(true);
  });

  it('counts in bytes as well, parts included, of one owner and of all', async () => {
    const { store } = given();
    const within = (ofOwner: number, ofAll: number) => ({
      ...LONG,
      parts: ['x'.repeat(10_000)],
      room: { ofOwner, ofAll },
    });
    const full = expect.objectContaining({ name: 'StoreError', kind: 'full' });
    expect(await store.add('a', record('ann'), within(15_000, 30_000))).toBe(true);
    await expect(store.add('b', record('ann'), within(15_000, 30_000))).rejects.toEqual(full);
    expect(await store.get('b')).toBeUndefined();
    expect(await store.add('c', record('bob'), within(15_000, 30_000))).toBe(true);
    await expect(store.add('d', record('eve'), within(15_000, 30_000))).rejects.toEqual(full);
    await store.delete('a', '{}');
    expect(await store.add('d', record('eve'), within(15_000, 30_000))).toBe(true);
  });

  it('keeps a state that would not fit from taking the place of a shorter one', async () => {
    const { store } = given();
    const room = { ofOwner: 2_000, ofAll: 2_000 };
    await store.add('a', record('ann', '0'), { ...LONG, room });
    const full = expect.objectContaining({ name: 'StoreError', kind: 'full' });
    await expect(store.replace('a', '0', 'x'.repeat(3_000), HOUR, room)).rejects.toEqual(full);
    expect((await store.get('a'))?.state).toBe('0');
    expect(await store.replace('a', '0', '1', HOUR, room)).toBe(true);
    expect(await store.replace('a', '1', 'x'.repeat(3_000), HOUR)).toBe(true);
    expect(await store.replace('a', 'x'.repeat(3_000), 'y'.repeat(2_900), HOUR, room)).toBe(true);
  });

  it('does not count another owner', async () => {
    const { store } = given();
    await addMany(store, 2, 2);
    expect(await addMany(store, 2, 2, record('ben'))).toEqual([true, true]);
    expect(await Promise.all(['ann', 'ben', 'eve'].map((owner) => store.count('enumeration', owner)))).toEqual([
      2, 2, 0,
    ]);
    expect(await store.count('enumeration')).toBe(4);
  });

  it('does not count another kind', async () => {
    const { store } = given();
    await addMany(store, 2, 2);
    const subscription = record('ann', '{}', 'subscription');
    expect(await store.add('s', subscription, atMost(1))).toBe(true);
    expect(await store.add('t', subscription, atMost(1))).toBe(false);
    expect([await store.count('enumeration', 'ann'), await store.count('subscription', 'ann')]).toEqual([2, 1]);
    expect([await store.count('enumeration'), await store.count('subscription')]).toEqual([2, 1]);
    expect((await store.get('s'))?.kind).toBe('subscription');
  });

  it('counts a context once, however often it is replaced', async () => {
    const { store } = given();
    await store.add('a', record('ann', '0'), LONG);
    await store.replace('a', '0', '1', HOUR);
    await store.replace('a', '1', '2');
    expect(await store.count('enumeration', 'ann')).toBe(1);
  });

  it('forgets those whose time is over, however long nobody asks', async () => {
    const { store, pass } = given();
    for (let index = 1; index <= 20; index += 1) await store.add(`c${index}`, record('ann'), lasting(index * 1000));
    await pass(10_000);
    const left = await store.count('enumeration', 'ann');
    // A second of tolerance.
    expect(left).toBeGreaterThanOrEqual(10);
    expect(left).toBeLessThanOrEqual(11);
    await pass(HOUR);
    expect([await store.count('enumeration', 'ann'), await store.count('enumeration')]).toEqual([0, 0]);
  });
}

function describeClock(given: () => TimedContextStore): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const setWallClock = (by: number) => vi.setSystemTime(Date.now() + by);

  it.each([
    ['forward', 5 * HOUR],
    ['back', -5 * HOUR],
  ])('ends and prolongs nothing when the time of day is set %s', async (_, jump) => {
    const { store, pass } = given();
    await store.add('a', record('ann'), lasting(10_000));
    setWallClock(jump);
    const { remaining = 0 } = (await store.get('a')) ?? {};
    expect(remaining).toBeGreaterThan(5000);
    expect(remaining).toBeLessThanOrEqual(10_000);
    await pass(12_000);
    expect([await store.get('a'), await store.count('enumeration', 'ann')]).toEqual([undefined, 0]);
  });

  it('lets go in time of what was added after a wrong time of day was set right', async () => {
    const { store, pass } = given();
    setWallClock(HOUR);
    await store.add('a', record('ann'), lasting(1000));
    setWallClock(-HOUR);
    await store.add('b', record('ann'), lasting(1000));
    await pass(3000);
    expect(await store.count('enumeration', 'ann')).toBe(0);
  });
}

function describeClear(given: () => TimedContextStore): void {
  it('holds no context and no part, and has room as a new one', async () => {
    const { store } = given();
    await store.add('a', record('ann'), { lifetime: HOUR, atMost: 1, parts: ['p'] });
    await store.add('s', record('ben', '{}', 'subscription'), LONG);
    await store.clear();
    expect([await store.get('a'), await store.getPart('a', 0), await store.get('s')]).toEqual(Array(3).fill(undefined));
    expect([await store.count('enumeration', 'ann'), await store.count('subscription')]).toEqual([0, 0]);
    const terms = { lifetime: HOUR, atMost: 1, room: { ofOwner: 600, ofAll: 600 } };
    expect(await store.add('a', record('ann'), terms)).toBe(true);
  });

  it('lets nobody go on from a context of before', async () => {
    const { store } = given();
    await store.add('a', record('ann', '0'), LONG);
    await store.clear();
    expect([await store.replace('a', '0', '1', HOUR), await store.delete('a', '0')]).toEqual([false, false]);
  });
}

function describeClose(given: () => TimedContextStore): void {
  it.each<[string, (store: ContextStore) => Promise<unknown>]>([
    ['add', (store) => store.add('b', record('ann'), LONG)],
    ['get', (store) => store.get('a')],
    ['getPart', (store) => store.getPart('a', 0)],
    ['replace', (store) => store.replace('a', '{}', '1')],
    ['delete', (store) => store.delete('a', '{}')],
    ['count', (store) => store.count('enumeration')],
    ['clear', (store) => store.clear()],
  ])('refuses to %s', async (_, call) => {
    const { store } = given();
    await store.add('a', record('ann'), LONG);
    await store.close();
    await expect(call(store)).rejects.toThrow(/closed/);
  });

  it('may be closed again', async () => {
    const { store } = given();
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });
}
