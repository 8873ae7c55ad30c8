import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { ConnectionOptions } from 'node:tls';
import { StateError } from '../../cim/contracts/state-error.js';
import { errorCode } from '../../files/error-code.js';
import { type TlsMode, tlsModes, tlsOptions } from './tls-options.js';

/** One server; a name that begins with `/` is the folder of a Unix socket. */
export interface DatabaseHost {
  readonly host: string;
  readonly port: number;
}

/** What a database URL says. */
export interface DatabaseAddress {
  /** The first that can be written to is used. */
  readonly hosts: readonly DatabaseHost[];
  readonly user: string;
  readonly database: string;
  /** Of the URL alone: {@link findPassword} looks elsewhere as well. Not enumerable: no log and no error that shows the object has it. */
  readonly password?: string;
  /** All tables of one state lie in one schema: several labs can share a database. */
  readonly schema: string;
  tls(host: string): ConnectionOptions | false;
  /** The URL for people: without password. */
  readonly place: string;
}

const DEFAULT_PORT = 5432;
const PARAMETERS = ['schema', 'host', 'port', 'user', 'password', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];
/** PostgreSQL cuts longer names off. */
const LONGEST_NAME = 63;

/**
 * Reads a URL as libpq has it (`postgres://user:password@host:port,host:port/database?sslmode=…`), with a parameter of our own, `schema`.
 * What it does not say stands in the variables that libpq knows (PGHOST, PGPORT, PGUSER, PGDATABASE, PGSSLMODE, PGSSLROOTCERT).
 *
 * @throws StateError: one line, without the password, whatever is wrong
 */
export function databaseAddress(url: string, env: NodeJS.ProcessEnv = process.env): DatabaseAddress {
  // The userinfo ends at the last @ before the path, so that a password with one that was not encoded is none of the host.
  const match = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(url);
  if (!match) throw wrong('it is not like postgres://user@host:5432/database');
  const [, userInfo = '', hostList = '', path = '', query = ''] = match;
  const parameters = parametersOf(query);
  const [name, password] = userOf(userInfo);
  const user = parameters.get('user') ?? (name || (env.PGUSER ?? loginName()));
  const database = decoded(path) || (env.PGDATABASE ?? user);
  const schema = parameters.get('schema') ?? 'cimulator';
  if (schema === '' || Buffer.byteLength(schema) > LONGEST_NAME || schema.includes('\0') || /^pg_/i.test(schema)) {
    throw wrong(`schema= takes a name of at most ${LONGEST_NAME} bytes that does not begin with pg_`);
  }
  const hosts = hostsOf(
    parameters.get('host') ?? (hostList || (env.PGHOST ?? 'localhost')),
    parameters.get('port') ?? env.PGPORT,
  );
  const address = {
    hosts,
    user,
    database,
    schema,
    tls: tlsOf(parameters, env),
    place: placeOf(hosts, user, database, schema),
  };
  const value = parameters.get('password') ?? password;
  return Object.defineProperty(address, 'password', { value, enumerable: false });
}

function wrong(reason: string): StateError {
  return new StateError(`the database URL cannot be used: ${reason}`);
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map(new URLSearchParams(query));
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.includes(name));
  // The name only: a value may be secret.
  if (unknown !== undefined) throw wrong(`it has the parameter "${unknown}"; there are ${PARAMETERS.join(', ')}`);
  return parameters;
}

function userOf(userInfo: string): readonly [name: string, password: string | undefined] {
  const colon = userInfo.indexOf(':');
  if (colon < 0) return [decoded(userInfo), undefined];
  return [decoded(userInfo.slice(0, colon)), decoded(userInfo.slice(colon + 1))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('a % in it is not followed by two hexadecimal digits (a % in a password is written %25)');
  }
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    throw wrong('it names no user');
  }
}

function hostsOf(hostList: string, portList: string | undefined): readonly DatabaseHost[] {
  const ports = portList?.split(',') ?? [];
  return hostList.split(',').map((text, index) => {
    const match = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(text);
    if (!match) throw wrong(`"${decoded(text)}" is no host with a port`);
    const host = decoded(match[1] ?? '').replace(/^\[(.*)\]$/, '$1') || 'localhost';
    const port = Number(match[2] ?? ports[index] ?? ports.at(-1) ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong('a port is a number from 1 to 65535');
    return { host, port };
  });
}

/** The files are read once, at the start. */
function tlsOf(parameters: ReadonlyMap<string, string>, env: NodeJS.ProcessEnv): DatabaseAddress['tls'] {
  const mode = parameters.get('sslmode') ?? env.PGSSLMODE;
  if (mode !== undefined && !isTlsMode(mode)) throw wrong(`sslmode= is one of ${tlsModes.join(', ')}`);
  const file = (name: string, path: string | undefined) => {
    if (path === undefined || path === '') return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      throw wrong(`the file of ${name} cannot be read (${errorCode(error)})`);
    }
  };
  const files = {
    ca: file('sslrootcert', parameters.get('sslrootcert') ?? env.PGSSLROOTCERT),
    cert: file('sslcert', parameters.get('sslcert')),
    key: file('sslkey', parameters.get('sslkey')),
  };
  return (host) => tlsOptions(host, mode, files);
}

function isTlsMode(text: string): text is TlsMode {
  return tlsModes.some((mode) => mode === text);
}

function placeOf(hosts: readonly DatabaseHost[], user: string, database: string, schema: string): string {
  const list = hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : encodeURIComponent(host)}:${port}`);
  const query = schema === 'cimulator' ? '' : `?schema=${encodeURIComponent(schema)}`;
  return `postgres://${encodeURIComponent(user)}@${list.join(',')}/${encodeURIComponent(database)}${query}`;
}
