import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { AllowUnencrypted } from '../auth/schemes/allow-unencrypted.js';
import { ISCSI_TARGET_NAMESPACE } from '../endpoint/iscsi-target-namespace.js';
import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import { LOG_FORMATS, type LogFormat } from '../http/log-format.js';
import { LOG_LEVELS, type LogLevel } from '../http/log-level.js';
import { TELL_REASONS, type TellReasons } from '../http/tell-reasons.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import { announce } from './announce.js';
import { defaultDataDirectory, ensureDataDirectory } from './data-directory.js';
import { dialectOption } from './dialect-option.js';
import { disablePretenuring } from './disable-pretenuring.js';
import { exitWithError, UsageError } from './exit-with-error.js';
import { loadProviders } from './load-providers.js';
import { parseSettings, SETTING_NAMES, type SettingsArgument, splitSettings } from './parse-setting.js';
import { processSource } from './read-password.js';
import { type AccountFlags, usersOf } from './serve-accounts.js';
import {
  type AuthenticationFlags,
  authenticationOf,
  clientCertificatesOf,
  DEFAULT_SCHEMES,
} from './serve-authentication.js';
import {
  collect,
  parseEnvelopeSize,
  parseNamespaceName,
  parsePortOrOff,
  parseSchemes,
  parseSeed,
  parseSwitchVariable,
  parseUnencrypted,
  type UserArgument,
} from './serve-options.js';
import { onStopSignal } from './stop-signals.js';

interface ServeFlags extends AccountFlags, AuthenticationFlags {
  readonly host: string;
  readonly port: number | 'off';
  readonly maxEnvelopeSizeKb: number;
  readonly setting?: SettingsArgument;
  readonly cert?: string;
  readonly key?: string;
  readonly allowUnencrypted: AllowUnencrypted;
  readonly lockOut: 'on' | 'off';
  readonly lab?: readonly string[];
  readonly schema?: readonly string[];
  readonly namespace: string;
  readonly dialect: MofDialectChoice;
  readonly provider?: readonly string[];
  readonly profile: 'smi-s' | 'windows';
  readonly seed?: number;
  readonly rules?: string;
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly tellReasons: TellReasons;
  readonly readyJson: boolean;
  readonly exitOnStdinEnd: boolean;
}

const NOTES = `
Every option can be set in the environment; the command line wins. CIMULATOR_USER takes several
accounts, one per line or parted by commas. Without --user the accounts of the data directory
count (see 'cimulator user'); at the first start one is made, and its password shown once. Who has
lost it gives another one: 'cimulator user passwd cimulator'.

Exit status: 0 after SIGTERM, SIGINT or the end of stdin, once running requests are finished (a
second signal ends it at once); 1 when the endpoint cannot start or an option is wrong.`;

