import { describe, expect, it } from 'vitest';
import { sharedPostgres } from '../store/postgres/shared-postgres.js';
import { password } from '../store/postgres/start-postgres.js';
import { makePipe, pipes } from './replication-pipes.js';
import type { RunningCli } from './run-cli.js';
import { ready, useServe } from './use-serve.js';

const postgres = await sharedPostgres();
const { serve } = useServe();

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
