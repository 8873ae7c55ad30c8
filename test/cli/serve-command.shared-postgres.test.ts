import { describe, expect, it } from 'vitest';
import { createClient, parseInstancePath } from '../../src/index.js';
import { sharedPostgres } from '../store/postgres/shared-postgres.js';
import { password } from '../store/postgres/start-postgres.js';
import type { RunningCli } from './run-cli.js';
import { ready, useServe } from './use-serve.js';

const postgres = await sharedPostgres();
const { serve } = useServe();
const service = parseInstancePath(
  'MSISCSITARGET_StorageConfigurationService.SystemCreationClassName="MSFTSM_ComputerSystem",SystemName="iscsi-a.lab.example",CreationClassName="MSISCSITARGET_StorageConfigurationService",Name="StorageConfigurationService"',
);
const system = (host: string) =>
  parseInstancePath(`MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${host}"`);

async function withClient<T>(url: string, work: (client: ReturnType<typeof createClient>) => Promise<T>): Promise<T> {
  const client = createClient({ url, user: 'alice', password: 'secret' });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const makePipe = (url: string, name: string) =>
  withClient(url, (client) =>
    client.invoke(service, 'CreateOrModifyReplicationPipe', {
      ...{ PipeElementName: name, SourceSystem: system('iscsi-a.lab.example') },
      TargetSystem: system('iscsi-b.lab.example'),
    }),
  );
const pipes = (url: string) =>
  withClient(url, async (client) => {
    const names: unknown[] = [];
    for await (const one of client.enumerate('CIM_NetworkPipe')) names.push(one.get('ElementName'));
    return names.sort();
  });

describe.skipIf(!postgres)('serve on a database', () => {
  it('keeps what clients made through a kill, shares it with another, and says no password', async () => {
    const url = postgres?.url() ?? '';
    const start = () => serve(['--user', 'alice:secret', '--ready-json'], { CIMULATOR_STATE: url });
    const running: RunningCli[] = [start(), start()];
    const [first, second] = await Promise.all(running.map((cli) => ready(cli)));
    await makePipe(first?.http ?? '', 'one');
    expect(await pipes(second?.http ?? '')).toEqual(['one']);
    running[0]?.process.kill('SIGKILL');
    await makePipe(second?.http ?? '', 'two');
    const again = start();
    const told = await ready(again);
    expect(told).toMatchObject({ state: { kind: 'postgres', wasFound: true } });
    expect(await pipes(told.http)).toEqual(['one', 'two']);
    for (const cli of [running[1], again]) cli?.process.kill('SIGTERM');
    for (const cli of [...running, again]) {
      const { stdout, stderr } = await cli.result;
      for (const secret of [password, encodeURIComponent(password)]) expect(stdout + stderr).not.toContain(secret);
    }
  });
});
