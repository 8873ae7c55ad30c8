import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type HttpEndpoint, startEndpoint } from '../../../src/index.js';
import { IDENTIFY, SOAP } from '../../cli/use-serve.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';
import { HARDWARE_CLASS, openEnumeration } from './enumeration-messages.js';
import { account } from './lab-client.js';

const postgres = await sharedPostgres();
const HOURS = 3_600_000;
const ids = ['h0', 'h1', 'h2', 'h3'];
const DELAY_MS = 3_000;

describe.skipIf(!postgres)('two endpoints on one database whose clocks differ by hours', () => {
  let endpoints: [HttpEndpoint, HttpEndpoint];
  const state = postgres?.url() ?? '';
  beforeAll(async () => {
    const options = {
      users: [account, { name: 'bob', password: 'hush' }],
      state,
      lab: 'none',
      lockOut: { firstDelayMs: DELAY_MS },
    };
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

  const letIn = (endpoint: HttpEndpoint, hours: number) =>
    vi.waitFor(async () => expect(await at(hours, () => signIn(endpoint, 'hush'))).toBe(200), {
      timeout: 10 * DELAY_MS,
      interval: 200,
    });

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

  it('lock out for as long as they say, also who comes with a password that both knew at their start', async () => {
    const [one, two] = endpoints;
    // At both: one that has counted none itself may not have looked for a moment yet.
    for (let each = 0; each < 5; each += 1)
      expect(await at(each % 2 ? 6 : -6, () => signIn(each % 2 ? one : two, `wrong ${each}`))).toBe(401);
    const begun = performance.now();
    expect(await at(6, () => signIn(one, 'wrong 5'))).toBe(401);
    for (const hours of [12, -12]) expect(await at(hours, () => signIn(two, 'hush'))).toBe(401);
    await letIn(two, -6);
    expect(performance.now() - begun).toBeGreaterThan(DELAY_MS * 0.95);
    // Its own delay began when it had checked the sixth, that of all when it was about to.
    await letIn(one, 6);
  }, 60_000);
});

const hardware = (id: string) => ({ InstanceID: id, StorageID: `iqn.2026-11.example:${id}`, IDType: 5 });

async function signIn({ http }: HttpEndpoint, password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`bob:${password}`).toString('base64')}`;
  const answer = await fetch(http.url, { method: 'POST', body: IDENTIFY, headers: { ...SOAP, authorization } });
  await answer.arrayBuffer();
  return answer.status;
}
