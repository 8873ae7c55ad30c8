import { describe, expect, it } from 'vitest';
import type { RuleCondition } from '../../../src/interceptors/rules/rule.js';
import { RuleCounter } from '../../../src/interceptors/rules/rule-counter.js';

/** A counter of one of several processes; the others have counted up to 41. */
function counter(when: RuleCondition, seed?: number) {
  return new RuleCounter('rule-1', when, undefined, { now: () => 0, seed, countElsewhere: async () => 42 });
}

describe('where several processes have a rule', () => {
  it.each([
    ['nth', { nth: 1 }, undefined],
    ['times', { times: 1 }, undefined],
    ['after', { after: 0 }, undefined],
    ['what a seed draws for it', { probability: 0.5 }, 7],
  ])('%s is counted over all of them', async (_what, when, seed) => {
    const one = counter(when, seed);
    expect(await one.count()).toBe(42);
    expect(one.take()).toEqual({ id: 'rule-1', matched: 0, fired: 0 });
  });

  it.each([{}, { probability: 1 }])('one that needs no counts is counted by each, and added up', (when) => {
    const [one, all] = [counter(when), counter(when)];
    expect([one.count(), one.count()]).toEqual([1, 2]);
    all.add(one.take());
    expect(one.count()).toBe(1);
    all.add(one.take());
    expect([all.matched, all.fired]).toEqual([3, 3]);
  });
});
