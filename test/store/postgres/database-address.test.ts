import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { databaseAddress } from '../../../src/store/postgres/database-address.js';

const read = (url: string, env: NodeJS.ProcessEnv = {}) => databaseAddress(url, env);

describe('a database URL', () => {
  it('names user, password, hosts, database and schema', () => {
    const address = read('postgresql://ann:p%40ss@one:6000,two,[::1]:7000/lab?schema=Team%20A');
    expect(address).toMatchObject({ user: 'ann', database: 'lab', schema: 'Team A' });
    expect(address.password).toBe('p@ss');
    expect(address.hosts).toEqual([
      { host: 'one', port: 6000 },
      { host: 'two', port: 5432 },
      { host: '::1', port: 7000 },
    ]);
  });

  it('is completed by the variables of libpq, and then by what is usual', () => {
    const env = { PGHOST: '/run/postgresql', PGPORT: '6001', PGUSER: 'ann', PGDATABASE: 'lab' };
    expect(read('postgres://', env)).toMatchObject({
      hosts: [{ host: '/run/postgresql', port: 6001 }],
      user: 'ann',
      database: 'lab',
    });
    expect(read('postgres://bob@', {})).toMatchObject({
      hosts: [{ host: 'localhost', port: 5432 }],
      database: 'bob',
      schema: 'cimulator',
    });
  });

  it('has no password for people, nor for whoever shows the object', () => {
    const address = read('postgres://ann:secret@one/lab?password=secret&schema=x');
    expect(address.place).toBe('postgres://ann@one:5432/lab?schema=x');
    expect(inspect(address, { depth: 5 }) + JSON.stringify(address)).not.toContain('secret');
  });

  it.each([
    ['postgres//ann@one/lab', /not like postgres:/],
    ['postgres://ann:secret@one:port/lab', /no host with a port/],
    ['postgres://ann:secret@one:99999/lab', /from 1 to 65535/],
    ['postgres://ann:%secret@one/lab', /% in it/],
    ['postgres://ann:secret@one/lab?sslmod=require', /"sslmod"/],
    ['postgres://ann:secret@one/lab?sslmode=prefer', /disable, require, verify-ca, verify-full/],
    ['postgres://ann:secret@one/lab?schema=pg_mine', /schema=/],
    ['postgres://ann:secret@one/lab?sslrootcert=/no/such/file', /sslrootcert cannot be read \(ENOENT\)/],
  ])('is refused, without its password: %s', (url, reason) => {
    const error = (() => {
      try {
        return read(url);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ name: 'StateError', expected: true, message: expect.stringMatching(reason) });
    expect(String(error)).not.toContain('secret');
  });

  it.each([
    ['postgres://ann@localhost/lab', 'localhost', false],
    ['postgres://ann@localhost/lab?sslmode=require', 'localhost', { rejectUnauthorized: false }],
    ['postgres://ann@db.example/lab', 'db.example', { rejectUnauthorized: false, servername: 'db.example' }],
    ['postgres://ann@db.example/lab?sslmode=disable', 'db.example', false],
    ['postgres://ann@db.example/lab?sslmode=verify-full', 'db.example', { rejectUnauthorized: true }],
  ])('encrypts as it says, and by default all but this machine: %s', (url, host, expected) => {
    const tls = read(url).tls(host);
    if (expected === false) expect(tls).toBe(false);
    else expect(tls).toEqual(expect.objectContaining(expected as object));
  });
});
