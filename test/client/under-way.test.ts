import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createUnderWay } from '../../src/client/under-way.js';

it('work under way is waited for', async () => {
  const underWay = createUnderWay();
  let done = false;
  underWay.add(
    setTimeout(20).then(() => {
      done = true;
    }),
  );
  await underWay.settle(5000);
  expect(done).toBe(true);
});

it('work under way is not waited for without end', async () => {
  const underWay = createUnderWay();
  underWay.add(new Promise(() => undefined));
  await underWay.settle(10);
});

it('work that has ended is forgotten', async () => {
  const underWay = createUnderWay();
  const work = setTimeout(1);
  underWay.add(work);
  await work;
  await setTimeout(1);
  const begun = performance.now();
  await underWay.settle(5000);
  expect(performance.now() - begun).toBeLessThan(1000);
});
