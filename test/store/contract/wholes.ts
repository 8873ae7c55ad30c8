import { describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { instance, path } from '../instance-builders.js';

/** All instances of a store at once, and in batches. */
export function describeWholes(createStore: () => InstanceStore | Promise<InstanceStore>): void {
  describe('in batches', () => {
    it('it gives every instance once, in the order of creation, and no empty batch', async () => {
      const store = await createStore();
      const many = Array.from({ length: 2500 }, (_, id) => instance(id % 3 === 0 ? 'Tape' : 'Disk', `${id}`));
      await store.transaction((each) => each.putMany(many));
      const batches = await collect(store.batches());
      expect([batches.flat(), batches.some((batch) => batch.length === 0)]).toEqual([many, false]);
    });

    it('it stays at the commit at which the walk began', async () => {
      const store = await createStore();
      const many = Array.from({ length: 2500 }, (_, id) => instance('Disk', `${id}`));
      await store.transaction((each) => each.putMany(many));
      const walk = store.batches()[Symbol.asyncIterator]();
      const first = await walk.next();
      await store.transaction(async (each) => {
        await each.delete(path('Disk', '2400'));
        await each.put(instance('Disk', '2401', { Size: 1 }));
        await each.put(instance('Disk', 'new'));
      });
      const found = [...(first.value ?? []), ...(await collect({ [Symbol.asyncIterator]: () => walk })).flat()];
      expect(found).toEqual(many);
    });

    it('it has none when it is empty', async () => {
      expect(await collect((await createStore()).batches())).toEqual([]);
    });
  });
}

async function collect(batches: AsyncIterable<readonly CimInstance[]>): Promise<(readonly CimInstance[])[]> {
  const found: (readonly CimInstance[])[] = [];
  for await (const batch of batches) found.push(batch);
  return found;
}
