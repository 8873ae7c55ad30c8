import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { MethodImplementation } from '../../../src/cim/contracts/provider.js';
import type { ProviderFactory, ProviderHost } from '../../../src/cim/contracts/provider-host.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { createTestBroker, system, systemPath } from '../../support/test-broker.js';
import { namespace } from '../../support/test-schema.js';

const alert = () => new CimInstance('TEST_Alert', []);

/** A server whose provider was given the host. */
async function hosted(Run: MethodImplementation = async () => ({ ReturnValue: 0 })) {
  let host: ProviderHost | undefined;
  const factory: ProviderFactory = (given) => {
    host = given;
    return { className: 'TEST_System', methods: { Run } };
  };
  const server = await createTestBroker([system('one')], [factory]);
  if (!host) throw new Error('the provider was not made');
  const run = () =>
    server.broker.invokeMethod({ namespace, target: systemPath('one'), methodName: 'Run', input: new NameMap() });
  return { ...server, host, run };
}

describe('a provider that was made for a host', () => {
  it('knows its namespace and its classes', async () => {
    const { host } = await hosted();
    expect([host.namespace, host.schema.findClass('TEST_System')?.name]).toEqual([namespace, 'TEST_System']);
  });

  it('writes outside operations', async () => {
    const { host, store } = await hosted();
    await host.transaction((transaction) => transaction.put(system('two')));
    expect(await store.get(systemPath('two'))).toBeDefined();
  });

  it('explains itself outside operations', async () => {
    const { host, reasons } = await hosted();
    host.explain('the disk is full');
    expect(reasons).toEqual(['the disk is full']);
  });

  it('tells of events, which are instances of indications', async () => {
    const { host, indications } = await hosted();
    const one = alert();
    host.indicate(one);
    expect(indications).toEqual([one]);
    expect(() => host.indicate(system('one'))).toThrow("TEST_System is no indication's class in root/test");
  });
});

describe('a job', () => {
  it('that an operation begins runs when the operation has succeeded', async () => {
    const seen: string[] = [];
    const { run } = await hosted(async (_input, context) => {
      context.job(() => void seen.push('job'));
      seen.push('method');
      return { ReturnValue: 0 };
    });
    await run();
    await vi.waitFor(() => expect(seen).toEqual(['method', 'job']));
  });

  it('that a failing operation would begin does not run, and neither is its event told', async () => {
    const seen: string[] = [];
    const { run, indications } = await hosted(async (_input, context) => {
      context.job(() => void seen.push('job'));
      context.indicate(alert());
      return { ReturnValue: 1 };
    });
    await run();
    await setTimeout(10);
    expect([seen, indications]).toEqual([[], []]);
  });

  it('is not begun by an operation that would tell of what is no indication: that fails, and changes nothing', async () => {
    const seen: string[] = [];
    const { run, store } = await hosted(async (_input, context) => {
      context.job(() => void seen.push('job'));
      await context.store.put(system('written'));
      context.indicate(system('one'));
      return { ReturnValue: 0 };
    });
    await expect(run()).rejects.toMatchObject({
      cause: new TypeError("TEST_System is no indication's class in root/test"),
    });
    expect([seen, await store.get(systemPath('written'))]).toEqual([[], undefined]);
  });

  it('sees what the operation wrote, and writes itself', async () => {
    const factory: ProviderFactory = (host) => ({
      className: 'TEST_System',
      methods: {
        async Run(_input, context) {
          await context.store.put(system('written'));
          context.job(async () => {
            const found = await host.store.get(systemPath('written'));
            await host.transaction((transaction) => transaction.put(system(found ? 'seen' : 'missed')));
          });
          return { ReturnValue: 4096 };
        },
      },
    });
    const { broker, store } = await createTestBroker([system('one')], [factory]);
    await broker.invokeMethod({ namespace, target: systemPath('one'), methodName: 'Run', input: new NameMap() });
    await vi.waitFor(async () => expect(await store.get(systemPath('seen'))).toBeDefined());
  });

  it('that fails is told of', async () => {
    const { host, failures } = await hosted();
    const mistake = new TypeError('mistake');
    host.job(() => Promise.reject(mistake));
    await vi.waitFor(() => expect(failures).toEqual([mistake]));
  });

  it('ends with the endpoint, and can write no more', async () => {
    const { host, close, store, failures } = await hosted();
    let signal: AbortSignal | undefined;
    host.job(async (job) => {
      signal = job.signal;
      await new Promise(() => {});
    });
    await vi.waitFor(() => expect(signal).toBeDefined());
    await close();
    expect(signal?.aborted).toBe(true);
    await expect(host.transaction((transaction) => transaction.put(system('late')))).rejects.toThrow('closes');
    host.job(() => Promise.reject(new Error('never begun')));
    await setTimeout(5);
    expect([await store.get(systemPath('late')), failures]).toEqual([undefined, []]);
  });
});

