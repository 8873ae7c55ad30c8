import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningCli, startCli } from '../../cli/run-cli.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';
import { HARDWARE_CLASS, openEnumeration } from './enumeration-messages.js';
import { account, clientOf } from './lab-client.js';

const postgres = await sharedPostgres();
const ids = Array.from({ length: 30 }, (_, at) => `h${at}`);

describe.skipIf(!postgres)('an enumeration on a database', () => {
  let folder: string;
  let servers: RunningCli[] = [];
  let urls: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-two-servers-'));
    const state = postgres?.url() ?? '';
    servers = ['one', 'two'].map((name) =>
      startCli(['serve', '--user', `${account.name}:${account.password}`, '--ready-json', '--log-level', 'error'], {
        ...{ CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: join(folder, name) },
        ...{ CIMULATOR_STATE: state, CIMULATOR_LAB: 'none' },
      }),
    );
    const said = await Promise.all(servers.map((server) => server.firstLine()));
    urls = said.map((line) => (JSON.parse(line) as { http: string }).http);
  }, 60_000);
  afterAll(async () => {
    for (const { process } of servers) process.kill('SIGKILL');
    await Promise.all(servers.map(({ result }) => result));
    await rm(folder, { recursive: true });
  });

  it('goes on at the other endpoint, with what was left, when the one where it was begun is killed', async () => {
    const [one = '', two = ''] = urls;
    const client = clientOf(one);
    for (const id of ids) {
      await client.create(HARDWARE_CLASS, { InstanceID: id, StorageID: `iqn.2026-11.example:${id}`, IDType: 5 });
    }
    await client.close();
    const enumeration = await openEnumeration(one);
    await enumeration.pull(one, 7);
    servers[0]?.process.kill('SIGKILL');
    await servers[0]?.result;
    expect(enumeration.seen).toHaveLength(7);
    while (!enumeration.isOver()) await enumeration.pull(two, 7);
    expect(enumeration.seen).toEqual(ids);
  });
});
