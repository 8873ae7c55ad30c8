import fc from 'fast-check';
import { describe, it } from 'vitest';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { MemoryPlace } from './memory-place.js';
import { anyLook, anyPlan } from './plans.js';
import { expectToKnow, PlanRunner } from './run-plans.js';
import { troubleOf } from './trouble.js';

/** Of each property; more on demand. */
const RUNS = Number(process.env.CIMULATOR_DURABLE_RUNS ?? 40);
const SEED = process.env.CIMULATOR_DURABLE_SEED;
const settings = { numRuns: RUNS, ...(SEED !== undefined && { seed: Number(SEED) }), endOnFailure: RUNS > 1000 };

interface Setting {
  readonly stores: number;
  readonly isExclusive: boolean;
  /** Of 100 calls of the backend. */
  readonly fails: number;
}

/** Runs everything in two rounds, between which the stores are opened anew. */
async function runAll(
  { stores: number, isExclusive, fails }: Setting,
  seed: number,
  rounds: readonly (readonly [Parameters<PlanRunner['run']>[1], Parameters<PlanRunner['run']>[2]])[],
): Promise<void> {
  const place = new MemoryPlace();
  const runner = new PlanRunner(place);
  for (const [at, [plans, looks]] of rounds.entries()) {
    const troubles = Array.from({ length: number }, (_, each) => troubleOf(seed + 7 * at + each, fails));
    // What is kept is little now and then, so that much of it has to be read again.
    const options = seed % 3 === 0 ? { cacheBytes: 2000 } : {};
    const stores = troubles.map((trouble) => createDurableStore(place.open({ isExclusive, ...trouble }), options));
    await runner.run(stores, plans, looks);
    for (const trouble of troubles) trouble.end();
    const plain = runner.check();
    for (const store of stores) await expectToKnow(store, plain);
    for (const store of stores) await store.close();
  }
}

const round = fc.tuple(fc.array(anyPlan, { minLength: 1, maxLength: 7 }), fc.array(anyLook, { maxLength: 5 }));
const rounds = fc.array(round, { minLength: 1, maxLength: 2 });

describe('whatever runs at the same time, and whatever becomes of it, is as if one had followed the other', () => {
  it.each<[string, Setting]>([
    ['in a store that nobody else has', { stores: 1, isExclusive: true, fails: 0 }],
    ['in two stores on one place', { stores: 2, isExclusive: false, fails: 0 }],
    ['in a store whose backend fails now and then', { stores: 1, isExclusive: true, fails: 8 }],
    ['in two stores whose backends fail now and then', { stores: 2, isExclusive: false, fails: 8 }],
  ])(
    '%s',
    async (_, setting) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(100_000), rounds, (seed, plans) => runAll(setting, seed, plans)),
        settings,
      );
    },
    Math.max(60_000, RUNS * 1000),
  );
});
