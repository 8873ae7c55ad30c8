import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createClient,
  type Endpoint,
  InstancePath,
  type ProviderFactory,
  startEndpoint,
  type WsmanClient,
} from '../../src/index.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const users = [{ name: 'lab', password: 'secret' }];
const kitchen = new InstancePath({ namespace: NAMESPACE, className: 'LAB_Thermostat', keys: { DeviceID: 't-1' } });

/** Names each thermostat that a client creates, counts in its own memory, and begins a job where it is asked to. */
const thermostats: ProviderFactory = (host) => {
  let count = 0;
  host.onReset(() => {
    count = 0;
  });
  return {
    className: 'LAB_Thermostat',
    methods: {
      async SetTarget({ Target = null }, { instance, store, job }) {
        count += 1;
        await store.put(instance?.with({ Target, Room: `${count}` }) as never);
        if (Target === 99)
          job(async ({ signal, transaction }) => {
            await setTimeout(40, undefined, { signal }).catch(() => {});
            await transaction((late) => late.put(instance?.with({ Target: 1 }) as never));
          });
        return { ReturnValue: 0, Previous: null };
      },
    },
    instances: {
      create: (instance, { newUuid }) => instance.with({ DeviceID: newUuid() }),
      modify: ['Target'],
      delete: true,
    },
  };
};

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function open(options: Parameters<typeof startEndpoint>[0] = {}) {
  const endpoint = await startEndpoint({ users, ...options });
  const client = createClient({ url: endpoint.http?.url ?? '', user: 'lab', password: 'secret' });
  opened.push(endpoint, client);
  return { endpoint, client };
}

const openThermostats = (more: Parameters<typeof startEndpoint>[0] = {}) =>
  open({ lab: 'fixtures/examples/thermostat.mof', providers: [thermostats], seed: 7, ...more });

async function idsOf(client: WsmanClient): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const one of client.enumerate('LAB_Thermostat')) ids.push(one.getString('DeviceID'));
  return ids;
}

const targetOf = async ({ broker }: Endpoint) => (await broker.getInstance(kitchen)).get('Target');

/** The same object, once through JSON: as it comes from another process. */
const fromOutside = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('what does not end when the model goes back', () => {
  it('is a method that holds the model: it is ended, and the log says so', async () => {
    const warned: string[] = [];
    const quiet = () => {};
    const logger = {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (_: object, text: string) => void warned.push(text),
    };
    let began: (() => void) | undefined;
    const holding = new Promise<void>((resolve) => {
      began = resolve;
    });
    const hanging: ProviderFactory = () => ({
      className: 'LAB_Thermostat',
      methods: {
        SetTarget: {
          exclusive: true,
          run: () => {
            began?.();
            return new Promise<never>(() => {});
          },
        },
      },
    });
    const { endpoint } = await openThermostats({ providers: [hanging], logger });
    const call = endpoint.cim.invoke(kitchen, 'SetTarget', { Target: 5 }).catch((error: Error) => error.message);
    await holding;
    await endpoint.reset();
    expect(await call).toMatch(/went back to an earlier state/);
    expect(warned).toContainEqual(expect.stringMatching(/^methods that held the model were ended/));
  });

  it('is a job that takes no notice: what it writes by its host is refused', async () => {
    const refused: Promise<string>[] = [];
    let goOn: (() => void) | undefined;
    const deaf: ProviderFactory = (host) => ({
      className: 'LAB_Thermostat',
      methods: {
        SetTarget(_input, { job, instance }) {
          job(async () => {
            await new Promise<void>((resolve) => {
              goOn = resolve;
            });
            const write = host.transaction((late) => late.put(instance?.with({ Target: 1 }) as never));
            refused.push(
              write.then(
                () => 'written',
                (error: Error) => error.message,
              ),
            );
          });
          return { ReturnValue: 0, Previous: null };
        },
      },
    });
    const { endpoint } = await openThermostats({ providers: [deaf] });
    await endpoint.cim.invoke(kitchen, 'SetTarget', { Target: 5 });
    await expect.poll(() => goOn).toBeDefined();
    await endpoint.reset();
    goOn?.();
    await expect.poll(() => refused.length).toBe(1);
    expect(await refused[0]).toMatch(/goes back to an earlier state/);
  });
});

