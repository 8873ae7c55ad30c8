import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { resolveClientOptions } from '../client/client-options.js';
import { askReadyz } from './ask-readyz.js';
import { urlOf } from './connection-options.js';
import { UsageError } from './exit-with-error.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface ReadyzFlags {
  readonly url: string;
  readonly wait?: number | true;
}

const DEFAULT_WAIT_SECONDS = 30;
const RETRY_MS = 100;

const NOTES = `
For scripts and health checks: whether an endpoint takes requests (GET /readyz; no account is
needed).

Exit status: 0 when it does, 1 when it does not.`;

/** Adds `cimulator readyz` to the program. */
export function addReadyzCommand(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('readyz')
    .description('say whether an endpoint is ready')
    .argument('[url]', 'the endpoint or its host alone, in place of --url')
    .addOption(
      new Option('--url <url>', 'the endpoint, or its host alone')
        .env('CIMULATOR_URL')
        .default('http://127.0.0.1:5985/wsman'),
    )
    .addOption(
      new Option('--wait [seconds]', `wait until it is, ${DEFAULT_WAIT_SECONDS} seconds at most`).argParser(parseWait),
    )
    .addHelpText('after', NOTES)
    .action((url: string | undefined, flags: ReadyzFlags) =>
      runCommand(terminal, async () => {
        const target = new URL('/readyz', resolveUrl(url ?? flags.url));
        const seconds = flags.wait === true ? DEFAULT_WAIT_SECONDS : (flags.wait ?? 0);
        await waitUntilReady(target, seconds);
        terminal.out('ready\n');
      }),
    );
}

/** @throws UsageError when it is not ready in time */
async function waitUntilReady(target: URL, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const problem = await askReadyz(target);
    if (problem === undefined) return;
    if (performance.now() >= deadline) throw new UsageError(`${target.origin} is not ready: ${problem}`);
    await sleep(RETRY_MS);
  }
}

function resolveUrl(text: string): URL {
  try {
    return resolveClientOptions({ url: urlOf(text) }).url;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message, { cause: error }) : error;
  }
}

function parseWait(value: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Expected a number of seconds.');
}
