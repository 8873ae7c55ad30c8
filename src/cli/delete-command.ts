import { type Command, Option } from 'commander';
import { collect } from './collect.js';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { parseTarget } from './parse-target.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface DeleteFlags extends ConnectionFlags {
  readonly key?: readonly string[];
}

/** Adds `cimulator delete` to the program. It prints nothing: an object that is gone has nothing to show. */
export function addDeleteCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('delete')
    .description('delete a CIM object')
    .argument('<object>', 'path of the object, or its class')
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collect));
  addConnectionOptions(command).action((object: string, flags: DeleteFlags) =>
    runCommand(terminal, async () => {
      const path = parseTarget(object, flags.key ?? [], 'object');
      await withClient(flags, (client) => client.delete(path));
    }),
  );
}
