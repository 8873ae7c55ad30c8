import { type Command, Option } from 'commander';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { formatInstance, instanceToJson } from './format-instance.js';
import { addOutputOptions, clientNeeds, type OutputFlags } from './output-options.js';
import { parseNames } from './parse-names.js';
import { parseTarget } from './parse-target.js';
import { collect } from './serve-options.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface GetFlags extends ConnectionFlags, OutputFlags {
  readonly key?: readonly string[];
  readonly properties?: readonly string[];
}

const NOTES = `
The object is given as a path, as selectors, or as a class with its keys one at a time:
  cimulator get 'CIM_Fan.DeviceID="1",SystemName="a"'
  cimulator get 'CIM_Fan?DeviceID=1+SystemName=a'
  cimulator get CIM_Fan --key DeviceID=1 --key SystemName=a
Properties that are NULL are left out of the listing; --json has them all.`;

/** Adds `cimulator get` to the program. */
export function addGetCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('get')
    .description('show a CIM object')
    .argument('<object>', 'path of the object, or its class')
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collect))
    .addOption(new Option('--properties <names>', 'only these, parted by commas').argParser(parseNames));
  addOutputOptions(command);
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((object: string, flags: GetFlags) =>
      runCommand(terminal, async () => {
        const path = parseTarget(object, flags.key ?? [], 'object');
        const { properties } = flags;
        const instance = await withClient(
          flags,
          (client) => client.get(path, properties ? { properties } : {}),
          clientNeeds(flags, terminal),
        );
        if (flags.json) terminal.out(`${JSON.stringify(instanceToJson(instance), null, 2)}\n`);
        else if (!flags.xml) terminal.out(formatInstance(instance));
      }),
    );
}
