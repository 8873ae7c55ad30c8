import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseAddress, DatabaseHost } from './database-address.js';

/** Permissions of others than the owner. */
const OF_OTHERS = 0o077;

/**
 * The password for a host: of the URL, of PGPASSWORD, of the file that PGPASSFILE names or ~/.pgpass; undefined when there is none.
 *
 * @throws Error with EACCES when others than its owner can read the file, which is then left unused
 */
export async function findPassword(
  address: DatabaseAddress,
  { host, port }: DatabaseHost,
): Promise<string | undefined> {
  const known = address.password ?? process.env.PGPASSWORD;
  if (known !== undefined) return known;
  await refuseOpenFile();
  const { default: lookUp } = await import('pgpass');
  // What it would write to standard error was said above.
  lookUp.warnTo(undefined);
  const { user, database } = address;
  return new Promise<string | undefined>((resolve) => lookUp({ host, port, user, database }, resolve));
}

async function refuseOpenFile(): Promise<void> {
  if (process.platform === 'win32') return;
  const file = process.env.PGPASSFILE || join(process.env.HOME || '.', '.pgpass');
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || (found.mode & OF_OTHERS) === 0) return;
  const message = `the password file ${file} is not used, since others can read it: chmod 0600 ${file}`;
  throw Object.assign(new Error(message), { code: 'EACCES' });
}