describe('reset', () => {
  it('gives back the instances of the start, however they were created, changed and deleted', async () => {
    const { endpoint, client } = await openThermostats();
    const start = await idsOf(client);
    const before = await endpoint.broker.getInstance(kitchen);
    await client.create('LAB_Thermostat', { DeviceID: 'x' });
    await client.put(kitchen, { Target: 12 });
    await client.delete(new InstancePath({ className: 'LAB_Thermostat', keys: { DeviceID: start.at(-1) ?? '' } }));
    expect(await idsOf(client)).not.toEqual(start);
    await endpoint.reset();
    expect(await idsOf(client)).toEqual(start);
    expect(await endpoint.broker.getInstance(kitchen)).toBe(before);
  });

  it('begins generated names again: the same seed gives the same names', async () => {
    const { endpoint, client } = await openThermostats();
    const create = async () => (await client.create('LAB_Thermostat', { DeviceID: 'x' })).keys.get('DeviceID');
    const first = [await create(), await create()];
    await endpoint.reset();
    expect([await create(), await create()]).toEqual(first);
  });

  it('leaves the order of associated objects as it was at the start', async () => {
    const { endpoint } = await open();
    const all = async () => {
      const cursor = await endpoint.broker.openInstances(NAMESPACE, 'CIM_ComputerSystem', { subclasses: true });
      const { instances } = await endpoint.broker.pullInstances(cursor, 100);
      const found = instances.map((one) => one.path && endpoint.broker.associators(one.path));
      return (await Promise.all(found)).map((each) => each?.map(({ path }) => String(path)));
    };
    const start = await all();
    await endpoint.reset();
    expect(await all()).toEqual(start);
    expect(start.flat().length).toBeGreaterThan(20);
  });

  it("ends what a client had begun to enumerate, by DSP0226's fault for it", async () => {
    const { endpoint, client } = await openThermostats();
    const walk = client.enumerate('LAB_Thermostat', { maxElements: 1 })[Symbol.asyncIterator]();
    await walk.next();
    await endpoint.reset();
    const rest = async () => {
      for (let step = await walk.next(); !step.done; step = await walk.next());
    };
    await expect(rest()).rejects.toMatchObject({ subcode: { name: 'InvalidEnumerationContext' } });
  });

  it('ends jobs, and has providers begin again', async () => {
    const { endpoint, client } = await openThermostats();
    await client.invoke(kitchen, 'SetTarget', { Target: 99 });
    await endpoint.reset();
    await setTimeout(80);
    expect(await targetOf(endpoint)).not.toBe(1);
    await client.invoke(kitchen, 'SetTarget', { Target: 20 });
    expect((await endpoint.broker.getInstance(kitchen)).get('Room')).toBe('1');
  });

  it('leaves accounts and settings', async () => {
    const { endpoint, client } = await openThermostats();
    await client.putConfig('', { MaxBatchItems: 5 });
    await endpoint.reset();
    expect(JSON.stringify(await client.getConfig())).toContain('"MaxBatchItems":"5"');
  });

  it('lets calls that run see the new state alone, or end as a conflict', async () => {
    const { endpoint, client } = await openThermostats();
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, async (_, at) => {
        if (at % 6 === 5) return endpoint.reset();
        if (at % 2 === 0) return client.put(kitchen, { Target: 10 + (at % 5) });
        return idsOf(client);
      }),
    );
    for (const result of results) {
      if (result.status === 'rejected')
        expect(String(result.reason.subcode?.name)).toMatch(/Concurrency|InvalidEnumerationContext/);
    }
    await endpoint.reset();
    expect((await idsOf(client)).length).toBe(new Set(await idsOf(client)).size);
  });

  it('may be asked for several times at once', async () => {
    const { endpoint, client } = await openThermostats();
    const start = await idsOf(client);
    await Promise.all([endpoint.reset(), endpoint.reset(), endpoint.reset()]);
    expect(await idsOf(client)).toEqual(start);
  });

  it('goes back to what a store of somebody else held at the start', async () => {
    const { createMemoryStore } = await import('../../src/index.js');
    const store = createMemoryStore();
    const first = await openThermostats({ store });
    await first.client.put(kitchen, { Target: 12 });
    await first.endpoint.close();
    const second = await openThermostats({ store });
    await second.client.put(kitchen, { Target: 13 });
    await second.endpoint.reset();
    expect(await targetOf(second.endpoint)).toBe(12);
  });
});

