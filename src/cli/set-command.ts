import { type Command, Option } from 'commander';
import type { ClientValue } from '../client/client-value.js';
import type { ConfigChanges } from '../client/operations/put-config.js';
import { collect } from './collect.js';
import { type ConfigTarget, parseConfigTarget } from './config-target.js';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { UsageError } from './exit-with-error.js';
import { formatConfig } from './format-config.js';
import { formatInstance } from './format-instance.js';
import { instanceJson } from './instance-json.js';
import { addOutputOptions, clientNeeds, type OutputFlags } from './output-options.js';
import { type ArgumentFlags, addArgumentOptions, parseArguments } from './parse-arguments.js';
import { parseTarget } from './parse-target.js';
import { printableJson } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface SetFlags extends ConnectionFlags, ArgumentFlags, OutputFlags {
  readonly key?: readonly string[];
}

const NOTES = `
Example:
  cimulator set 'CIM_Fan.DeviceID="1"' --arg ElementName='left fan' --null Description
  cimulator set winrm/config/service --arg MaxConcurrentOperationsPerUser=200
The object, or the section of the configuration, is printed as it is then.`;

/** Adds `cimulator set` to the program. */
export function addSetCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('set')
    .description('change properties of a CIM object')
    .argument('<object>', 'path of the object, its class, or a section of winrm/config')
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collect))
    .optionsGroup('Properties:');
  addArgumentOptions(command, 'property');
  addOutputOptions(command);
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((object: string, flags: SetFlags) =>
      runCommand(terminal, async () => {
        const changes = parseArguments(flags);
        if (Object.keys(changes).length === 0) throw new UsageError('nothing to change: give --arg, --ref or --null');
        const config = parseConfigTarget(object, flags.key);
        if (config !== undefined) return changeConfig(config, configChanges(changes), flags, terminal);
        const path = parseTarget(object, flags.key ?? [], 'object');
        const text = await withClient(
          flags,
          async (client) => {
            const changed = await client.put(path, changes);
            return flags.json ? instanceJson(changed, client, flags) : formatInstance(changed);
          },
          clientNeeds(flags, terminal),
        );
        if (!flags.xml) terminal.out(text);
        return undefined;
      }),
    );
}

async function changeConfig(
  { section, ...call }: ConfigTarget,
  changes: ConfigChanges,
  flags: SetFlags,
  terminal: Terminal,
): Promise<void> {
  const needs = clientNeeds(flags, terminal);
  const config = await withClient(flags, (client) => client.putConfig(section, changes, call), needs);
  if (flags.json) terminal.out(`${printableJson(config)}\n`);
  else if (!flags.xml) terminal.out(formatConfig(config));
}

/** Settings are text. */
function configChanges(values: Readonly<Record<string, ClientValue>>): ConfigChanges {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      throw new UsageError(`${name}: a setting is one text: --arg ${name}=value`);
    }),
  );
}
