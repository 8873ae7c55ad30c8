import { readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { InstancePath } from '../cim/model/instance-path.js';
import { AUTH_METHODS, type ClientAuthMethod, type ClientOptions } from '../client/client-options.js';
import { createClient } from '../client/create-client.js';
import { type TransportFailure, WsmanTransportError } from '../client/transport/wsman-transport-error.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { envelopeSize } from '../config/kinds/number-kinds.js';
import { splitUsersVariable } from '../config/kinds/users.js';
import { errorCode } from '../files/error-code.js';
import { argumentParser } from './argument-parser.js';
import { UsageError } from './exit-with-error.js';
import { processSource, readPassword } from './read-password.js';

/** The flags that every command of the client has. */
export interface ConnectionFlags extends SignInFlags {
  readonly namespace: string;
  readonly wmi?: boolean;
  readonly timeout?: number;
  readonly maxEnvelopeSizeKb?: number;
}

/** Of them, those that say which endpoint, and who signs in. */
export interface SignInFlags {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly auth?: ClientAuthMethod;
  readonly allowUnencrypted?: boolean;
  readonly insecure?: boolean;
  readonly fingerprint?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
}

export function addConnectionOptions(command: Command): Command {
  const url = new Option('--url <url>', 'the endpoint, or its host alone')
    .env('CIMULATOR_URL')
    .default('http://127.0.0.1:5985/wsman');
  return addSignInOptions(command.optionsGroup('Connection:').addOption(url))
    .addOption(new Option('--namespace <name>', 'CIM namespace').default('root/cimv2/storage/iScsiTarget'))
    .addOption(new Option('--wmi', 'write resource URIs in the WMI form, as winrm does'))
    .addOption(new Option('--timeout <seconds>', 'how long a call may take, all in all').argParser(parseTimeout))
    .addOption(
      new Option('--max-envelope-size-kb <n>', 'largest answer, in KiB; 500 without').argParser(
        argumentParser(envelopeSize),
      ),
    );
}

/** Who signs in at an endpoint, how, and how far it is trusted. */
export function addSignInOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--user <name[:password]>', 'account: name, DOMAIN\\name or name@domain (env: CIMULATOR_USER)'),
    )
    .addOption(
      new Option(
        '--password <text>',
        "its password; '-' reads it from stdin; without, a terminal is asked. Safer in the environment",
      ).env('CIMULATOR_PASSWORD'),
    )
    .addOption(
      new Option(
        '--auth <method>',
        "how to sign in; 'auto' is Negotiate, or Basic where it is safe and all there is; Kerberos needs kinit",
      )
        .env('CIMULATOR_CLIENT_AUTH')
        .choices(AUTH_METHODS)
        .default('auto'),
    )
    .addOption(
      new Option(
        '--allow-unencrypted',
        'send the password (Basic) over plain HTTP to another machine, take answers in clear',
      ),
    )
    .addOption(
      new Option(
        '--fingerprint <sha256>',
        "trust the server's certificate with this fingerprint only (env: CIMULATOR_FINGERPRINT)",
      ),
    )
    .addOption(new Option('--insecure', 'trust any certificate').conflicts('fingerprint'))
    .addOption(new Option('--client-cert <file>', 'sign in with this certificate, PEM, in place of an account'))
    .addOption(new Option('--client-key <file>', 'its private key, PEM'));
}

/** What a command asks of its client beyond what the flags say. */
type ClientNeeds = Pick<ClientOptions, 'values' | 'onAnswer'>;

/** Opens a client, runs the call and closes it again; hints at the flags where an error can be cured by one. */
export async function withClient<T>(
  flags: ConnectionFlags,
  call: (client: WsmanClient) => Promise<T>,
  needs: ClientNeeds = {},
): Promise<T> {
  try {
    const client = createClient({ ...(await clientOptions(flags)), ...needs });
    try {
      return await call(client);
    } finally {
      await client.close();
    }
  } catch (error) {
    throw forUser(error);
  }
}

/** The flags, with the namespace that a class was given with. */
export function inNamespace<F extends ConnectionFlags>(
  flags: F,
  { namespace }: Partial<Pick<InstancePath, 'namespace'>>,
): F {
  return namespace === undefined ? flags : { ...flags, namespace };
}

/** The client options that the flags ask for. */
export async function clientOptions(flags: ConnectionFlags): Promise<ClientOptions> {
  return {
    ...(await signInOptions(flags)),
    namespace: flags.namespace,
    resourceUriFamily: flags.wmi ? 'wmi' : 'dmtf',
    ...(flags.maxEnvelopeSizeKb !== undefined && { maxEnvelopeSize: flags.maxEnvelopeSizeKb * 1024 }),
    ...(flags.timeout !== undefined && { operationTimeoutMs: flags.timeout * 1000 }),
  };
}

