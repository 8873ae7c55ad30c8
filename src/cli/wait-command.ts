import { type Command, InvalidArgumentError, Option } from 'commander';
import { withControl } from './control/control-client.js';
import { addControlOptions, type ControlFlags } from './control/control-options.js';
import { addFilterOptions, type FilterFlags, filterOf } from './control/filter-options.js';
import { formatExchange, type ToldExchange } from './control/format-exchange.js';
import { printableJson } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface WaitFlags extends ControlFlags, FilterFlags {
  readonly timeout: number;
  readonly count: number;
  readonly anyName?: boolean;
  readonly json?: boolean;
}

const NOTES = `
Requests that came before count, too, back to the last reset.

Exit status: 0 when it has come, 1 when the time is over: what did come is told then.`;

/** Adds `cimulator wait` to the program. */
export function addWaitCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('wait')
    .description('wait until a running endpoint has been asked for something')
    .addOption(new Option('--timeout <seconds>', 'so long').argParser(parseSeconds).default(5))
    .addOption(new Option('--count <n>', 'until it came so often').argParser(parseCount).default(1))
    .addOption(new Option('--any-name', 'of a class or method that the endpoint does not have, too'))
    .addOption(new Option('--json', 'print the request as JSON'));
  addControlOptions(addFilterOptions(command))
    .addHelpText('after', NOTES)
    .action((flags: WaitFlags) =>
      runCommand(terminal, () =>
        withControl(flags, async (client) => {
          const body = {
            filter: filterOf(flags),
            timeout: flags.timeout * 1000,
            count: flags.count,
            knownNames: flags.anyName !== true,
          };
          const { request } = (await client.ask('POST', '/v1/requests/wait', body)) as { request: ToldExchange };
          terminal.out(flags.json ? `${printableJson(request)}\n` : formatExchange(request));
        }),
      ),
    );
}

function parseSeconds(value: string): number {
  const seconds = /^\d+(?:\.\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
  if (seconds <= 600) return seconds;
  throw new InvalidArgumentError('Expected a number of seconds, at most 600.');
}

function parseCount(value: string): number {
  const count = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
  if (count >= 1 && count <= 1_000_000) return count;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}
