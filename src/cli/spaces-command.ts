import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ListedSpace, SpaceSecrets } from '../control/spaces/space.js';
import { withControl } from './control/control-client.js';
import { addControlOptions, type ControlFlags } from './control/control-options.js';
import { envLines } from './env-file.js';
import { formatTable } from './format-table.js';
import { printableJson, printableLine } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface JsonFlags extends ControlFlags {
  readonly json?: boolean;
}

interface OpenFlags extends JsonFlags {
  readonly seed?: number;
  readonly lifetime?: number;
}

const NOTES = `
A space is an endpoint of its own in the process of another: the same classes, instances to start
with and behaviour; its own ports, account, state, requests and rules. It ends after its time, or
with the endpoint. What 'open' prints names it to other commands, and to PowerShell:
  cimulator spaces open > space.env
  while IFS= read -r line; do export "$line"; done < space.env`;

/** Adds `cimulator spaces` to the program. */
export function addSpacesCommand(program: Command, terminal: Terminal = processTerminal): void {
  const spaces = program
    .command('spaces')
    .description('endpoints of their own in the process of a running one: docs/control-api.md')
    .addHelpText('after', NOTES);

  const list = spaces.command('list').description('show its spaces');
  addControlOptions(list.addOption(new Option('--json', 'as JSON'))).action((flags: JsonFlags) =>
    runCommand(terminal, () =>
      withControl(flags, async (client) => {
        const { spaces: found } = (await client.ask('GET', '/v1/spaces')) as { spaces: ListedSpace[] };
        terminal.out(flags.json ? `${printableJson(found)}\n` : tableOf(found));
      }),
    ),
  );

  const open = spaces
    .command('open')
    .description('open one, and print what others need to know of it as lines CIMULATOR_NAME=value, secrets too')
    .argument('[name]', 'its name; without, one is made')
    .addOption(new Option('--seed <n>', 'of generated identifiers; default: as the endpoint').argParser(parseSeed))
    .addOption(new Option('--lifetime <seconds>', 'close it after so long').argParser(parseSeconds).default(3600))
    .addOption(new Option('--json', 'print JSON, with its name'));
  addControlOptions(open).action((name: string | undefined, flags: OpenFlags) =>
    runCommand(terminal, () =>
      withControl(flags, async (client) => {
        const { seed, lifetime = 3600 } = flags;
        const body = { name, seed, lifetime: lifetime * 1000 };
        const space = (await client.ask('POST', '/v1/spaces', body)) as ListedSpace & SpaceSecrets;
        terminal.out(flags.json ? `${printableJson(space)}\n` : linesOf(space));
      }),
    ),
  );

  addControlOptions(
    spaces.command('close').description('close spaces').argument('<names...>', 'as the list has them'),
  ).action((names: readonly string[], flags: ControlFlags) =>
    runCommand(terminal, () =>
      withControl(flags, async (client) => {
        for (const name of names) await client.ask('DELETE', `/v1/spaces/${encodeURIComponent(name)}`);
      }),
    ),
  );
}

function linesOf({ http, https, user, password, fingerprint, control, controlToken }: ListedSpace & SpaceSecrets) {
  return envLines({
    CIMULATOR_URL: http,
    CIMULATOR_HTTPS_URL: https,
    ...{ CIMULATOR_USER: user, CIMULATOR_PASSWORD: password },
    CIMULATOR_FINGERPRINT: fingerprint,
    ...{ CIMULATOR_CONTROL_URL: control, CIMULATOR_CONTROL_TOKEN: controlToken },
  });
}

function tableOf(spaces: readonly ListedSpace[]): string {
  const rows = spaces.map(({ name, http, https, control, expires }) => [
    printableLine(name),
    printableLine(http ?? https ?? ''),
    printableLine(control),
    printableLine(expires ?? 'with its owner'),
  ]);
  return rows.length === 0 ? '' : formatTable(['NAME', 'URL', 'CONTROL', 'EXPIRES'], rows);
}

function parseSeed(value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('Expected a whole number.');
}

function parseSeconds(value: string): number {
  const seconds = /^\d+(?:\.\d{1,3})?$/.test(value) ? Number(value) : Number.NaN;
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Expected a number of seconds, at most 86400.');
}
