import { type Command, Option } from 'commander';
import { resolveClientOptions } from '../client/client-options.js';
import { addConnectionOptions, type ConnectionFlags, clientOptions, urlOf } from './connection-options.js';
import type { Check } from './doctor/check.js';
import { diagnose } from './doctor/diagnose.js';
import { formatCheck } from './doctor/format-check.js';
import { UsageError } from './exit-with-error.js';
import { printableJson } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface DoctorFlags extends ConnectionFlags {
  readonly json?: boolean;
}

const DEFAULT_STEP_SECONDS = 5;

const NOTES = `
Looks at the name, the port, TLS and its certificate, the path, Identify, the clock and what can
be signed in with; with --user it signs in by every scheme that is offered, with --client-cert or
--auth kerberos by that, and asks for the configuration and the namespace. Works with any WS-Man
server. --timeout is for each step, 5 seconds without.

Example:
  cimulator doctor https://server.example:5986/wsman --user LAB\\admin
  cimulator doctor server.example

Exit status: 0 when nothing failed, 1 otherwise.`;

/** Adds `cimulator doctor` to the program. */
export function addDoctorCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('doctor')
    .description('say what would keep a client from using an endpoint, and what to do about it')
    .argument('[url]', 'the endpoint or its host alone, in place of --url')
    .optionsGroup('Output:')
    .addOption(new Option('--json', 'print the checks as JSON'));
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((url: string | undefined, flags: DoctorFlags) =>
      runCommand(terminal, async () => {
        const checks: Check[] = [];
        for await (const found of examine({ ...flags, url: url ?? flags.url })) {
          checks.push(found);
          if (!flags.json) terminal.out(formatCheck(found));
        }
        const ok = checks.every(({ status }) => status !== 'fail');
        if (flags.json) terminal.out(`${printableJson({ url: urlOf(url ?? flags.url), ok, checks })}\n`);
        if (!ok) terminal.setExitCode(1);
      }),
    );
}

async function* examine(flags: DoctorFlags): AsyncGenerator<Check> {
  const timeoutMs = (flags.timeout ?? DEFAULT_STEP_SECONDS) * 1000;
  // Which schemes are tried with an account is the server's to say.
  const client = await clientOptions({ ...flags, auth: flags.auth === 'kerberos' ? 'kerberos' : 'auto' });
  const { url, zone, namespace } = settingsOf(client);
  yield* diagnose({ url, zone, client, namespace, timeoutMs });
}

function settingsOf(options: Parameters<typeof resolveClientOptions>[0]) {
  try {
    return resolveClientOptions(options);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message, { cause: error }) : error;
  }
}
