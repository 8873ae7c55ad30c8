import { type Command, Option } from 'commander';
import type { EnumerateOptions, EnumerationFilter } from '../client/enumerate-options.js';
import { collect } from './collect.js';
import { addConnectionOptions, type ConnectionFlags, inNamespace, withClient } from './connection-options.js';
import { UsageError } from './exit-with-error.js';
import { addOutputOptions, clientNeeds } from './output-options.js';
import { parseNames } from './parse-names.js';
import { parseClass } from './parse-target.js';
import { type InstanceListFlags, printInstances } from './print-instances.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface EnumerateFlags extends ConnectionFlags, InstanceListFlags {
  readonly wql?: string;
  readonly filter?: readonly string[];
  readonly shallow?: boolean;
}

const NOTES = `
Examples:
  cimulator enumerate CIM_ComputerSystem --properties Name,ElementName
  cimulator enumerate CIM_ComputerSystem --epr
  cimulator enumerate --wql "SELECT * FROM CIM_Service WHERE Started = TRUE"
  cimulator enumerate CIM_ProtocolEndpoint --filter SystemName=iscsi-a.lab.example
Properties that are NULL are left out of the listing; --json has them all.`;

/** Adds `cimulator enumerate` to the program. */
export function addEnumerateCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('enumerate')
    .description('show all objects of a CIM class, or what a query finds')
    .argument('[class]', 'the class; a query may name it instead')
    .addOption(new Option('--wql <query>', 'a WQL query'))
    .addOption(
      new Option('--filter <name=value>', 'only objects with this value; may be repeated')
        .argParser(collect)
        .conflicts('wql'),
    )
    .addOption(new Option('--shallow', 'without objects of subclasses'))
    .addOption(new Option('--epr', 'paths alone, a line each'))
    .addOption(new Option('--properties <names>', 'a table of these properties').argParser(parseNames));
  addOutputOptions(command);
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((className: string | undefined, flags: EnumerateFlags) =>
      runCommand(terminal, async () => {
        const options = enumerateOptions(flags);
        if (className === undefined && flags.wql === undefined) throw new UsageError('give a class, or --wql');
        const target = parseClass(className ?? '*', 'class');
        await withClient(
          inNamespace(flags, target),
          (client) =>
            printInstances(client.enumerate(target.className, options), {
              flags,
              client,
              terminal,
              source: { className: target.className, wql: flags.wql },
            }),
          clientNeeds(flags, terminal),
        );
      }),
    );
}

function enumerateOptions(flags: EnumerateFlags): EnumerateOptions {
  const filter = filterOf(flags);
  return {
    ...(filter && { filter }),
    ...(flags.epr && { mode: 'epr' }),
    ...(flags.shallow && { polymorphism: 'none' }),
  };
}

function filterOf({ wql, filter }: EnumerateFlags): EnumerationFilter | undefined {
  if (wql !== undefined) return { wql };
  if (!filter) return undefined;
  const pairs = filter.map((text) => {
    const [, name, value] = /^([\p{L}_][\p{L}\p{N}_]*)=(.*)$/su.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`expected --filter Name=value, not '${text.slice(0, 60)}'`);
    }
    return [name, value] as const;
  });
  return { selectors: Object.fromEntries(pairs) };
}