/** Adds `cimulator serve` to the program. */
export function addServeCommand(program: Command): void {
  const env = (option: Option, name: string): Option => option.env(`CIMULATOR_${name}`);
  program
    .command('serve')
    .description('serve WS-Management over HTTP and HTTPS until stopped')
    .optionsGroup('Network:')
    .addOption(env(new Option('--host <address>', 'address to listen on'), 'HOST').default('127.0.0.1'))
    .addOption(
      env(new Option('--port <n|off>', "HTTP port; 0 for any free one, 'off' for none"), 'PORT')
        .argParser(parsePortOrOff)
        .default(5985),
    )
    .addOption(
      env(new Option('--https-port <n|off>', "HTTPS port; 0 for any free one, 'off' for none"), 'HTTPS_PORT')
        .argParser(parsePortOrOff)
        .default(5986),
    )
    .addOption(
      env(new Option('--cert <file>', 'TLS certificate, PEM; default: a self-signed one, made and kept'), 'CERT'),
    )
    .addOption(env(new Option('--key <file>', 'private key of --cert, PEM'), 'KEY'))
    .addOption(
      env(new Option('--max-envelope-size-kb <n>', 'largest request, in KiB; Windows has 500'), 'MAX_ENVELOPE_SIZE_KB')
        .argParser(parseEnvelopeSize)
        .default(2048),
    )
    .addOption(
      env(
        new Option('--setting <name=n>', `a quota of winrm/config, ${SETTING_NAMES.join(', ')}; may be repeated`),
        'SETTING',
      ).argParser(parseSettings),
    )
    .optionsGroup('Accounts:')
    .addOption(env(new Option('--user <name:password>', 'account; may be repeated'), 'USER').argParser(collect))
    .addOption(
      env(
        new Option('--password-stdin', 'read the password of each --user NAME from stdin, a line each, in their order'),
        'PASSWORD_STDIN',
      ).default(false),
    )
    .addOption(
      env(new Option('--auth <list>', 'ways to authenticate'), 'AUTH')
        .argParser(parseSchemes)
        .default(DEFAULT_SCHEMES, 'negotiate,basic, and kerberos with --keytab'),
    )
    .addOption(env(new Option('--keytab <file>', 'keys of the service, for Kerberos'), 'KEYTAB'))
    .addOption(
      env(
        new Option(
          '--service-principal <name>',
          'take Kerberos tickets for this one only, as HTTP/host; default: any in --keytab',
        ),
        'SERVICE_PRINCIPAL',
      ),
    )
    .addOption(
      env(
        new Option('--cbt <level>', 'channel bindings of Negotiate and Kerberos on HTTPS, as CbtHardeningLevel'),
        'CBT',
      )
        .choices(['none', 'relaxed', 'strict'])
        .default('relaxed'),
    )
    .addOption(
      env(
        new Option(
          '--allow-unencrypted [when]',
          "from whom passwords and clear messages are taken over plain HTTP: 'never', 'loopback', 'always'; bare: 'always'",
        ),
        'ALLOW_UNENCRYPTED',
      )
        .argParser(parseUnencrypted)
        .preset('always')
        .default('loopback'),
    )
    .addOption(env(new Option('--domain <name>', 'domain in front of or behind the names of users'), 'DOMAIN'))
    .addOption(
      env(new Option('--domain-policy <policy>', "whether a name's domain must be ours, and be there"), 'DOMAIN_POLICY')
        .choices(['ignored', 'matched', 'required'])
        .default('ignored'),
    )
    .addOption(
      env(new Option('--spn <level>', 'whether NTLM must name this service as its target'), 'SPN')
        .choices(['none', 'relaxed', 'strict'])
        .default('none'),
    )
    .addOption(
      env(
        new Option('--spn-host <name>', 'another name of this host, for --spn; may be repeated'),
        'SPN_HOST',
      ).argParser(collect),
    )
    .addOption(
      env(new Option('--lock-out <switch>', 'delay sign-ins after wrong passwords'), 'LOCK_OUT')
        .choices(['on', 'off'])
        .default('on'),
    )
    .addOption(
      env(
        new Option('--client-ca <file>', 'authorities of client certificates, PEM; HTTPS asks for one then'),
        'CLIENT_CA',
      ),
    )
    .addOption(env(new Option('--client-crl <file>', 'what they have revoked, PEM'), 'CLIENT_CRL'))
    .addOption(
      env(
        new Option(
          '--client-cert-map <name=account>',
          "account of a certificate's UPN or CN, '*' for anything; may be repeated; default: the account of that name",
        ),
        'CLIENT_CERT_MAP',
      ).argParser(collect),
    )
    .optionsGroup('Model:')
    .addOption(
      env(
        new Option(
          '--lab <name|file.mof>',
          "the instances to start with, 'none' for none; may be repeated; default: two-servers",
        ),
        'LAB',
      ).argParser(collect),
    )
    .addOption(
      env(
        new Option(
          '--schema <dir|file.mof>',
          "MOF class declarations, 'built-in' for those of the iSCSI target; may be repeated; default: built-in",
        ),
        'SCHEMA',
      ).argParser(collect),
    )
    .addOption(
      env(
        new Option('--namespace <name>', 'where MOF, providers and requests belong that name no namespace'),
        'NAMESPACE',
      )
        .argParser(parseNamespaceName)
        .default(ISCSI_TARGET_NAMESPACE),
    )
    .addOption(env(dialectOption(), 'DIALECT'))
    .addOption(
      env(
        new Option('--provider <file.mjs>', "behaviour of classes: a module that exports 'providers'; may be repeated"),
        'PROVIDER',
      ).argParser(collect),
    )
    .addOption(
      env(new Option('--profile <name>', 'answer as the SMI-S documents say, or as Windows does'), 'PROFILE')
        .choices(['smi-s', 'windows'])
        .default('smi-s'),
    )
    .addOption(env(new Option('--seed <n>', 'make generated identifiers repeatable'), 'SEED').argParser(parseSeed))
    .addOption(
      env(
        new Option('--rules <file>', 'what is to go wrong on purpose, YAML or JSON (docs/breaking-things.md)'),
        'RULES',
      ),
    )
    .optionsGroup('Running:')
    .addOption(
      env(
        new Option('--data-dir <dir>', "where accounts and certificate are kept; 'none': nowhere"),
        'DATA_DIR',
      ).default(defaultDataDirectory()),
    )
    .addOption(env(new Option('--log-level <level>', 'log on stderr'), 'LOG_LEVEL').choices(LOG_LEVELS).default('warn'))
    .addOption(
      env(new Option('--log-format <format>', 'text for a person, JSON lines; auto: text on a terminal'), 'LOG_FORMAT')
        .choices(LOG_FORMATS)
        .default('auto'),
    )
    .addOption(
      env(
        new Option('--tell-reasons <whom>', 'tell callers why a call ended so, beside the answer; not as Windows does'),
        'TELL_REASONS',
      )
        .choices(TELL_REASONS)
        .default('loopback'),
    )
    .addOption(
      env(new Option('--ready-json', 'print one JSON line when listening, and nothing else'), 'READY_JSON').default(
        false,
      ),
    )
    .addOption(
      env(
        new Option('--exit-on-stdin-end', 'stop, as at SIGTERM, when stdin ends: with the process that wrote to it'),
        'EXIT_ON_STDIN_END',
      ).default(false),
    )
    .addHelpText('after', NOTES)
    .action(async (flags: ServeFlags, command: Command) => {
      try {
        const set = { ...flags, ...switchesOf(command) };
        const source = command.getOptionValueSource('user') === 'env' ? 'CIMULATOR_USER' : '--user';
        await serve(set, await usersOf(set, source, processSource));
      } catch (error) {
        exitWithError(error, flags.logLevel === 'debug' || flags.logLevel === 'trace');
        // A parent that holds the other end would wait for a process that waits for it.
        process.stdin.unref?.();
      }
    });
}

