import { type Command, Option } from 'commander';
import type { InstancePath } from '../cim/model/instance-path.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { checkProperty } from './check-properties.js';
import { collect } from './collect.js';
import { type ConfigTarget, parseConfigTarget } from './config-target.js';
import { addConnectionOptions, type ConnectionFlags, withClient } from './connection-options.js';
import { formatConfig } from './format-config.js';
import { formatInstance } from './format-instance.js';
import { instanceJson } from './instance-json.js';
import { addOutputOptions, clientNeeds, type OutputFlags } from './output-options.js';
import { parseNames } from './parse-names.js';
import { parseTarget } from './parse-target.js';
import { printableJson } from './printable.js';
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
The configuration of the service is winrm/config, its parts winrm/config/service and so on.
Properties that are NULL are left out of the listing; --json has them all.`;

/** Adds `cimulator get` to the program. */
export function addGetCommand(program: Command, terminal: Terminal = processTerminal): void {
  const command = program
    .command('get')
    .description('show a CIM object')
    .argument('<object>', 'path of the object, its class, or winrm/config')
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collect))
    .addOption(new Option('--properties <names>', 'only these, parted by commas').argParser(parseNames));
  addOutputOptions(command);
  addConnectionOptions(command)
    .addHelpText('after', NOTES)
    .action((object: string, flags: GetFlags) =>
      runCommand(terminal, async () => {
        const config = parseConfigTarget(object, flags.key);
        if (config !== undefined) return showConfig(config, flags, terminal);
        const path = parseTarget(object, flags.key ?? [], 'object');
        const text = await withClient(flags, (client) => getAsText(path, client, flags), clientNeeds(flags, terminal));
        if (!flags.xml) terminal.out(text);
        return undefined;
      }),
    );
}

async function getAsText(path: InstancePath, client: WsmanClient, flags: GetFlags): Promise<string> {
  const { properties, json } = flags;
  const found = await client.get(path, properties ? { properties } : {});
  for (const name of properties ?? []) if (!found.properties.has(name)) await checkProperty(name, [found], client);
  return json ? instanceJson(found, client, flags) : formatInstance(found);
}

async function showConfig(target: ConfigTarget, flags: GetFlags, terminal: Terminal): Promise<void> {
  const { section, ...call } = target;
  const config = await withClient(flags, (client) => client.getConfig(section, call), clientNeeds(flags, terminal));
  if (flags.json) terminal.out(`${printableJson(config)}\n`);
  else if (!flags.xml) terminal.out(formatConfig(config));
}
