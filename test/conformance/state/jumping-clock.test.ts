import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type HttpEndpoint, startEndpoint } from '../../../src/index.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';
import { HARDWARE_CLASS, openEnumeration } from './enumeration-messages.js';
import { account } from './lab-client.js';

const postgres = await sharedPostgres();
const HOURS = 3_600_000;
const ids = ['h0', 'h1', 'h2', 'h3'];

describe.skipIf(!postgres)('two endpoints on one database whose clocks differ by hours', () => {
  let endpoints: [HttpEndpoint, HttpEndpoint];
  const state = postgres?.url() ?? '';
  beforeAll(async () => {
    const options = { users: [account], state };
    endpoints = [await startEndpoint(options), await startEndpoint(options)];
    for (const id of ids) await endpoints[0].cim.create(HARDWARE_CLASS, hardware(id));
  }, 60_000);
  afterEach(() => vi.useRealTimers());
  afterAll(async () => {
    for (const endpoint of endpoints ?? []) await endpoint.close();
  });

  /** What the process takes for the time while something is asked of one of them. */
  async function at<T>(hours: number, ask: () => Promise<T>): Promise<T> {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * HOURS });
    try {
      return await ask();
    } finally {
      vi.useRealTimers();
    }
  }

  it.each([
    ['ahead', 6],
    ['behind', -6],
  ])('go on with an enumeration that was begun hours %s', async (_, hours) => {
    const [one, two] = endpoints;
    const enumeration = await at(hours, () => openEnumeration(one.http.url));
    await at(-hours, () => enumeration.pull(two.http.url, 1));
    await at(hours, () => enumeration.pull(one.http.url, 1));
    while (!enumeration.isOver()) await at(-hours, () => enumeration.pull(two.http.url, 1));
    expect(enumeration.seen).toEqual(ids);
  });
});

const hardware = (id: string) => ({ InstanceID: id, StorageID: `iqn.2026-11.example:${id}`, IDType: 5 });
