import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { describeInstanceStore } from '../contract.js';
import { instance, path } from '../instance-builders.js';
import { MemoryPlace } from './memory-place.js';

describeInstanceStore('a durable store that nobody else has', () =>
  createDurableStore(new MemoryPlace().open({ isExclusive: true })),
);

describeInstanceStore('a durable store on a shared backend', () =>
  createDurableStore(new MemoryPlace().open({ isExclusive: false })),
);

it('shows nothing in a walk over everything that reads after it do not show', async () => {
  const place = new MemoryPlace();
  let answer = (): void => undefined;
  let answered = Promise.resolve();
  const after = (call: string) => (call === 'append' ? answered : undefined);
  const store = createDurableStore(place.open({ isExclusive: true, after }));
  await store.transaction((one) => one.put(instance('Disk', 'a')));
  answered = new Promise((resolve) => {
    answer = resolve;
  });
  const writing = store.transaction((one) => one.put(instance('Disk', 'b')));
  while (place.history.length < 2) await setImmediate();
  const seen = store.all().then(async (all) => [all.length, await store.get(path('Disk', 'b'))]);
  await Promise.race([seen, setImmediate()]);
  answer();
  expect(await seen).toEqual([2, instance('Disk', 'b')]);
  await writing;
});
