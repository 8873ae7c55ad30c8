import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { checkSettings } from '../config/check-settings.js';
import type { EffectiveSettings } from '../config/effective-settings.js';
import { endpointOptionsOf } from '../config/endpoint-options-of.js';
import type { UserEntry } from '../config/kinds/users.js';
import { loadProviders } from '../config/load-providers.js';
import type { SettingValues } from '../config/setting-groups.js';
import { toldBySetting } from '../config/told-by-setting.js';
import { unknownVariables, unknownVariableText } from '../config/unknown-variables.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import type { LogLevel } from '../http/log-level.js';
import { NO_STATE } from '../state/state-place.js';
import { announce } from './announce.js';
import { ensureDataDirectory, stateFolder } from './data-directory.js';
import { disablePretenuring } from './disable-pretenuring.js';
import { accountFacts, endpointFacts } from './env-facts.js';
import { envLines, isFifo, writeEnvFile } from './env-file.js';
import { exitWithError } from './exit-with-error.js';
import { printableLine } from './printable.js';
import { processSource } from './read-password.js';
import { usersOf } from './serve-accounts.js';
import { addSettingFlags, settingsOf } from './setting-flags.js';
import { onStopSignal } from './stop-signals.js';

const NOTES = `
Every option can be set in the environment, and in cimulator.yaml; the command line wins, then the
environment: 'cimulator config print' says what counts. CIMULATOR_USER takes several accounts, one
per line or parted by commas. Without --user the accounts of the data directory count (see
'cimulator user'); at the first start one is made, and its password shown once. Who has lost it
gives another one: 'cimulator user passwd cimulator'.

Exit status: 0 after SIGTERM, SIGINT or the end of stdin, once running requests are finished (a
second signal ends it at once); 1 when the endpoint cannot start or an option is wrong.`;

/** Adds `cimulator serve` to the program. */
export function addServeCommand(program: Command): void {
  addSettingFlags(program.command('serve').description('serve WS-Management over HTTP and HTTPS until stopped'))
    .addHelpText('after', NOTES)
    .action(async ({ logLevel }: { readonly logLevel: LogLevel }, command: Command) => {
      let level = logLevel;
      try {
        const settings = await settingsOf(command);
        level = settings.values.logLevel;
        for (const unknown of unknownVariables(process.env))
          process.stderr.write(`cimulator: warning: ${printableLine(unknownVariableText(unknown))}\n`);
        await checkSettings(settings);
        await serve(settings, await usersOf(settings, processSource)).catch((error: unknown) => {
          throw toldBySetting(settings, error);
        });
      } catch (error) {
        exitWithError(error, level === 'debug' || level === 'trace');
        // A parent that holds the other end would wait for a process that waits for it.
        process.stdin.unref?.();
      }
    });
}

async function serve(settings: EffectiveSettings, users: UserEntry[]): Promise<void> {
  const { values } = settings;
  const options = endpointOptionsOf(settings);
  // Before anything is open: what cannot be told is no endpoint that a script could use.
  if (values.writeEnv !== undefined) for (const user of users) envLines(accountFacts(user));
  disablePretenuring();
  const dataDir = await openDataDirectory(settings, users);

  const starting = start(values, {
    ...options,
    ...(dataDir !== undefined && { dataDir, cacheDir: join(dataDir, 'cache') }),
    state: values.state ?? defaultState(values, dataDir),
    users,
  });
  // A signal that comes while the endpoint starts waits for the start, and then closes it.
  const stopping = new AbortController();
  onStopSignal(
    async () => {
      stopping.abort();
      try {
        await (await starting).close();
      } catch (error) {
        exitWithError(error);
      }
    },
    values.exitOnStdinEnd ? process.stdin : undefined,
  );

  const endpoint = await starting;
  if (values.writeEnv !== undefined) await leaveEnvFile(values.writeEnv, endpoint, stopping.signal);
  announce(endpoint, values, users);
}

/** Server and providers are loaded here, so that --help and the client's commands do not pay for them. */
async function start(
  { provider: providerFiles = [], namespace, workers }: SettingValues,
  { state, ...options }: EndpointOptions & { readonly state: string },
): Promise<Endpoint> {
  const count = workers === 'auto' ? availableParallelism() : workers;
  if (count === 1) {
    const { startEndpoint } = await import('../endpoint/start-endpoint.js');
    return startEndpoint({ ...options, state, providers: await loadProviders(providerFiles, namespace) });
  }
  const { serveWithWorkers } = await import('../workers/serve-with-workers.js');
  const providers = await loadProviders(providerFiles, namespace);
  return serveWithWorkers(options, { count, providers, providerFiles, namespace, state });
}

/** A lab, a schema and behaviour of one's own are of the moment, and start anew each time; what `serve` has without them stays. */
function defaultState({ lab, schema, provider }: EffectiveSettings['values'], dataDir: string | undefined): string {
  const isPlain = lab === undefined && schema === undefined && provider === undefined;
  return isPlain && dataDir !== undefined ? stateFolder(dataDir) : NO_STATE;
}

/**
 * A file is there before anybody is told that the endpoint is ready; a FIFO is written when somebody reads it.
 *
 * @throws UsageError for a file that cannot be written: the endpoint is closed then
 */
async function leaveEnvFile(path: string, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  const lines = envLines(endpointFacts(endpoint));
  if (await isFifo(path)) {
    writeEnvFile(path, lines, signal).catch((error: unknown) => exitWithError(error));
    return;
  }
  try {
    await writeEnvFile(path, lines);
  } catch (error) {
    await endpoint.close();
    throw error;
  }
}

/**
 * The data directory; undefined for none. Where accounts and certificate come from elsewhere it would hold a cache only, and need not
 * be to be had.
 *
 * @throws UsageError
 */
async function openDataDirectory({ values }: EffectiveSettings, users: UserEntry[]) {
  const { dataDir, httpsPort, cert } = values;
  if (dataDir === 'none') return undefined;
  const isNeeded = users.length === 0 || (httpsPort !== 'off' && cert === undefined);
  return (await ensureDataDirectory(dataDir, isNeeded)) ? dataDir : undefined;
}