describe('a snapshot', () => {
  it('brings back what there was when it was taken, as often as it is restored', async () => {
    const { endpoint, client } = await openThermostats();
    await client.create('LAB_Thermostat', { DeviceID: 'x' });
    await client.put(kitchen, { Target: 12 });
    const ids = await idsOf(client);
    const snapshot = await endpoint.snapshot();
    for (const taken of [snapshot, snapshot, fromOutside(snapshot)]) {
      await client.put(kitchen, { Target: 25 });
      await client.delete(kitchen);
      await endpoint.restore(taken);
      expect([await idsOf(client), await targetOf(endpoint)]).toEqual([ids, 12]);
    }
    await endpoint.reset();
    expect(await targetOf(endpoint)).not.toBe(12);
  });

  it('goes on with the names that came next', async () => {
    const { endpoint, client } = await openThermostats();
    const create = async () => (await client.create('LAB_Thermostat', { DeviceID: 'x' })).keys.get('DeviceID');
    await create();
    const snapshot = fromOutside(await endpoint.snapshot());
    const next = await create();
    await endpoint.restore(snapshot);
    expect(await create()).toBe(next);
  });

  it('is taken to another endpoint with the same classes, and not to one with others', async () => {
    const [one, two] = [await openThermostats(), await openThermostats({ seed: 8 })];
    await one.client.put(kitchen, { Target: 12 });
    const snapshot = await one.endpoint.snapshot();
    await two.endpoint.restore(fromOutside(snapshot));
    expect(await targetOf(two.endpoint)).toBe(12);
    const other = await open();
    for (const each of [snapshot, fromOutside(snapshot)])
      await expect(other.endpoint.restore(each)).rejects.toThrow('other classes than this endpoint has');
  });

  it.each<[string, (snapshot: Record<string, string>) => unknown, RegExp]>([
    ['is none', () => null, /no snapshot/],
    ['is of another kind', () => ({ rules: [] }), /no snapshot: it has no format/],
    [
      'has an older format',
      (one) => ({ ...one, format: 'cimulator-snapshot-0' }),
      /'cimulator-snapshot-0'.*take it anew/,
    ],
    ['is cut short', ({ format, schema }) => ({ format, schema }), /cut short: schema, state or digest is missing/],
    ['lost its end', (one) => ({ ...one, state: one.state?.slice(0, -9) }), /cut short or edited/],
    ['was edited', (one) => ({ ...one, state: one.state?.replaceAll('t-1', 't-9') }), /cut short or edited/],
  ])('that %s is refused in one line, and changes nothing', async (_, change, message) => {
    const { endpoint, client } = await openThermostats();
    const snapshot = fromOutside(await endpoint.snapshot()) as unknown as Record<string, string>;
    await client.put(kitchen, { Target: 12 });
    const refused = endpoint.restore(change(snapshot) as never);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ name: 'SnapshotError', expected: true });
    await expect(refused).rejects.not.toThrow(/\n/);
    expect(await targetOf(endpoint)).toBe(12);
  });

  it('ends what a client had begun to enumerate', async () => {
    const { endpoint, client } = await openThermostats();
    const snapshot = await endpoint.snapshot();
    const walk = client.enumerate('LAB_Thermostat', { maxElements: 1 })[Symbol.asyncIterator]();
    await walk.next();
    await endpoint.restore(snapshot);
    await expect(walk.next()).rejects.toMatchObject({ subcode: { name: 'InvalidEnumerationContext' } });
  });
});
