import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSelfSignedCertificate } from '../../../src/http/self-signed-certificate.js';
import { openDatabase } from '../../../src/store/postgres/database.js';
import { databaseAddress } from '../../../src/store/postgres/database-address.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { findPostgres, type PostgresServer, startPostgres } from './start-postgres.js';

const bin = findPostgres();

describe.skipIf(bin === undefined)('a connection with TLS', () => {
  let server: PostgresServer;
  const roots = { right: '', wrong: '' };
  beforeAll(async () => {
    server = await startPostgres(bin ?? '');
    const [own, other] = [await makeSelfSignedCertificate(), await makeSelfSignedCertificate()];
    roots.right = server.giveFile('right.pem', own.certificate);
    roots.wrong = server.giveFile('wrong.pem', other.certificate);
    const key = server.giveFile('key.pem', own.privateKey);
    // The certificate is good for the first of these addresses only.
    const addresses = "listen_addresses = '127.0.0.1,127.0.0.2'";
    await server.configure(`ssl = on\nssl_cert_file = '${roots.right}'\nssl_key_file = '${key}'\n${addresses}`);
    await server.stop();
    await server.start();
  });
  afterAll(() => server?.close());

  const url = (parameters: Readonly<Record<string, string>>) => server.url(parameters);

  it.each<[string, () => Readonly<Record<string, string>>]>([
    ['any certificate with require', () => ({ sslmode: 'require' })],
    ['that of its root with require', () => ({ sslmode: 'require', sslrootcert: roots.right })],
    ['that of its root and name with verify-full', () => ({ sslmode: 'verify-full', sslrootcert: roots.right })],
  ])('takes %s, and is encrypted', async (_, parameters) => {
    const database = await openDatabase(databaseAddress(url(parameters())));
    try {
      const rows = await database.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      expect(rows).toEqual([['t']]);
    } finally {
      await database.close();
    }
  });

  it.each<[string, () => string, RegExp]>([
    ['a root of somebody else', () => url({ sslmode: 'verify-full', sslrootcert: roots.wrong }), /self-signed/],
    ['one, even with require', () => url({ sslmode: 'require', sslrootcert: roots.wrong }), /self-signed/],
    ['no root that is known', () => url({ sslmode: 'verify-full' }), /self-signed/],
    [
      'the certificate of another name',
      () => url({ sslmode: 'verify-full', sslrootcert: roots.right }).replace('127.0.0.1', '127.0.0.2'),
      /127\.0\.0\.2 is not in the cert's list/,
    ],
  ])('is refused at once where there is %s', async (_, of, reason) => {
    const begun = performance.now();
    await expect(openPostgresDatabase(of())).rejects.toMatchObject({
      name: 'StateError',
      message: expect.stringMatching(reason),
    });
    // It does not become better by waiting, as for a server that starts.
    expect(performance.now() - begun).toBeLessThan(8000);
  });

  it('looks at no name with verify-ca', async () => {
    const at = url({ sslmode: 'verify-ca', sslrootcert: roots.right }).replace('127.0.0.1', '127.0.0.2');
    const database = await openPostgresDatabase(at);
    expect(database.problem()).toBeUndefined();
    await database.close();
  });
});
