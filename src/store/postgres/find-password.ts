import type { DatabaseAddress, DatabaseHost } from './database-address.js';

/** The password for a host: of the URL, of PGPASSWORD, of the file that PGPASSFILE names or ~/.pgpass; undefined when there is none. */
export async function findPassword(
  address: DatabaseAddress,
  { host, port }: DatabaseHost,
): Promise<string | undefined> {
  const known = address.password ?? process.env.PGPASSWORD;
  if (known !== undefined) return known;
  const { default: lookUp } = await import('pgpass');
  // Of a file that others can read it warns on standard error, and leaves it.
  const { user, database } = address;
  return new Promise<string | undefined>((resolve) => lookUp({ host, port, user, database }, resolve));
}
