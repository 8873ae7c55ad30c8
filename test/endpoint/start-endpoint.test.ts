import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type CimValue,
  createClient,
  createMemoryStore,
  type EndpointLogger,
  type EndpointOptions,
  InstancePath,
  type InstanceStore,
  type MethodImplementation,
  NameMap,
  parseInstancePath,
  startEndpoint,
} from '../../src/index.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const users = [{ name: 'lab', password: 'secret' }];
const thermostats = { lab: 'fixtures/examples/thermostat.mof', users };
const kitchen = new InstancePath({ className: 'LAB_Thermostat', keys: { DeviceID: 't-1' } });

const providerOf = (SetTarget: MethodImplementation) => ({ className: 'LAB_Thermostat', methods: { SetTarget } });

/** What a logger was told, each line as its level, message and facts. */
function recordingLogger() {
  const lines: [level: string, message: string, facts: object][] = [];
  const note = (level: string) => (facts: object, message: string) => void lines.push([level, message, facts]);
  const logger: EndpointLogger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  return { logger, lines };
}

/** Calls SetTarget of the kitchen's thermostat, over the wire. */
async function setTarget(url: string) {
  const client = createClient({ url, user: 'lab', password: 'secret' });
  try {
    return await client.invoke(kitchen, 'SetTarget', { Target: 21 });
  } finally {
    await client.close();
  }
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a start that fails', () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    port = (taken.address() as { port: number }).port;
  });
  afterAll(() => void taken.close());

  const failing: readonly [what: string, options: () => EndpointOptions, message: RegExp][] = [
    ['its lab', () => ({ lab: 'no-such' }), /there is no lab/],
    ['a provider', () => ({ providers: [{ className: 'NoSuch', methods: {} }] }), /there is no class NoSuch/],
    ['its port', () => ({ port }), /the port is in use/],
    ['its second port', () => ({ port: 0, httpsPort: port }), /the port is in use/],
    [
      'its keytab',
      () => ({ authentication: { kerberos: { keytab: join(folder, 'none'), required: true } } }),
      /Kerberos|koffi|keytab/i,
    ],
    [
      'its certificate',
      () => ({ httpsPort: 0, certificate: { certPath: join(folder, 'none'), keyPath: join(folder, 'none') } }),
      /there is no certificate/,
    ],
    [
      'the authorities of client certificates',
      () => ({ httpsPort: 0, clientCertificates: { caPath: join(folder, 'none') } }),
      /cannot read/,
    ],
    ['an interceptor', () => ({ interceptors: { cim: [() => undefined as never] } }), /gives back/],
    [
      'its store',
      () => ({ store: { ...createMemoryStore(), transaction: () => Promise.reject(new Error('full')) } }),
      /full/,
    ],
  ];

  it('leaves nothing open, whatever fails', async () => {
    const servers = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = servers();
    const { logger, lines } = recordingLogger();
    const folders: string[] = [];
    for (const [what, options, message] of failing) {
      const dataDir = await mkdtemp(join(folder, 'data-'));
      folders.push(dataDir);
      await expect(startEndpoint({ lab: 'none', dataDir, logger, ...options() }), what).rejects.toThrow(message);
    }
    expect(servers()).toBe(before);

    lines.length = 0;
    for (const dataDir of folders) await writeFile(join(dataDir, 'users.json'), 'not json');
    // Whoever still watched the files would look at them twice in this time, and complain.
    await setTimeout(1200);
    expect(lines).toEqual([]);
  }, 60_000);
});

describe('an endpoint that is closed', () => {
  it('is closed once, whoever asks', async () => {
    const endpoint = await startEndpoint({ lab: 'none', users });
    await Promise.all([endpoint.close(), endpoint.close()]);
    await endpoint.close();
    await expect(fetch(endpoint.http.url)).rejects.toThrow();
  });

  it('waits for no method that hangs, whoever called it', async () => {
    let isCalled = false;
    const providers = [
      providerOf(() => {
        isCalled = true;
        return new Promise(() => {});
      }),
    ];
    const endpoint = await startEndpoint({ ...thermostats, providers });
    const call = endpoint.broker.invokeMethod({
      namespace: NAMESPACE,
      target: kitchen,
      methodName: 'SetTarget',
      input: new NameMap<CimValue>([['Target', 21]]),
    });
    const ended = expect(call).rejects.toThrow('the endpoint closes');
    await vi.waitFor(() => expect(isCalled).toBe(true));
    await endpoint.close();
    await ended;
  });
});

