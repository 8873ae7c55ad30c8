import { type Command, Option } from 'commander';
import type { ClientOptions } from '../client/client-options.js';
import { printableXml } from './printable.js';
import type { Terminal } from './terminal.js';

/** How a command of the client prints what it got. */
export interface OutputFlags {
  readonly json?: boolean;
  readonly xml?: boolean;
  readonly text?: boolean;
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .addOption(new Option('--json', 'print the answer as JSON'))
    .addOption(new Option('--xml', 'print the answers as they came').conflicts('json'))
    .addOption(new Option('--text', 'do not fetch classes: numbers and booleans are text'));
}

/** What the client must do for it: with `--xml` it prints each answer, and nothing needs to be understood. */
export function clientNeeds(flags: OutputFlags, terminal: Terminal): Pick<ClientOptions, 'values' | 'onAnswer'> {
  return {
    ...((flags.text || flags.xml) && { values: 'text' }),
    ...(flags.xml && { onAnswer: (xml: string) => terminal.out(`${printableXml(xml)}\n`) }),
  };
}
