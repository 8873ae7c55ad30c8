import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, createClient, parseInstancePath, type WsmanClient } from '../../src/index.js';
import { type RunningCli, startCli } from '../cli/run-cli.js';
import { account } from '../conformance/state/lab-client.js';

/** Says in a file what its jobs and methods do: a target of 30 begins a job without an end, 29 is answered after a while. */
const PROVIDER = (file: string) => `
import { appendFileSync } from 'node:fs';
const say = (what) => appendFileSync(${JSON.stringify(file)}, what + ' ' + process.pid + '\\n');
const until = (signal) => new Promise((resolve) => signal.addEventListener('abort', resolve));
export const providers = [(host) => {
  host.onReset(() => say('reset'));
  return {
    className: 'LAB_Thermostat',
    methods: {
      async SetTarget({ Target }, { job }) {
        if (Target === 30) job(async ({ signal }) => { say('begun'); await until(signal); say('ended'); });
        if (Target === 29) { say('slow'); await new Promise((resolve) => setTimeout(resolve, 800)); }
        return { ReturnValue: 0, Previous: Target };
      },
    },
  };
}];
`;

interface Ready {
  readonly http: string;
  readonly https: string;
  readonly pid: number;
  readonly control: string;
  readonly controlToken: string;
}

const thermostat = parseInstancePath('LAB_Thermostat.DeviceID="t-1"');

/** @param isSo is asked until it is */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('cimulator serve --workers 2, from its start to its end', () => {
  let folder: string;
  let said: string;
  let cli: RunningCli;
  let ready: Ready;

  async function start(port: number): Promise<void> {
    const args = [
      'serve',
      '--workers',
      '2',
      '--state',
      join(folder, 'state'),
      '--user',
      `${account.name}:${account.password}`,
    ];
    const lab = ['--lab', 'fixtures/examples/thermostat.mof', '--provider', join(folder, 'provider.mjs')];
    const settings = { CIMULATOR_PORT: `${port}`, CIMULATOR_HTTPS_PORT: '0', CIMULATOR_DATA_DIR: join(folder, 'data') };
    cli = startCli([...args, ...lab, '--ready-json'], settings, null);
    ready = JSON.parse(await cli.firstLine()) as Ready;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-workers-life-'));
    said = join(folder, 'said');
    await writeFile(said, '');
    await writeFile(join(folder, 'provider.mjs'), PROVIDER(said));
    await start(0);
  });
  afterAll(async () => {
    cli?.process.kill('SIGKILL');
    await cli?.result;
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(method: string, path: string): Promise<{ status: number; json: Record<string, unknown> }> {
    const headers = { Authorization: `Bearer ${ready.controlToken}` };
    const response = await fetch(`${ready.control}${path}`, { method, headers });
    return {
      status: response.status,
      json: response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>),
    };
  }
  const workerPids = async () => ((await ask('GET', '/v1')).json.workers as { pid: number }[]).map(({ pid }) => pid);
  const lines = async (what: string) =>
    (await readFile(said, 'utf8'))
      .split('\n')
      .flatMap((line) => (line.startsWith(`${what} `) ? [line.split(' ')[1]] : []));

  /** With a connection of its own. */
  async function withClient<T>(options: Partial<ClientOptions>, work: (client: WsmanClient) => Promise<T>): Promise<T> {
    const client = createClient({ url: ready.http, user: account.name, password: account.password, ...options });
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  }
  const setTarget = (client: WsmanClient, Target: number) => client.invoke(thermostat, 'SetTarget', { Target });

  it.each(['http', 'https'] as const)('signs in with NTLM over %s, with whichever of them', async (scheme) => {
    await ask('DELETE', '/v1/requests');
    const options: Partial<ClientOptions> = {
      url: ready[scheme],
      auth: 'negotiate',
      tls: { rejectUnauthorized: false },
    };
    for (let each = 0; each < 2; each += 1)
      await withClient(scheme === 'http' ? { ...options, tls: {} } : options, async (client) => {
        expect((await client.get(thermostat)).get('Room')).toBe('Kitchen');
        expect((await client.get(thermostat)).get('Target')).toBe(19);
      });
    const { requests } = (await ask('GET', '/v1/requests')).json as { requests: { id: string; scheme?: string }[] };
    expect(new Set(requests.map(({ id }) => id.split('-')[0])).size).toBe(2);
  });

  it('ends the jobs of all when it is reset, once', async () => {
    for (let each = 0; each < 2; each += 1) await withClient({}, (client) => setTarget(client, 30));
    await until(async () => (await lines('begun')).length === 2);
    expect((await ask('POST', '/v1/reset')).status).toBeLessThan(300);
    expect((await lines('ended')).sort()).toEqual((await lines('begun')).sort());
    // The two workers, and the primary.
    expect((await lines('reset')).sort()).toEqual([...(await workerPids()), ready.pid].map(String).sort());
  });

  it('answers what runs when it is told to end, and leaves nobody behind', async () => {
    const pids = await workerPids();
    await withClient({ values: 'text' }, async (client) => {
      const answer = setTarget(client, 29);
      await until(async () => (await lines('slow')).length === 1);
      process.kill(ready.pid, 'SIGTERM');
      expect((await answer).outputs.get('Previous')).toBe('29');
    });
    expect((await cli.result).code).toBe(0);
    expect(pids.map(isRunning)).toEqual([false, false]);
  });

  it('has no worker left, and may begin again at once, when the primary was killed', async () => {
    await start(0);
    const pids = await workerPids();
    await withClient({}, (client) => client.put(thermostat, { Room: 'Attic' }));
    process.kill(ready.pid, 'SIGKILL');
    await until(async () => !pids.some(isRunning));
    await start(Number(new URL(ready.http).port));
    expect(await withClient({}, async (client) => (await client.get(thermostat)).get('Room'))).toBe('Attic');
  });
});
