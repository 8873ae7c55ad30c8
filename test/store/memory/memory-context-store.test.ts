import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ContextRecord, ContextStore } from '../../../src/cim/contracts/context-store.js';
import { createMemoryContextStore } from '../../../src/store/memory/memory-context-store.js';
import { describeContextStore, type TimedContextStore } from '../context-contract.js';

afterEach(() => {
  vi.useRealTimers();
});

function timedStore(): TimedContextStore {
  let time = 12_345.5;
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { store: createMemoryContextStore(() => time), pass };
}

describeContextStore('the context store in memory', timedStore);

describe('the context store in memory, by its own clock,', () => {
  it.each([5, -5])('does not mind that the time of day is set by %i hours', async (hours) => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const store = createMemoryContextStore();
    const terms = { lifetime: 10_000, atMost: 1 };
    await store.add('a', { kind: 'enumeration', owner: 'ann', state: '0' }, terms);
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    vi.advanceTimersByTime(9000);
    expect((await store.get('a'))?.remaining).toBe(1000);
    vi.advanceTimersByTime(1000);
    expect(await store.get('a')).toBeUndefined();
  });
});

/** What the store is compared with: its records by identifier, with the times at which they end. */
interface World {
  readonly store: ContextStore;
  readonly model: Map<string, { readonly record: ContextRecord; readonly end: number }>;
  now: number;
}

interface Step {
  readonly id: string;
  readonly owner: string;
  readonly kind: 'add' | 'replace' | 'delete' | 'get' | 'count';
  readonly lifetime: number;
  readonly state: string;
  /** Milliseconds before the step. */
  readonly passes: number;
}

function alive({ model, now }: World, id: string) {
  const row = model.get(id);
  return row && row.end > now ? row : undefined;
}

/** Each does one thing to the store and to the model, and expects the same of both. */
const STEPS: Readonly<Record<Step['kind'], (world: World, step: Step) => Promise<void>>> = {
  async add(world, { id, owner, lifetime, state }) {
    const record: ContextRecord = { kind: 'enumeration', owner, state };
    const added = world.store.add(id, record, { lifetime, atMost: 100 });
    if (alive(world, id)) return expect(added).rejects.toThrow(RangeError);
    expect(await added).toBe(true);
    world.model.set(id, { record, end: world.now + lifetime });
  },
  async replace(world, { id, lifetime, state }) {
    const row = alive(world, id);
    const replaced = await world.store.replace(id, row?.record.state ?? '0', state, lifetime);
    expect(replaced).toBe(row !== undefined);
    if (row) world.model.set(id, { record: { ...row.record, state }, end: world.now + lifetime });
  },
  async delete(world, { id }) {
    const row = alive(world, id);
    expect(await world.store.delete(id, row?.record.state ?? '0')).toBe(row !== undefined);
    // One whose time is over is not deleted, and counts until its second is over.
    if (row) world.model.delete(id);
  },
  async get(world, { id }) {
    const row = alive(world, id);
    expect(await world.store.get(id)).toEqual(row && { ...row.record, remaining: row.end - world.now });
  },
  async count(world, { owner }) {
    const ends = [...world.model.values()].filter(({ record }) => record.owner === owner).map(({ end }) => end);
    const count = await world.store.count('enumeration', owner);
    expect(count).toBeGreaterThanOrEqual(ends.filter((end) => end > world.now).length);
    expect(count).toBeLessThanOrEqual(ends.filter((end) => end > world.now - 1000).length);
  },
};

const anyStep: fc.Arbitrary<Step> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  owner: fc.constantFrom('ann', 'ben'),
  kind: fc.constantFrom('add', 'replace', 'delete', 'get', 'count'),
  lifetime: fc.integer({ min: -500, max: 4000 }),
  state: fc.constantFrom('0', '1'),
  passes: fc.integer({ min: 0, max: 2500 }),
});

it('the context store behaves as a map whose entries are ignored once their time has come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
      const { store, pass } = timedStore();
      const world: World = { store, model: new Map(), now: 0 };
      for (const step of steps) {
        world.now += step.passes;
        await pass(step.passes);
        await STEPS[step.kind](world, step);
      }
    }),
    { numRuns: 300 },
  );
});
