import { expect, it } from 'vitest';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { instance } from '../instance-builders.js';
import { openTestTables, testFolder } from '../lmdb/test-tables.js';

it.each([1, 3, 16])(
  'gives the event loop a turn between two groups of %d who commit one after another',
  async (many) => {
    let waits = 0;
    let most = 0;
    const wait = <T>(work: () => T) => {
      waits += 1;
      return work();
    };
    const tables = await openTestTables(testFolder(), { pace: { isHere: true, here: wait, elsewhere: wait } });
    const store = createDurableStore(openLmdbBackend(tables));
    let isOver = false;
    const turn = () => {
      [most, waits] = [Math.max(most, waits), 0];
      if (!isOver) setImmediate(turn);
    };
    turn();
    const commitOften = async (who: number) => {
      for (let at = 0; at < 20; at += 1)
        await store.transaction((transaction) => transaction.put(instance('Disk', `${who}-${at}`)));
    };
    await Promise.all(Array.from({ length: many }, (_, who) => commitOften(who)));
    isOver = true;
    // A commit, and the wait that makes it certain; of two groups, of which the second begins within the first, there are three.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3);
  },
);
