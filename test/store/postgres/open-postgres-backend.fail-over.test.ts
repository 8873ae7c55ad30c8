import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { openPostgresBackend } from '../../../src/store/postgres/open-postgres-backend.js';
import { instance } from '../instance-builders.js';
import { findPostgres, startPostgres } from './start-postgres.js';

const bin = findPostgres();
/** Longer than another server takes to become the first, on a busy machine. */
const BOUND = 25_000;

describe.skipIf(bin === undefined)('a server with a synchronous standby', () => {
  it('fails without losing what was acknowledged, and writes go on at the standby', { timeout: 60_000 }, async () => {
    const primary = await startPostgres(bin ?? '', { isDurable: true });
    onTestFinished(() => primary.close().catch(() => undefined));
    const standby = await startPostgres(bin ?? '', { isDurable: true, follows: primary });
    onTestFinished(() => standby.close());
    await primary.configure("synchronous_standby_names = 'standby'");
    const hosts = [primary, standby].map(({ port }) => `127.0.0.1:${port}`).join(',');
    const url = primary.url().replace(/127\.0\.0\.1:\d+/, hosts);
    const store = createDurableStore(await openPostgresBackend(url, { bound: BOUND }));
    onTestFinished(() => store.close());

    const acknowledged: string[] = [];
    let isOver = false;
    const write = async (writer: number) => {
      for (let number = 0; !isOver; number += 1) {
        const id = `${writer}-${number}`;
        await store.transaction((transaction) => transaction.put(instance('Disk', id)));
        acknowledged.push(id);
      }
    };
    const writing = Promise.all([1, 2, 3].map(write));
    await expect.poll(() => acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(20);
    await primary.stop();
    const before = acknowledged.length;
    await delay(200);
    await standby.promote();
    await expect.poll(() => acknowledged.length, { timeout: BOUND }).toBeGreaterThan(before + 20);
    isOver = true;
    await writing;
    const found = (await store.all()).map((one) => one.getString('Id'));
    expect(found.sort()).toEqual([...acknowledged].sort());
  });
});