/** The on/off options that come from the environment, by what their variables say. */
function switchesOf(command: Command): Partial<ServeFlags> {
  const found = command.options
    .filter(({ required, optional, envVar }) => !required && !optional && envVar !== undefined)
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'env')
    .map((option) => {
      const name = option.envVar ?? '';
      return [option.attributeName(), parseSwitchVariable(name, process.env[name] ?? '')] as const;
    });
  return Object.fromEntries(found) as Partial<ServeFlags>;
}

async function serve(flags: ServeFlags, users: UserArgument[]): Promise<void> {
  const { cert, key, provider = [] } = flags;
  const authentication = authenticationOf(flags);
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--cert and --key go together');
  const clientCertificates = clientCertificatesOf(flags);
  disablePretenuring();
  const dataDir = await openDataDirectory(flags, users);

  // Loaded here, so that --help and the client's commands do not pay for the server.
  const { startEndpoint } = await import('../endpoint/start-endpoint.js');
  const providers = await loadProviders(provider, flags.namespace);
  const starting = startEndpoint({
    ...optionsOf(flags),
    ...(dataDir !== undefined && { dataDir, cacheDir: join(dataDir, 'cache') }),
    ...(clientCertificates && { clientCertificates }),
    users,
    providers,
    authentication,
  });
  // A signal that comes while the endpoint starts waits for the start, and then closes it.
  onStopSignal(
    async () => {
      try {
        await (await starting).close();
      } catch (error) {
        exitWithError(error);
      }
    },
    flags.exitOnStdinEnd ? process.stdin : undefined,
  );

  announce(await starting, flags, users);
}

/** In the environment labs and schemas stand one per line, since a path may have a comma. */
function splitLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/**
 * The data directory; undefined for none. Where accounts and certificate come from elsewhere it would hold a cache only, and need not
 * be to be had.
 *
 * @throws UsageError
 */
async function openDataDirectory({ dataDir, httpsPort, cert }: ServeFlags, users: UserArgument[]) {
  if (dataDir === 'none') return undefined;
  const isNeeded = users.length === 0 || (httpsPort !== 'off' && cert === undefined);
  return (await ensureDataDirectory(dataDir, isNeeded)) ? dataDir : undefined;
}

/** The options that flags say as they are. */
function optionsOf(flags: ServeFlags): EndpointOptions {
  const { cert, key, lab, schema, seed, rules } = flags;
  const { limits, settings } = splitSettings(flags.setting);
  return {
    host: flags.host,
    port: flags.port,
    httpsPort: flags.httpsPort,
    maxEnvelopeSizeKb: flags.maxEnvelopeSizeKb,
    settings,
    limits,
    ...(cert !== undefined && key !== undefined && { certificate: { certPath: cert, keyPath: key } }),
    ...(lab && { lab: lab.flatMap(splitLines) }),
    ...(schema && { schemaDir: schema.flatMap(splitLines) }),
    namespace: flags.namespace,
    mofDialect: flags.dialect,
    profile: flags.profile,
    logLevel: flags.logLevel,
    logFormat: flags.logFormat,
    tellReasons: flags.tellReasons,
    ...(seed !== undefined && { seed }),
    ...(rules !== undefined && { rules }),
    ...(flags.lockOut === 'off' && { lockOut: 'off' }),
    allowUnencrypted: flags.allowUnencrypted,
  };
}