describe('a reset', () => {
  it('refuses what a job of before writes late, past the contract by the store as well', async () => {
    const { host, reset, store } = await hosted();
    const sloppy = host.store as unknown as Pick<ProviderHost, 'transaction'>;
    await sloppy.transaction((inner) => inner.put(system('early')));
    let written: Promise<unknown> | undefined;
    host.job(async () => {
      await setTimeout(20);
      written = sloppy.transaction((inner) => inner.put(system('late'))).catch((error: unknown) => error);
    });
    await setTimeout(1);
    reset();
    await vi.waitFor(() => expect(written).toBeDefined());
    expect(await written).toMatchObject({ message: 'the endpoint goes back to an earlier state' });
    expect([await store.get(systemPath('late')), await store.get(systemPath('early'))]).toEqual([
      undefined,
      expect.anything(),
    ]);
  });

  it('aborts the jobs that run, and what they would still write', async () => {
    const { host, reset, store, failures } = await hosted();
    let resolve: (value: unknown) => void = () => {};
    const aborted = new Promise<unknown>((done) => {
      resolve = done;
    });
    host.job(async ({ signal, transaction }) => {
      signal.addEventListener('abort', () =>
        transaction((inner) => inner.put(system('late'))).then(resolve, (error: unknown) => resolve(error)),
      );
      await new Promise(() => {});
    });
    await setTimeout(1);
    reset();
    expect(await aborted).toMatchObject({ message: 'the endpoint goes back to an earlier state' });
    expect([await store.get(systemPath('late')), failures]).toEqual([undefined, []]);
  });

  it('is told to providers, which may begin jobs then; of several that listen one that fails is logged', async () => {
    const { host, reset, failures } = await hosted();
    const seen: string[] = [];
    host.onReset(() => {
      throw new RangeError('no');
    });
    host.onReset(() => host.job(() => void seen.push('job')));
    reset();
    await vi.waitFor(() => expect(seen).toEqual(['job']));
    expect(failures).toEqual([new RangeError('no')]);
  });

  it('keeps the jobs of an operation from beginning that has ended before it', async () => {
    const seen: string[] = [];
    let onCommit = () => {};
    const { run, host, reset } = await hosted(async (_input, context) => {
      context.job(() => void seen.push('job'));
      onCommit();
      return { ReturnValue: 0 };
    });
    onCommit = reset;
    await run();
    onCommit = () => {};
    await run();
    host.job(() => void seen.push('another'));
    await vi.waitFor(() => expect(seen).toEqual(['job', 'another']));
  });

  it('is of no effect once the endpoint is closed', async () => {
    const { host, reset, close } = await hosted();
    const seen: string[] = [];
    await close();
    host.onReset(() => void seen.push('reset'));
    reset();
    host.job(() => void seen.push('job'));
    await setTimeout(5);
    expect(seen).toEqual([]);
  });
});