describe('the store of the caller', () => {
  it('gets the instances of the lab, and what clients change', async () => {
    const memory = createMemoryStore();
    let transactions = 0;
    const store: InstanceStore = {
      ...memory,
      transaction(work) {
        transactions += 1;
        return memory.transaction(work);
      },
    };
    await using endpoint = await startEndpoint({ ...thermostats, store });
    const seeding = transactions;
    await endpoint.broker.deleteInstance(parseInstancePath(`${NAMESPACE}:LAB_Thermostat.DeviceID="t-1"`));
    expect(seeding).toBeGreaterThan(0);
    expect(transactions).toBeGreaterThan(seeding);
    expect(await memory.count(NAMESPACE, ['LAB_Thermostat'])).toEqual([1]);
  });

  it('is open when the endpoint is closed: who opened it closes it', async () => {
    const store = createMemoryStore();
    await (await startEndpoint({ ...thermostats, store })).close();
    expect(await store.count(NAMESPACE, ['LAB_Thermostat'])).toEqual([2]);
  });
});

describe('the clock of the caller', () => {
  it('is the one that providers see', async () => {
    const times: number[] = [];
    const providers = [
      providerOf(async (_input, context) => {
        times.push(context.now());
        return { ReturnValue: 0 };
      }),
    ];
    let now = 1_000_000;
    await using endpoint = await startEndpoint({ ...thermostats, providers, clock: () => now });
    await setTarget(endpoint.http.url);
    now += 5;
    await setTarget(endpoint.http.url);
    expect(times).toEqual([1_000_000, 1_000_005]);
  });
});

describe('a mistake in a provider', () => {
  const mistake = new TypeError('my bug');
  const providers = [
    providerOf(async () => {
      throw mistake;
    }),
  ];

  it('is told to the logger of the caller', async () => {
    const { logger, lines } = recordingLogger();
    await using endpoint = await startEndpoint({ ...thermostats, providers, logger });
    await expect(setTarget(endpoint.http.url)).rejects.toThrow('InternalError');
    await vi.waitFor(() => {
      expect(lines).toContainEqual([
        'error',
        'internal error',
        expect.objectContaining({ err: expect.objectContaining({ cause: mistake }) }),
      ]);
    });
  });

  it.each(['silent', 'fatal', 'error'])('is told with its stack on stderr when the level is %s', async (logLevel) => {
    const script = `
      import { createClient, parseInstancePath, startEndpoint } from ${JSON.stringify(LIBRARY)};
      const SetTarget = async function heat() { throw new TypeError('my bug'); };
      const endpoint = await startEndpoint({
        ...${JSON.stringify({ ...thermostats, logLevel })},
        providers: [{ className: 'LAB_Thermostat', methods: { SetTarget } }],
      });
      const client = createClient({ url: endpoint.http.url, user: 'lab', password: 'secret' });
      const path = parseInstancePath('LAB_Thermostat.DeviceID="t-1"');
      await client.invoke(path, 'SetTarget', { Target: 21 }).catch(() => undefined);
      await client.close();
      await endpoint.close();`;
    const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('TypeError: my bug');
    expect(stderr).toMatch(/at (?:Object\.)?heat /);
  });
});

/** The built library; `npm test` builds first. */
const LIBRARY = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

describe('limits that are undefined', () => {
  it('are those by default', async () => {
    const undefinedLimits = {
      limits: { maxConnections: undefined, headersTimeoutMs: undefined },
      settings: { maxBatchItems: undefined },
      lockOut: { entries: undefined },
    } as unknown as EndpointOptions;
    const providers = [providerOf(async () => ({ ReturnValue: 0 }))];
    await using endpoint = await startEndpoint({ ...thermostats, ...undefinedLimits, providers });
    await expect(setTarget(endpoint.http?.url ?? '')).resolves.toMatchObject({ returnValue: 0 });
  });
});
