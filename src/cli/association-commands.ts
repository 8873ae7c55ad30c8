import { type Command, Option } from 'commander';
import type { AssociationOptions } from '../client/enumerate-options.js';
import { collect } from './collect.js';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { addOutputOptions, clientNeeds } from './output-options.js';
import { parseNames } from './parse-names.js';
import { parseTarget } from './parse-target.js';
import { type InstanceListFlags, printInstances } from './print-instances.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface AssociatorsFlags extends ConnectionFlags, InstanceListFlags, AssociationOptions {
  readonly key?: readonly string[];
}

/** Adds `cimulator associators` to the program. */
export function addAssociatorsCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = addTraversal(program, 'associators', 'show the objects that an object is associated with', terminal);
  command
    .addOption(new Option('--association-class <class>', 'only along associations of this class'))
    .addOption(new Option('--result-role <name>', 'only objects that the association holds by this reference'));
}

/** Adds `cimulator references` to the program. */
export function addReferencesCommand(program: Command, terminal: Terminal = processTerminal): void {
  addTraversal(program, 'references', 'show the associations that refer to an object', terminal);
}

function addTraversal(
  program: Command,
  name: 'associators' | 'references',
  description: string,
  terminal: Terminal,
): Command {
  const command = program
    .command(name)
    .description(description)
    .argument('<object>', 'path of the object, or its class')
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collect))
    .addOption(new Option('--epr', 'paths alone, a line each'))
    .addOption(new Option('--properties <names>', 'a table of these properties').argParser(parseNames));
  addOutputOptions(command);
  return addConnectionOptions(command)
    .optionsGroup('Selection:')
    .addOption(new Option('--result-class <class>', 'only results of this class'))
    .addOption(new Option('--role <name>', 'only where the association holds the object by this reference'))
    .action((object: string, flags: AssociatorsFlags) =>
      runCommand(terminal, async () => {
        const path = parseTarget(object, flags.key ?? [], 'object');
        const mode = flags.epr ? ({ mode: 'epr' } as const) : {};
        await withClient(
          flags,
          (client) => printInstances(client[name](path, selectionOf(flags), mode), { flags, client, terminal }),
          clientNeeds(flags, terminal),
        );
      }),
    );
}

function selectionOf({ associationClass, resultClass, role, resultRole, properties }: AssociatorsFlags) {
  return {
    ...(associationClass !== undefined && { associationClass }),
    ...(resultClass !== undefined && { resultClass }),
    ...(role !== undefined && { role }),
    ...(resultRole !== undefined && { resultRole }),
    ...(properties !== undefined && { properties }),
  };
}
