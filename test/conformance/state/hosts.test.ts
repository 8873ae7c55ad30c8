import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../src/index.js';
import { labWithHosts, users } from '../../endpoint/hosts/lab-with-hosts.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';

const postgres = await sharedPostgres();
const SPOOLER = 'LAB_Service.Name="Spooler"';

describe.skipIf(!postgres)('hosts of two endpoints on one database', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cimulator-hosts-on-postgres-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  const stateOf = async (endpoint: Endpoint, host: string) =>
    (await endpoint.hosts.get(host).cim.get(SPOOLER)).get('State');
  const statesOf = (endpoint: Endpoint) => Promise.all(['srv01', 'srv02'].map((host) => stateOf(endpoint, host)));

  it('are the same at both, each with its own, go back one by one, and are there again after a restart', async () => {
    const state = postgres?.url() ?? '';
    const start = () =>
      startEndpoint({ lab: { mof: labWithHosts }, namespace: 'root/lab', users, state, dataDir, allowReset: true });
    const [one, other] = [await start(), await start()];
    try {
      expect([await statesOf(one), await statesOf(other)]).toEqual(Array(2).fill(['Running', 'Stopped']));
      await one.hosts.get('srv02').cim.change(SPOOLER, { State: 'Paused' });
      await other.hosts.get('srv01').cim.change(SPOOLER, { State: 'Degraded' });
      expect([await statesOf(one), await statesOf(other)]).toEqual(Array(2).fill(['Degraded', 'Paused']));
      await other.hosts.get('srv02').reset();
      expect(await statesOf(one)).toEqual(['Degraded', 'Stopped']);
      await one.hosts.get('srv02').cim.change('root/shared:LAB_Pipe.Name="first"', { From: 'srv02' });
      expect((await other.hosts.get('srv01').cim.get('root/shared:LAB_Pipe.Name="first"')).get('From')).toBe('srv02');
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
    const again = await start();
    try {
      expect(await statesOf(again)).toEqual(['Degraded', 'Stopped']);
    } finally {
      await again.close();
    }
  });
});
