import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { sharedPostgres } from './shared-postgres.js';
import { password } from './start-postgres.js';

const postgres = await sharedPostgres();

it.skipIf(!postgres)('a password comes from the file of PGPASSFILE, unless others can read that', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-pgpass-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'pgpass');
  // A colon would end it.
  await writeFile(file, `127.0.0.1:*:*:postgres:${password.replaceAll(':', '\\:')}\n`, { mode: 0o600 });
  vi.stubEnv('PGPASSFILE', file);
  vi.stubEnv('PGPASSWORD', undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const written = vi.spyOn(process.stderr, 'write');
  onTestFinished(() => written.mockRestore());
  const url = (postgres?.url() ?? '').replace(/:[^:@/]*@/, '@');
  await (await openPostgresDatabase(url)).close();
  await chmod(file, 0o640);
  await expect(openPostgresDatabase(url)).rejects.toMatchObject({
    name: 'StateError',
    message: expect.stringMatching(/: the password file .* is not used, since others can read it: chmod 0600 /),
  });
  expect(written).not.toHaveBeenCalled();
});
