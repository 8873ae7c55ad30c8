import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { brokerOf } from '../../../src/cim/broker.js';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import type { Method, Provider } from '../../../src/cim/contracts/provider.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { createTestBroker, system, systemPath } from '../../support/test-broker.js';
import { namespace } from '../../support/test-schema.js';

const provider = (Run: Method, more: Partial<Provider> = {}): Provider => ({
  className: 'TEST_System',
  methods: { Run },
  ...more,
});

async function lab(Run: Method, more?: Partial<Provider>) {
  const server = await createTestBroker(
    ['a', 'b', 'c', 'd', 'e', 'other'].map((name) => system(name, 'TEST_System', { Size: 0n })),
    [provider(Run, more)],
  );
  const call = (name: string, broker = server.broker) =>
    broker.invokeMethod({ namespace, target: systemPath(name), methodName: 'Run', input: new NameMap<CimValue>() });
  const put = () => server.broker.modifyInstance(systemPath('other'), new NameMap([['Size', 7n]]));
  const sizeOf = async (name: string) => (await server.store.get(systemPath(name)))?.get('Size');
  return { ...server, call, put, sizeOf };
}

/** Adds one to the size of the instance, after a while. */
const slowly: Method = async (_input, { instance, store }) => {
  await setTimeout(100);
  if (instance) await store.put(instance.with({ Size: (instance.get('Size') as bigint) + 1n }));
  return { ReturnValue: 0 };
};

describe('methods that take long', () => {
  it('keep neither each other nor other writers waiting', async () => {
    const { call, put, sizeOf } = await lab(slowly);
    const ended: string[] = [];
    const calls = ['a', 'b', 'c', 'd', 'e'].map((name) => call(name).then(() => ended.push(name)));
    await setTimeout(5);
    await put().then(() => ended.push('put'));
    // The put came last and ended first, and all calls were under way by then.
    expect(ended).toEqual(['put']);
    const start = performance.now();
    await Promise.all(calls);
    // One after the other they would take 500 ms.
    expect(performance.now() - start).toBeLessThan(400);
    expect(await Promise.all(['a', 'b', 'c', 'd', 'e', 'other'].map(sizeOf))).toEqual([1n, 1n, 1n, 1n, 1n, 7n]);
  });

  it('run again when others changed what they read, and say which attempt it is', async () => {
    const attempts: number[] = [];
    const { call, sizeOf } = await lab(async (input, context) => {
      attempts.push(context.attempt);
      return (slowly as (...given: unknown[]) => Promise<{ ReturnValue: number }>)(input, context);
    });
    await Promise.all([call('a'), call('a')]);
    expect([attempts.toSorted(), await sizeOf('a')]).toEqual([[1, 1, 2], 2n]);
  });

  it('are given up after the third attempt, with nothing changed', async () => {
    let disturb: () => Promise<unknown> = async () => undefined;
    const { call, broker, sizeOf } = await lab(async (_input, { instance, store }) => {
      await disturb();
      if (instance) await store.put(instance.with({ Size: 100n }));
      return { ReturnValue: 0 };
    });
    let size = 0n;
    disturb = async () => {
      size += 1n;
      await setTimeout(1);
      return broker.modifyInstance(systemPath('a'), new NameMap([['Size', size]]));
    };
    await expect(call('a')).rejects.toMatchObject({ name: 'StoreError', kind: 'conflict' });
    expect(await sizeOf('a')).toBe(3n);
  });

  it('explain only how the last attempt ended', async () => {
    const { call, handler, broker } = await lab(async (_input, context) => {
      context.explain(`said in attempt ${context.attempt}`);
      if (context.attempt === 1) {
        await setTimeout(1);
        await broker.modifyInstance(systemPath('a'), new NameMap([['Size', 5n]]));
      }
      if (context.instance) await context.store.put(context.instance.with({ Size: 9n }));
      return { ReturnValue: 0 };
    });
    const record = new CallRecord();
    await call('a', brokerOf(handler, record));
    expect(record.reasons.map(({ text }) => text)).toEqual(['said in attempt 2']);
  });

  it('that never end keep nobody from writing, and end with their call', async () => {
    const { call, as, put, sizeOf } = await lab(() => new Promise(() => {}));
    const cancellation = new Cancellation();
    const stuck = call('a', as({ cancellation }));
    await setTimeout(5);
    await put();
    expect(await sizeOf('other')).toBe(7n);
    cancellation.abort(new Error('time is up'));
    await expect(stuck).rejects.toThrow('time is up');
  });
});

