import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { IDENTIFY } from '../cli/use-serve.js';
import { clientOf, hardwareId } from '../conformance/state/lab-client.js';
import { sharedPostgres } from '../store/postgres/shared-postgres.js';
import { windowsFilledOnce } from './windows-filled-once.js';
import { useWorkersWith } from './workers-server.js';

const postgres = await sharedPostgres();

interface Worker {
  readonly pid?: number;
  readonly state: string;
  readonly restarts: number;
}

describe.skipIf(!postgres)('cimulator serve --workers 2 on a database', () => {
  const server = useWorkersWith({ CIMULATOR_STATE: postgres?.url() ?? '' }, '--allow-reset');
  const { post, control, url } = server;
  const workers = async () => (await control('GET', '/v1')).json.workers as Worker[];
  const create = async (id: string) => {
    const client = clientOf(url());
    await client.create('MSISCSITARGET_StorageHardwareID', { InstanceID: id, StorageID: `iqn.x:${id}`, IDType: 5 });
    await client.close();
  };

  it('serves with both', async () => {
    for (let each = 0; each < 4; each += 1) expect((await post(IDENTIFY)).status).toBe(200);
    const { requests } = (await control('GET', '/v1/requests')).json as { requests: { id: string }[] };
    expect(new Set(requests.map(({ id }) => id.split('-')[0])).size).toBe(2);
  });

  it('fills a namespace of Windows once, whichever is asked, and takes it back', async () => {
    await windowsFilledOnce(server);
  }, 30_000);

  it('has what was written before one was killed, serves meanwhile, and fills its place', async () => {
    await create('before');
    const [first] = await workers();
    process.kill(first?.pid as number, 'SIGKILL');
    while ((await workers())[0]?.restarts !== 1) await sleep(50);
    await create('after');
    while ((await workers())[0]?.state !== 'ready') await sleep(50);
    // On either of the two.
    for (const id of ['before', 'after', 'before', 'after']) {
      const client = clientOf(url());
      expect((await client.get(hardwareId(id))).get('InstanceID')).toBe(id);
      await client.close();
    }
  }, 60_000);
});
