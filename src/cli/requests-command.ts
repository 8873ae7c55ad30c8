import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ControlClient, withControl } from './control/control-client.js';
import { addControlOptions, type ControlFlags } from './control/control-options.js';
import { addFilterOptions, type FilterFlags, filterOf } from './control/filter-options.js';
import { follow } from './control/follow.js';
import { formatExchange, type ToldExchange } from './control/format-exchange.js';
import { UsageError } from './exit-with-error.js';
import { printableJson, printableXml } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface RequestsFlags extends ControlFlags, FilterFlags {
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly soap?: number;
  readonly clear?: boolean;
  readonly limit: number;
}

const NOTES = `
Examples:
  cimulator requests --method CreateOrModifyReplicationPipe
  cimulator requests --follow --outcome fault
  cimulator requests --soap 12`;

/** Adds `cimulator requests` to the program. */
export function addRequestsCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('requests')
    .description('show what a running endpoint was asked, and what came of it')
    .optionsGroup('Output:')
    .addOption(new Option('--follow', 'go on, as they come'))
    .addOption(new Option('--json', 'as JSON; with --follow one a line'))
    .addOption(new Option('--limit <n>', 'the newest so many').argParser(parseCount).default(1000))
    .addOption(new Option('--soap <number>', 'both envelopes of one').argParser(parseCount))
    .addOption(new Option('--clear', 'forget all in place of showing them'));
  addControlOptions(addFilterOptions(command))
    .addHelpText('after', NOTES)
    .action((flags: RequestsFlags) =>
      runCommand(terminal, () => withControl(flags, (client) => show(client, flags, terminal))),
    );
}

async function show(client: ControlClient, flags: RequestsFlags, terminal: Terminal): Promise<void> {
  if (flags.clear) return void (await client.ask('DELETE', '/v1/requests'));
  if (flags.soap !== undefined) return showSoap(client, flags.soap, terminal);
  if (flags.follow) return showStream(client, flags, terminal);
  const body = { filter: filterOf(flags), limit: flags.limit };
  const { requests } = (await client.ask('POST', '/v1/requests/find', body)) as { requests: ToldExchange[] };
  terminal.out(flags.json ? `${printableJson(requests)}\n` : requests.map(formatExchange).join(''));
}

async function showSoap(client: ControlClient, number: number, terminal: Terminal): Promise<void> {
  const { request } = (await client.ask('GET', `/v1/requests/${number}`)) as { request: ToldExchange };
  for (const xml of [request.soap?.request, request.soap?.response])
    terminal.out(xml === undefined ? '(no longer kept)\n' : `${printableXml(xml)}\n`);
}

async function showStream(client: ControlClient, flags: RequestsFlags, terminal: Terminal): Promise<void> {
  for await (const { event, data } of follow(client, `/v1/requests/stream?${queryOf(flags)}`)) {
    if (event === 'exchange') {
      const exchange = data as ToldExchange;
      terminal.out(flags.json ? `${printableJson(exchange, 0)}\n` : formatExchange(exchange));
    } else if (event === 'gap') {
      terminal.err(`cimulator: ${(data as { missed: number }).missed} requests between these are no longer kept\n`);
    }
  }
}

/** @throws UsageError for what a stream cannot be asked */
function queryOf(flags: RequestsFlags): URLSearchParams {
  const { selectors, input, operation, ...texts } = filterOf(flags);
  if (selectors !== undefined || input !== undefined)
    throw new UsageError('--follow goes with names alone, not with --key and --input');
  const [only, another] = [operation ?? []].flat();
  if (another !== undefined) throw new UsageError('--follow takes one --operation');
  const query = new URLSearchParams(only === undefined ? {} : { operation: only });
  for (const [name, value] of Object.entries(texts)) query.set(name, String(value));
  return query;
}

function parseCount(value: string): number {
  const count = /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 100000.');
}
