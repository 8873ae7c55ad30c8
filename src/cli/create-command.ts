import type { Command } from 'commander';
import { addConnectionOptions, type ConnectionFlags, inNamespace, withClient } from './connection-options.js';
import { pathJson } from './instance-json.js';
import { addOutputOptions, clientNeeds, type OutputFlags } from './output-options.js';
import { type ArgumentFlags, addArgumentOptions, parseArguments } from './parse-arguments.js';
import { parseClass } from './parse-target.js';
import { printable } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface CreateFlags extends ConnectionFlags, ArgumentFlags, OutputFlags {}

const NOTES = `
Example:
  cimulator create MSISCSITARGET_StorageHardwareID --arg InstanceID=1 \\
    --arg StorageID=iqn.1991-05.com.example:host --arg IDType:uint16=5
The path of the new object is printed.`;

/** Adds `cimulator create` to the program. */
export function addCreateCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('create')
    .description('create a CIM object')
    .argument('<class>', 'class of the object')
    .optionsGroup('Properties:');
  addArgumentOptions(command, 'property');
  addOutputOptions(command);
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((className: string, flags: CreateFlags) =>
      runCommand(terminal, async () => {
        const properties = parseArguments(flags);
        const target = parseClass(className, 'class');
        const text = await withClient(
          inNamespace(flags, target),
          async (client) => {
            const path = await client.create(target.className, properties);
            return flags.json ? pathJson(path, client, flags) : `${printable(String(path))}\n`;
          },
          clientNeeds(flags, terminal),
        );
        if (!flags.xml) terminal.out(text);
      }),
    );
}