describe('a method that writes instances of two classes', () => {
  const setting = new InstancePath({ namespace, className: 'TEST_Setting', keys: { InstanceID: 'count' } });
  /** Counts its calls in a setting, and in the system that it is called on. */
  const counting: Method = async (_input, { instance, store }) => {
    const counted = await store.get(setting);
    await setTimeout(20);
    const count = Number(counted?.get('Count') ?? 0) + 1;
    await store.put(new CimInstance('TEST_Setting', Object.entries({ InstanceID: 'count', Count: count }), setting));
    if (instance) await store.put(instance.with({ Size: BigInt(count) }));
    return { ReturnValue: 0 };
  };

  it('and reads what another call of it changes, counts every call once', async () => {
    const { call, store, sizeOf } = await lab(counting);
    await Promise.all([call('a'), call('b')]);
    expect((await store.get(setting))?.get('Count')).toBe(2);
    expect((await Promise.all(['a', 'b'].map(sizeOf))).toSorted()).toEqual([1n, 2n]);
  });

  it('keeps nothing of either when it is given up', async () => {
    const { as, call, store, sizeOf } = await lab(counting);
    const cancellation = new Cancellation();
    const running = call('a', as({ cancellation }));
    await setTimeout(5);
    cancellation.abort(new Error('time is up'));
    await expect(running).rejects.toThrow('time is up');
    await setTimeout(40);
    expect([await store.get(setting), await sizeOf('a')]).toEqual([undefined, 0n]);
  });
});

describe('a method in two halves', () => {
  /** Takes a port that nobody has taken: what was seen to be free must be so when it is taken. */
  const taking = (plans: string[], effects: string[]): Method => ({
    async prepare(_input, context) {
      const { instance } = context;
      const port = await context.resolve(systemPath('other'));
      plans.push(`${instance?.get('Name')} saw ${port?.get('Size')}`);
      await setTimeout(20);
      return { free: port?.get('Size') === 0n, port };
    },
    async commit(plan, store, { instance }) {
      const { free, port } = plan as { free: boolean; port: ReturnType<typeof system> };
      if (!free) return { ReturnValue: 1 };
      effects.push(`taken for ${instance?.get('Name')}`);
      await store.put(port.with({ Size: 1n }));
      return { ReturnValue: 0 };
    },
  });

  it('prepares again when what it saw has changed: two do not take the same thing', async () => {
    const [plans, effects]: [string[], string[]] = [[], []];
    const { call } = await lab(taking(plans, effects));
    const results = await Promise.all([call('a'), call('b')]);
    expect(results.map(({ returnValue }) => returnValue).toSorted()).toEqual([0, 1]);
    expect(effects.length).toBe(1);
    expect(plans.length).toBe(3);
    expect(plans.at(-1)).toMatch(/saw 1$/);
  });

  it('keeps nobody from writing while it prepares', async () => {
    let [hasBegun, hasWritten] = [() => {}, () => {}];
    const written = new Promise<void>((resolve) => {
      hasWritten = resolve;
    });
    const ended: string[] = [];
    const begun = new Promise<void>((resolve) => {
      hasBegun = resolve;
    });
    const { call, put, sizeOf } = await lab({
      prepare: () => {
        hasBegun();
        return written;
      },
      commit: async () => ({ ReturnValue: 0 }),
    });
    const running = call('a').then(() => ended.push('call'));
    await begun;
    await put().then(() => ended.push('put'));
    hasWritten();
    await running;
    expect([ended, await sizeOf('other')]).toEqual([['put', 'call'], 7n]);
  });

  it('that fails in its second half has changed nothing', async () => {
    const { call, sizeOf } = await lab({
      prepare: (_input, { instance }) => instance,
      async commit(instance, store) {
        await store.put((instance as ReturnType<typeof system>).with({ Size: 3n }));
        return { ReturnValue: 1 };
      },
    });
    expect((await call('a')).returnValue).toBe(1);
    expect(await sizeOf('a')).toBe(0n);
  });
});

describe('a method that is exclusive', () => {
  const once =
    (runs: string[]) =>
    async (_input: unknown, { instance }: { instance: ReturnType<typeof system> | undefined }) => {
      runs.push(`begin ${instance?.get('Name')}`);
      await setTimeout(20);
      runs.push(`end ${instance?.get('Name')}`);
      return { ReturnValue: 0 };
    };

  it.each<[string, (runs: string[]) => [Method, Partial<Provider>]]>([
    ['by itself', (runs) => [{ exclusive: true, run: once(runs) } as Method, {}]],
    ['as all methods of its provider', (runs) => [once(runs) as Method, { exclusive: true }]],
  ])('%s runs once, while nobody else writes', async (_, make) => {
    const runs: string[] = [];
    const { call, put } = await lab(...make(runs));
    const calls = [call('a'), call('b')];
    await setTimeout(5);
    await Promise.all([...calls, put().then(() => runs.push('put'))]);
    expect(runs.slice(0, 4)).toEqual(['begin a', 'end a', 'begin b', 'end b']);
    expect(runs.at(-1)).toBe('put');
  });
});
