import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.js';
import type { FuzzTarget } from './fuzz-target.js';

/** What `scripts/fuzz.mjs` asks for. */
interface Asked {
  /** All of them when undefined. */
  readonly target?: string;
  readonly runs: number;
  readonly seed: number;
  readonly from: number;
  /** The path of a file with an input that failed. */
  readonly input?: string;
}

/** Without it, all targets get the same inputs each time. */
const { CIMULATOR_FUZZ } = process.env;
const onDemand = CIMULATOR_FUZZ === undefined ? undefined : (JSON.parse(CIMULATOR_FUZZ) as Asked);
const { target: wanted, runs, seed, from, input } = onDemand ?? { runs: 20_000, seed: 1, from: 0 };

/** A few milliseconds for each input, on a machine that does other things as well. */
const timeout = 120_000 + 10 * runs;

/**
 * The tests of some targets.
 *
 * @param names files in `targets`
 */
export function testTargets(...names: readonly string[]): void {
  describe.each(names)('whatever comes: %s', (name) => {
    const isWanted = wanted === undefined || wanted === name;

    it.runIf(isWanted && input === undefined)(
      'is taken or refused, in time, and nothing grows',
      { timeout },
      async () => {
        const target = await open(name);
        const start = performance.now();
        const { taken, refused, slowestMs } = await fuzz(name, target, { seed, from, runs });
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        const told = `${taken} taken, ${refused} refused in ${seconds} s; the slowest took ${slowestMs.toFixed()} ms`;
        if (onDemand !== undefined) console.log(`${name}: seed ${seed}, ${told}`);
        expect(taken + refused).toBe(runs);
        // Inputs that all end the same way say little.
        if (runs >= 4_000) expect(Math.min(taken, refused)).toBeGreaterThan(runs / 200);
      },
    );

    if (input !== undefined)
      it.runIf(isWanted)('is taken or refused by itself', () => giveOne(name, readFileSync(input)));
  });
}

async function open(name: string): Promise<FuzzTarget> {
  const module = (await import(`./targets/${name}.ts`)) as { open(): Promise<FuzzTarget> };
  return module.open();
}

async function giveOne(name: string, input: Buffer): Promise<void> {
  const target = await open(name);
  try {
    console.log(`${name}: ${await target.run(input)}`);
  } finally {
    await target.close?.();
  }
}