/** Of them, which endpoint, and who signs in. */
export async function signInOptions(flags: SignInFlags): Promise<ClientOptions> {
  const tls = tlsOf(flags);
  return {
    url: urlOf(flags.url),
    ...(await signInOf(flags)),
    ...(flags.auth && { auth: flags.auth }),
    ...(flags.allowUnencrypted && { allowUnencrypted: true }),
    ...(tls && { tls }),
  };
}

interface TlsFlags {
  readonly url: string;
  readonly fingerprint?: string | undefined;
  readonly insecure?: boolean | undefined;
}

/** The fingerprint that `serve --write-env` told counts unless the command line says otherwise. */
function tlsOf({ fingerprint, insecure, url }: TlsFlags) {
  if (fingerprint !== undefined) return { fingerprint256: fingerprint };
  if (insecure) return { rejectUnauthorized: false };
  const { CIMULATOR_FINGERPRINT: told } = process.env;
  return told !== undefined && !/^http:/i.test(urlOf(url)) && { fingerprint256: told };
}

/**
 * What signs in: a certificate where one is given, else an account.
 *
 * @throws UsageError
 */
async function signInOf(flags: SignInFlags): Promise<Pick<ClientOptions, 'clientCertificate' | 'user' | 'password'>> {
  const { clientCert, clientKey, user } = flags;
  if (clientCert === undefined && clientKey === undefined) {
    // Tickets take no account; CIMULATOR_USER may be set for others.
    return (flags.auth !== 'kerberos' && (await credentialsOf(flags))) || {};
  }
  if (clientCert === undefined || clientKey === undefined)
    throw new UsageError('--client-cert and --client-key go together');
  if (user !== undefined) throw new UsageError('either --user signs in, or --client-cert');
  return { clientCertificate: { cert: await read(clientCert), key: await read(clientKey) } };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path} (${errorCode(error)})`);
  }
}

/** The account as it was given, with or without its password; from the variable that the server shares, which may hold several, the first. */
function userOf({ user }: SignInFlags): string | undefined {
  return user ?? splitUsersVariable(process.env.CIMULATOR_USER ?? '')[0];
}

/** Whether the flags, or the environment, say who signs in. */
export function hasSignIn(flags: SignInFlags): boolean {
  return flags.auth === 'kerberos' || flags.clientCert !== undefined || userOf(flags) !== undefined;
}

/**
 * The account: `--user NAME:PASSWORD` as `serve` takes it, or `--user NAME` with the password from `--password`, stdin or a terminal.
 *
 * @throws UsageError when there is a name without a password
 */
async function credentialsOf(flags: SignInFlags): Promise<{ user: string; password: string } | undefined> {
  const given = userOf(flags);
  if (given === undefined) return undefined;
  const colon = given.indexOf(':');
  if (colon >= 0) return { user: given.slice(0, colon), password: given.slice(colon + 1) };
  const { password } = flags;
  if (password !== undefined && password !== '-') return { user: given, password };
  if (password === '-' || process.stdin.isTTY)
    return { user: given, password: await readPassword(processSource, given) };
  throw new UsageError(`--user ${given} needs a password: --password, or CIMULATOR_PASSWORD in the environment`);
}

/** What the client refuses to send is the user's to correct; some failures are cured by a flag. */
function forUser(error: unknown): unknown {
  if (error instanceof RangeError || error instanceof TypeError) return new UsageError(error.message, { cause: error });
  if (!(error instanceof WsmanTransportError)) return error;
  const hint = /maxEnvelopeSize/.test(error.message) ? 'see --max-envelope-size-kb' : hints[error.failure];
  return hint ? new UsageError(`${error.message}; ${hint}`, { cause: error }) : error;
}

const hints: Partial<Record<TransportFailure, string>> = {
  tls: 'see --fingerprint and --insecure',
  unauthorized: 'see --user and --password',
  scheme: "see --auth and --allow-unencrypted, or ask 'cimulator doctor'",
  timeout: 'see --timeout',
};

/** A host alone, as Test-WSMan takes it, is the port of WinRM there. */
export function urlOf(text: string): string {
  if (/^https?:/i.test(text)) return text;
  const [, host = text, port] = /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?$/.exec(text) ?? [];
  if (!/^(?:[\p{L}\p{N}._-]+|\[[0-9a-f:.%\w]+\])$/iu.test(host))
    return isIPv6(text) ? `http://[${text}]:5985/wsman` : text;
  return `${port === '5986' ? 'https' : 'http'}://${host}:${port ?? 5985}/wsman`;
}

function parseTimeout(value: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Expected a number of seconds, more than 0 and at most 86400.');
}
