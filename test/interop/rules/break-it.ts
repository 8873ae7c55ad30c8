import { expect } from 'vitest';
import { NAMESPACE } from '../../support/envelopes.js';
import type { RunningEndpoint } from '../../support/running-endpoint.js';
import type { BrokenThing, Way } from './broken-things.js';

/** Asks a client once. @returns what it makes of the answer, in a few words */
export type Ask = () => Promise<string>;

/** How many pipes there are: what was carried out shows in it. */
async function pipes({ endpoint: { broker } }: RunningEndpoint): Promise<number> {
  const cursor = await broker.openInstances(NAMESPACE, 'CIM_NetworkPipe', { subclasses: true });
  return (await broker.pullInstances(cursor, 10_000)).instances.length;
}

/** Breaks a call of the method once, and looks whether the client says what the page says, and whether the call was carried out. */
export async function expectBroken(
  running: RunningEndpoint,
  { then, isCarriedOut, expected }: BrokenThing,
  client: string,
  way: Way,
  ask: Ask,
): Promise<void> {
  const before = await pipes(running);
  const { addRule, removeRule } = running.endpoint;
  const rule = addRule({ when: { operation: 'Invoke' }, then });
  try {
    const said = await ask();
    if (process.env.EXPLORE) console.log(`EXPLORE ${client} ${way} ${JSON.stringify(then)} => ${said}`);
    else expect(said).toBe(expected(client, way));
    expect(rule.fired).toBeGreaterThan(0);
    // A client that asks again has it carried out again.
    const made = (await pipes(running)) - before;
    expect(Math.min(made, 1)).toBe(isCarriedOut ? 1 : 0);
  } finally {
    removeRule(rule);
  }
}
