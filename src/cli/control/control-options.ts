import { type Command, Option } from 'commander';
import { type ControlFile, readControlFiles } from '../../control/control-file.js';
import { defaultDataDirectory } from '../../files/default-data-directory.js';
import { UsageError } from '../exit-with-error.js';

/** The flags of commands that speak to a running endpoint over its control API. */
export interface ControlFlags {
  readonly controlUrl?: string;
  readonly controlToken?: string;
  readonly controlFingerprint?: string;
  readonly dataDir: string;
}

export function addControlOptions(command: Command): Command {
  return command
    .optionsGroup('Endpoint:')
    .addOption(
      new Option('--control-url <url>', 'its control API; without, the endpoint of this user that runs').env(
        'CIMULATOR_CONTROL_URL',
      ),
    )
    .addOption(new Option('--control-token <token>', 'its token').env('CIMULATOR_CONTROL_TOKEN'))
    .addOption(
      new Option(
        '--control-fingerprint <sha256>',
        "trust the certificate with this fingerprint only, as 'serve' told it",
      ).env('CIMULATOR_FINGERPRINT'),
    )
    .addOption(
      new Option('--data-dir <dir>', 'where running endpoints are looked for')
        .env('CIMULATOR_DATA_DIR')
        .default(defaultDataDirectory()),
    );
}

/** Where a control API is, and what it takes to call it. */
export interface ControlTarget {
  readonly url: URL;
  readonly token: string;
  readonly fingerprint: string | undefined;
}

/**
 * The endpoint that the flags, the environment or the data directory mean.
 *
 * @throws UsageError when there is none, or several
 */
export async function controlTarget(flags: ControlFlags): Promise<ControlTarget> {
  const { controlUrl, controlToken, controlFingerprint } = flags;
  if (controlUrl !== undefined && controlToken !== undefined)
    return { url: readUrl(controlUrl), token: controlToken, fingerprint: controlFingerprint };
  const files = await readControlFiles(flags.dataDir);
  const file = controlUrl === undefined ? onlyOne(files, flags.dataDir) : ofUrl(files, controlUrl);
  return {
    url: readUrl(file.url),
    token: controlToken ?? file.token,
    fingerprint: file.fingerprint ?? controlFingerprint,
  };
}

function onlyOne(files: readonly ControlFile[], dataDir: string): ControlFile {
  const [file, another] = files;
  if (file === undefined)
    throw new UsageError(
      `no endpoint of this user runs with the data directory ${dataDir}; start one with 'cimulator serve', or give --control-url and --control-token`,
    );
  if (another === undefined) return file;
  const list = files.map(({ url, pid }) => `${url} (process ${pid})`).join(', ');
  throw new UsageError(`${files.length} endpoints run; say which with --control-url: ${list}`);
}

/** The token of an endpoint whose URL alone was given stands in its file. */
function ofUrl(files: readonly ControlFile[], url: string): ControlFile {
  const { origin } = readUrl(url);
  const found = files.find((file) => readUrl(file.url).origin === origin);
  if (found) return found;
  throw new UsageError(`--control-url ${url} needs its token: --control-token, or CIMULATOR_CONTROL_TOKEN`);
}

function readUrl(text: string): URL {
  try {
    return new URL(/^https?:/i.test(text) ? text : `http://${text}`);
  } catch (error) {
    throw new UsageError(`--control-url: '${text.slice(0, 60)}' is not a URL`, { cause: error });
  }
}
