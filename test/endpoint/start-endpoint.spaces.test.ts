import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import { type ClientOptions, createClient, type EndpointOptions, startEndpoint } from '../../src/index.js';
import { askControl } from '../support/ask-control.js';

interface Space {
  readonly name: string;
  readonly pid: number;
  readonly http: string;
  readonly https: string;
  readonly fingerprint: string;
  readonly user: string;
  readonly password: string;
  readonly control: string;
  readonly controlToken: string;
}

const KITCHEN = 'root/cimv2/storage/iScsiTarget:LAB_Thermostat.DeviceID="t-1"';
const options: EndpointOptions = {
  ...{ lab: 'fixtures/examples/thermostat.mof', seed: 7, control: {} },
  users: [{ name: 'lab', password: 'secret' }],
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

function clientOf(clientOptions: ClientOptions) {
  const client = createClient(clientOptions);
  open.push(client);
  return client;
}

/** An endpoint, and what its control API answers. */
async function started(more: EndpointOptions = {}) {
  const endpoint = await startEndpoint({ ...options, ...more });
  open.push(endpoint);
  const ask = askControl(endpoint.control?.url, endpoint.control?.token);
  const openSpace = async (body: object = {}) => (await ask('POST', '/v1/spaces', body)).json as Space;
  return { endpoint, ask, openSpace };
}

const inSpace = ({ control, controlToken }: Space) => askControl(control, controlToken);

async function targetIn(space: Space): Promise<unknown> {
  const { json } = await inSpace(space)('POST', '/v1/instances/get', { path: KITCHEN });
  return (json as { instance: { properties: { Target: { value: unknown } } } }).instance.properties.Target.value;
}

describe('a space', () => {
  it('is an endpoint of its own: ports, account, state, requests, rules', { timeout: 60_000 }, async () => {
    const { endpoint, ask, openSpace } = await started({ httpsPort: 0 });
    const [one, two] = [await openSpace({ name: 'one' }), await openSpace()];
    const urls = [endpoint, one, two].flatMap(({ http, https, control }) => [http, https, control]);
    expect(new Set(urls.map((url) => (typeof url === 'string' ? url : url?.url))).size).toBe(9);
    expect([one.pid, two.pid]).toEqual([process.pid, process.pid]);
    expect([one.name, two.name, one.user]).toEqual(['one', 'space-1', 'lab']);
    expect(one.fingerprint).toBe(endpoint.https?.fingerprints.sha256);

    await inSpace(one)('PATCH', '/v1/instances', { path: KITCHEN, properties: { Target: 9 } });
    await inSpace(one)('POST', '/v1/rules', { when: { class: 'LAB_Thermostat' }, then: { cimError: 'AccessDenied' } });
    expect([await targetIn(one), await targetIn(two)]).toEqual([9, 19]);
    expect((await endpoint.cim.get(KITCHEN)).get('Target')).toBe(19);
    expect((await inSpace(two)('GET', '/v1/rules')).json).toEqual({ rules: [] });

    const { https: url, user, password, fingerprint: fingerprint256 } = two;
    await clientOf({ url, user, password, tls: { fingerprint256 } }).get(parseInstancePath(KITCHEN));
    const counts = await Promise.all([inSpace(one), inSpace(two), ask].map((each) => each('GET', '/v1/requests')));
    expect(counts.map(({ json }) => (json as { matched: number }).matched > 0)).toEqual([false, true, false]);
    expect((await inSpace(one)('GET', '/v1')).json).toMatchObject({ space: 'one', pid: process.pid });
  });

  it('lets nobody in with the password of its endpoint, nor the endpoint with its own', async () => {
    const { endpoint, openSpace } = await started();
    const space = await openSpace();
    for (const [url, password] of [
      [space.http, 'secret'],
      [endpoint.http?.url ?? '', space.password],
    ] as const) {
      await expect(clientOf({ url, user: 'lab', password }).get(parseInstancePath(KITCHEN))).rejects.toThrow(
        /401|refuse|password/i,
      );
    }
  });

  it('has the generated identifiers of its endpoint, or those of a seed of its own', async () => {
    const created: string[] = [];
    const providers = [
      {
        className: 'LAB_Thermostat',
        methods: {
          SetTarget(_input: unknown, { newUuid }: { newUuid(): string }) {
            created.push(newUuid());
            return 0;
          },
        },
      },
    ] as unknown as NonNullable<EndpointOptions['providers']>;
    const { endpoint, openSpace } = await started({ providers });
    await endpoint.cim.invoke(KITCHEN, 'SetTarget', { Target: 5 });
    for (const space of [await openSpace(), await openSpace({ seed: 8 })])
      await inSpace(space)('POST', '/v1/invoke', { target: KITCHEN, method: 'SetTarget', input: { Target: 5 } });
    expect(created).toHaveLength(3);
    expect([created[1] === created[0], created[2] === created[0]]).toEqual([true, false]);
  });

  it('shares what a provider object holds; what a factory makes is made for each', async () => {
    let objects = 0;
    let made = 0;
    const count = { className: 'LAB_Thermostat', methods: { SetTarget: () => (objects += 1) } };
    const factory = () => {
      made += 1;
      return count;
    };
    const { endpoint, openSpace } = await started({
      providers: [factory as unknown as NonNullable<EndpointOptions['providers']>[number]],
    });
    const space = await openSpace();
    expect(made).toBe(2);
    await endpoint.cim.invoke(KITCHEN, 'SetTarget', { Target: 5 });
    await inSpace(space)('POST', '/v1/invoke', { target: KITCHEN, method: 'SetTarget', input: { Target: 5 } });
    expect(objects).toBe(2);
  });

  it('has a token for itself alone, and opens no spaces', async () => {
    const { endpoint, openSpace } = await started();
    const space = await openSpace();
    const wrong = askControl(endpoint.control?.url, space.controlToken);
    expect((await wrong('GET', '/v1/spaces')).status).toBe(401);
    for (const [method, path] of [
      ['GET', '/v1/spaces'],
      ['POST', '/v1/spaces'],
      ['GET', '/v1/spaces/stream'],
      ['DELETE', '/v1/spaces/x'],
    ] as const) {
      const { status, json } = await inSpace(space)(method, path, method === 'POST' ? {} : undefined);
      expect([status, json]).toEqual([403, { error: { message: expect.stringMatching(/^this is a space: /) } }]);
    }
  });

  it('is listed without secrets, closed once, and not there any more', async () => {
    const { ask, openSpace } = await started();
    const space = await openSpace({ name: 'a', lifetime: 60_000 });
    const { password: _p, controlToken: _t, ...listed } = space;
    expect((await ask('GET', '/v1/spaces')).json).toEqual({ spaces: [listed] });
    expect((await ask('DELETE', '/v1/spaces/A')).status).toBe(204);
    expect((await ask('DELETE', '/v1/spaces/a')).status).toBe(404);
    await expect(fetch(space.http)).rejects.toThrow();
    await expect(fetch(space.control)).rejects.toThrow();
  });

  it('is refused with the place of what is wrong', async () => {
    const { ask } = await started();
    await ask('POST', '/v1/spaces', { name: 'a' });
    const wrong = [{ name: 'a b' }, { name: 'A' }, { nane: 'b' }, { lifetime: 0 }, { stream: 'x' }, { seed: -1 }];
    const answers = await Promise.all(wrong.map((body) => ask('POST', '/v1/spaces', body)));
    expect(answers.map(({ status }) => status)).toEqual([400, 409, 400, 400, 404, 400]);
    expect(answers.map(({ json }) => (json as { error: { place: string } }).error.place)).toEqual([
      'name',
      'name',
      'nane',
      'lifetime',
      'stream',
      'seed',
    ]);
  });

  it('ends when the stream of its owner breaks off', async () => {
    const { endpoint, openSpace, ask } = await started();
    const owner = new AbortController();
    const response = await fetch(`${endpoint.control?.url}/v1/spaces/stream`, {
      headers: { Authorization: `Bearer ${endpoint.control?.token}` },
      signal: owner.signal,
    });
    const { value } = (await response.body?.getReader().read()) ?? {};
    const [, stream] = /"stream":"([^"]+)"/.exec(new TextDecoder().decode(value)) ?? [];
    const space = await openSpace({ stream });
    expect((await fetch(space.http)).status).toBe(405);
    owner.abort();
    await vi.waitFor(async () => expect((await ask('GET', '/v1/spaces')).json).toEqual({ spaces: [] }));
    await vi.waitFor(() => expect(fetch(space.http)).rejects.toThrow());
  });

  it('ends with its endpoint', async () => {
    const { endpoint, openSpace } = await started();
    const space = await openSpace();
    await endpoint.close();
    await expect(fetch(space.http)).rejects.toThrow();
  });

  it('writes lines of the log that name it', async () => {
    const lines: object[] = [];
    const line = (facts: object) => void lines.push(facts);
    const { openSpace } = await started({ logger: { debug: line, info: line, warn: line, error: line } });
    const space = await openSpace({ name: 'a' });
    await inSpace(space)('POST', '/v1/reset');
    expect(lines).toContainEqual(expect.objectContaining({ path: '/v1/reset', space: 'a' }));
    expect(JSON.stringify(lines)).not.toContain(space.password);
  });
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function resources() {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { handles: process.getActiveResourcesInfo().length, bytes: heapUsed + arrayBuffers };
}

it('200 spaces, one after another, leave no handle and no memory', { timeout: 120_000 }, async () => {
  const { ask, openSpace } = await started();
  const cycle = async () => {
    const { name } = await openSpace();
    expect((await ask('DELETE', `/v1/spaces/${name}`)).status).toBe(204);
  };
  // What is loaded and remembered at the first ones stays.
  for (let at = 0; at < 100; at += 1) await cycle();
  const before = resources();
  for (let at = 0; at < 100; at += 1) await cycle();
  const after = resources();
  expect(after.handles).toBeLessThanOrEqual(before.handles + 3);
  expect((after.bytes - before.bytes) / 100).toBeLessThan(32 * 1024);
});
