import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, parseInstancePath, type WsmanClient } from '../../src/index.js';
import { type RunningCli, startCli } from '../cli/run-cli.js';
import { labWithHosts } from '../endpoint/hosts/lab-with-hosts.js';
import { sharedPostgres } from '../store/postgres/shared-postgres.js';

const postgres = await sharedPostgres();
const SPOOLER = parseInstancePath('LAB_Service.Name="Spooler"');
const PIPE = parseInstancePath('root/shared:LAB_Pipe.Name="first"');

interface Ready {
  readonly http: string;
  readonly hosts: readonly { readonly name: string; readonly http: string }[];
}

describe.skipIf(!postgres)('cimulator serve --workers 2 with hosts, on a database', () => {
  let dataDir: string;
  let cli: RunningCli;
  let ready: Ready;
  const clients: WsmanClient[] = [];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cimulator-workers-hosts-'));
    const lab = join(dataDir, 'lab.mof');
    await writeFile(lab, labWithHosts);
    const variables = {
      ...{ CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: dataDir },
      CIMULATOR_STATE: postgres?.url() ?? '',
    };
    const args = ['--workers', '2', '--ready-json', '--user', 'alice:secret', '--lab', lab, '--namespace', 'root/lab'];
    cli = startCli(['serve', ...args], variables, null);
    ready = JSON.parse(await cli.firstLine()) as Ready;
  }, 60_000);
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    cli.process.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  /** On a connection of its own. */
  function clientOf(host: string): WsmanClient {
    const url = ready.hosts.find(({ name }) => name.startsWith(host))?.http ?? '';
    const client = createClient({ url, user: 'alice', password: 'secret', auth: 'basic', namespace: 'root/lab' });
    clients.push(client);
    return client;
  }

  it('has each host with its own, whoever answers for it, and what they share for all', async () => {
    // The workers answer for the first, in turn; the primary for the others.
    const [one, other, second] = [clientOf('srv01'), clientOf('srv01'), clientOf('srv02')];
    const states = async () =>
      Promise.all([one, other, second].map(async (client) => (await client.get(SPOOLER)).get('State')));
    expect(await states()).toEqual(['Running', 'Running', 'Stopped']);
    await second.put(SPOOLER, { State: 'Paused' });
    await one.put(SPOOLER, { State: 'Degraded' });
    expect(await states()).toEqual(['Degraded', 'Degraded', 'Paused']);
    await second.put(PIPE, { From: 'srv02' });
    expect((await other.get(PIPE)).get('From')).toBe('srv02');
  });
});
