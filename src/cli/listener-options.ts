import { type Command, Option } from 'commander';
import { portOrOff } from '../config/kinds/number-kinds.js';
import { parseUser } from '../config/parse-user.js';
import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import { LOG_FORMATS, type LogFormat } from '../http/log-format.js';
import { LOG_LEVELS, type LogLevel } from '../http/log-level.js';
import { argumentParser } from './argument-parser.js';
import { collect } from './collect.js';
import { exitWithError } from './exit-with-error.js';
import { onStopSignal } from './stop-signals.js';

/** What a command says that listens itself, but is not `serve`. */
export interface ListenerFlags {
  readonly host: string;
  readonly port: number | 'off';
  readonly httpsPort: number | 'off';
  readonly account?: readonly string[];
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly readyJson: boolean;
  readonly exitOnStdinEnd: boolean;
}

export function addListenerOptions(command: Command): Command {
  return command
    .optionsGroup('Listening:')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--port <n|off>', "HTTP port; 0 for any free one, 'off' for none")
        .argParser(argumentParser(portOrOff))
        .default(5985),
    )
    .addOption(
      new Option('--https-port <n|off>', "HTTPS port; 0 for any free one, 'off' for none")
        .argParser(argumentParser(portOrOff))
        .default('off'),
    )
    .addOption(
      new Option(
        '--account <name:password>',
        'who may sign in here; may be repeated; default: one made now, its password shown',
      ).argParser(collect),
    )
    .addOption(new Option('--log-level <level>', 'log on stderr').choices(LOG_LEVELS).default('warn'))
    .addOption(
      new Option('--log-format <format>', 'text for a person, JSON lines; auto: text on a terminal')
        .choices(LOG_FORMATS)
        .default('auto'),
    )
    .option('--ready-json', 'print one JSON line when listening, and nothing else', false)
    .option('--exit-on-stdin-end', 'stop, as at SIGTERM, when stdin ends', false);
}

/** Starts listening, tells where, and goes on until it is stopped. Nothing is kept: neither account nor certificate. */
export async function listen(
  flags: ListenerFlags,
  options: EndpointOptions,
  whenClosed: () => Promise<void>,
): Promise<void> {
  const [{ startEndpoint }, { announce }] = await Promise.all([
    import('../endpoint/start-endpoint.js'),
    import('./announce.js'),
  ]);
  const users = (flags.account ?? []).map((entry) => parseUser(entry, '--account'));
  const { host, port, httpsPort, logLevel, logFormat } = flags;
  const starting = startEndpoint({ host, port, httpsPort, logLevel, logFormat, users, ...options });
  onStopSignal(
    async () => {
      try {
        await (await starting).close();
        await whenClosed();
      } catch (error) {
        exitWithError(error);
      }
    },
    flags.exitOnStdinEnd ? process.stdin : undefined,
  );
  announce(await starting, { host, auth: ['negotiate', 'basic'], dataDir: 'none', readyJson: flags.readyJson }, users);
}
